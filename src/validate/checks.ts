import type { Problem } from "../errors.ts";
import { caseCollisions } from "./case_collisions.ts";
import {
  missingActions,
  missingFolders,
  ownPermissions,
  unmatchedPatterns,
} from "./config_rules.ts";
import { misplacedKeys, mistypedKeys } from "./key_rules.ts";
import { missingCanaries } from "./missing_canaries.ts";
import { linkedFiles, missingFiles, repeatedFiles } from "./named_file_rules.ts";
import type { Check } from "./repository.ts";
import type { ConfigKey } from "./sound_settings.ts";
import { unknownCharts } from "./unknown_charts.ts";
import { unreferencedFiles } from "./unreferenced_files.ts";

/** How bad a finding is: a deployment would fail or is refused, or something is probably wrong. */
export type Level = "error" | "warning";

/** What a rule means, what finds it, and the keys of the config without which it would mislead. */
export interface Rule {
  readonly level: Level;
  readonly means: string;
  readonly check: Check;
  readonly needs: readonly ConfigKey[];
}

const WHILE_READING = { check: () => [], needs: [] };

/** What `validate` looks for. */
export const RULES = {
  "config": {
    level: "error",
    means: "the config or the lock of actions cannot be used",
    ...WHILE_READING,
  },
  "cluster-file": { level: "error", means: "a cluster.yaml cannot be used", ...WHILE_READING },
  "missing-file": {
    level: "error",
    means: "a cluster.yaml names a file that is not there",
    check: missingFiles,
    needs: [],
  },
  "linked-file": {
    level: "warning",
    means: "a file that is named lies behind a link, so git does not see its changes",
    check: linkedFiles,
    needs: [],
  },
  "repeated-file": {
    level: "warning",
    means: "one list names a values file twice",
    check: repeatedFiles,
    needs: [],
  },
  "unreferenced-file": {
    level: "warning",
    means: "no cluster names a values file, so that its changes upgrade nothing",
    check: unreferencedFiles,
    needs: ["clustersDir", "ignoreClusters", "rules"],
  },
  "no-canary": {
    level: "warning",
    means: "a cluster has prod hubs and no staging hub",
    check: missingCanaries,
    needs: ["isStaging"],
  },
  "unknown-chart": {
    level: "warning",
    means: "there is no chart of the name that is given",
    check: unknownCharts,
    needs: ["chartsDir"],
  },
  "mistyped-key": {
    level: "warning",
    means: "a key is nearly one that hubwright reads",
    check: mistypedKeys,
    needs: [],
  },
  "misplaced-key": {
    level: "warning",
    means: "a key is where hubwright does not read it",
    check: misplacedKeys,
    needs: [],
  },
  "case-collision": {
    level: "warning",
    means: "two names differ in case only, and some machines keep one of them",
    check: caseCollisions,
    needs: ["clustersDir"],
  },
  "unmatched-pattern": {
    level: "warning",
    means: "a pattern of the config matches no file",
    check: unmatchedPatterns,
    needs: ["rules"],
  },
  "missing-action": {
    level: "warning",
    means: "a local action that the setup steps use is not there",
    check: missingActions,
    needs: ["setup"],
  },
  "missing-folder": {
    level: "warning",
    means: "the config names a folder that is not there",
    check: missingFolders,
    needs: ["clustersDir"],
  },
  "own-permissions": {
    level: "warning",
    means: "the config starts hubwright with other permissions than it needs",
    check: ownPermissions,
    needs: ["runtime"],
  },
} as const satisfies Readonly<Record<string, Rule>>;

/** The name of a rule of `validate`. */
export type FindingRule = keyof typeof RULES;

/** One thing that is wrong, or probably wrong, in an infrastructure repository. */
export interface Finding extends Problem {
  /** The rule that found it. */
  readonly rule: FindingRule;
}

/** Says how bad a finding is. */
export function levelOf({ rule }: Pick<Finding, "rule">): Level {
  return RULES[rule].level;
}
