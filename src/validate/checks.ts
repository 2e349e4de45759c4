import type { Problem } from "../errors.ts";
import { caseCollisions } from "./case_collisions.ts";
import {
  missingActions,
  missingFolders,
  ownPermissions,
  unknownPauses,
  unmatchedPatterns,
} from "./config_rules.ts";
import { largeFleet, missingCanaries } from "./fleet_rules.ts";
import { misplacedKeys, mistypedKeys } from "./key_rules.ts";
import { missingFiles, repeatedFiles } from "./named_file_rules.ts";
import type { Check } from "./repository.ts";
import type { ConfigKey } from "./sound_settings.ts";
import { unknownCharts } from "./unknown_charts.ts";
import { unreferencedFiles, unwatchedFiles } from "./unseen_files.ts";
import { idleWaves, wavelessClusters } from "./wave_rules.ts";

/** How bad a finding is: a deployment would fail or is refused, or something is probably wrong. */
export type Level = "error" | "warning";

/** Makes a rule; one without a check is found while the repository is read. */
const ruleOf = (level: Level) =>
(
  means: string,
  check: Check = () => [],
  /** The keys of the config without which its check would mislead. */
  needs: readonly ConfigKey[] = [],
) => ({ level, means, check, needs });

const error = ruleOf("error");
const warning = ruleOf("warning");

export const RULES = {
  "config": error("the config or the lock of actions cannot be used"),
  "cluster-file": error("a cluster.yaml cannot be used"),
  "unwatchable-chart": error("a chart has a name or a link that git and path filters cannot watch"),
  "unknown-pause": error(
    "the config pauses a cluster or a release that is not there",
    unknownPauses,
    ["clustersDir", "ignoreClusters", "paused"],
  ),
  "no-wave": error("the config has waves, and a cluster is in none of them", wavelessClusters, [
    "clustersDir",
    "ignoreClusters",
    "waves",
  ]),
  "missing-file": error("a cluster.yaml names a file that is not there", missingFiles),
  "repeated-file": warning("one list names a values file twice", repeatedFiles),
  "unreferenced-file": warning(
    "no cluster names a values file, so that its changes upgrade nothing",
    unreferencedFiles,
    ["clustersDir", "ignoreClusters", "rules"],
  ),
  "unwatched-file": warning(
    "a value is the path of a file, but a change to that file upgrades nothing",
    unwatchedFiles,
    ["rules"],
  ),
  "no-cluster": warning("the config's `clusters.read` gives no cluster"),
  "no-canary": warning("a cluster has prod hubs and no staging hub", missingCanaries, [
    "isStaging",
  ]),
  "large-fleet": warning(
    "a change to all hubs would need more jobs than GitHub makes of one matrix",
    largeFleet,
    ["clustersDir", "layout", "waves", "shards"],
  ),
  "unknown-chart": warning("there is no chart of the name that is given", unknownCharts, [
    "chartsDir",
  ]),
  "mistyped-key": warning("a key is nearly one that hubwright reads", mistypedKeys),
  "misplaced-key": warning("a key is where hubwright does not read it", misplacedKeys),
  "case-collision": warning(
    "two names differ in case only, and some machines keep one of them",
    caseCollisions,
    ["clustersDir"],
  ),
  "unmatched-pattern": warning("a pattern of the config matches no file", unmatchedPatterns, [
    "rules",
  ]),
  "idle-wave": warning(
    "a pattern of the config's `waves` puts no cluster into its wave",
    idleWaves,
    ["clustersDir", "ignoreClusters", "waves"],
  ),
  "missing-action": warning(
    "a local action that the setup steps use is not there",
    missingActions,
    ["setup"],
  ),
  "missing-folder": warning("the config names a folder that is not there", missingFolders, [
    "clustersDir",
  ]),
  "other-branch": warning("the workflows are for another branch than origin's default branch"),
  "own-permissions": warning(
    "the config starts hubwright with other permissions than it needs",
    ownPermissions,
    ["runtime"],
  ),
} as const;

export type FindingRule = keyof typeof RULES;

/** One thing that is wrong, or probably wrong, in an infrastructure repository. */
export interface Finding extends Problem {
  readonly rule: FindingRule;
}

export function levelOf({ rule }: Pick<Finding, "rule">): Level {
  return RULES[rule].level;
}
