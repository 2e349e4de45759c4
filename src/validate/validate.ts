import { isAccepted } from "./accepted.ts";
import { caseCollisions } from "./case_collisions.ts";
import { type Finding, type FindingRule, levelOf, sortFindings } from "./finding.ts";
import { linkedFiles } from "./linked_files.ts";
import { misplacedKeys } from "./misplaced_keys.ts";
import { missingActions } from "./missing_actions.ts";
import { missingCanaries } from "./missing_canaries.ts";
import { missingFiles } from "./missing_files.ts";
import { missingFolders } from "./missing_folders.ts";
import { mistypedKeys } from "./mistyped_keys.ts";
import { ownPermissions } from "./own_permissions.ts";
import { repeatedFiles } from "./repeated_files.ts";
import type { Check, Repository } from "./repository.ts";
import type { ConfigKey } from "./sound_settings.ts";
import { unknownCharts } from "./unknown_charts.ts";
import { unmatchedPatterns } from "./unmatched_patterns.ts";
import { unreferencedFiles } from "./unreferenced_files.ts";

/** The checks, each with the keys of the config without which it would mislead. */
const CHECKS: Readonly<
  Record<
    Exclude<FindingRule, "config" | "cluster-file">,
    { readonly check: Check; readonly needs: readonly ConfigKey[] }
  >
> = {
  "missing-file": { check: missingFiles, needs: [] },
  "linked-file": { check: linkedFiles, needs: [] },
  "repeated-file": { check: repeatedFiles, needs: [] },
  "mistyped-key": { check: mistypedKeys, needs: [] },
  "misplaced-key": { check: misplacedKeys, needs: [] },
  "unreferenced-file": {
    check: unreferencedFiles,
    needs: ["clustersDir", "ignoreClusters", "rules"],
  },
  "no-canary": { check: missingCanaries, needs: ["isStaging"] },
  "unknown-chart": { check: unknownCharts, needs: ["chartsDir"] },
  "case-collision": { check: caseCollisions, needs: ["clustersDir"] },
  "unmatched-pattern": { check: unmatchedPatterns, needs: ["rules"] },
  "missing-action": { check: missingActions, needs: ["setup"] },
  "missing-folder": { check: missingFolders, needs: ["clustersDir"] },
  "own-permissions": { check: ownPermissions, needs: ["runtime"] },
};

/** What was found in an infrastructure repository. */
export interface Report {
  /** How many `cluster.yaml` files there are. */
  readonly clusters: number;
  /** What is wrong for certain, sorted by place. */
  readonly errors: readonly Finding[];
  /** What is probably wrong, sorted by place. */
  readonly warnings: readonly Finding[];
  /** Warnings that a comment accepts, sorted by place. */
  readonly accepted: readonly Finding[];
  /** The rules that could not be tried, because of what is wrong with the config. */
  readonly unchecked: readonly FindingRule[];
}

/** What is known of a repository already. */
export interface Known {
  /** What was wrong on reading it. */
  readonly findings: readonly Finding[];
  /** The keys of the config whose settings are in doubt. */
  readonly doubtful: ReadonlySet<ConfigKey>;
}

/** Looks for mistakes in an infrastructure repository, all of them at once. */
export function validate(repository: Repository, { findings, doubtful }: Known): Report {
  const found = [...findings];
  const unchecked: FindingRule[] = [];
  for (const [rule, { check, needs }] of Object.entries(CHECKS)) {
    if (needs.some((key) => doubtful.has(key))) unchecked.push(rule as FindingRule);
    else for (const finding of check(repository)) found.push(finding);
  }
  const texts = new Map([
    [repository.settings.file, repository.configText],
    ...repository.documents.map(({ file }) => [file.path, file.text] as const),
  ]);
  const sorted = sortFindings(found);
  const accepted = new Set(
    sorted.filter((finding) => isAccepted(finding, texts.get(finding.file ?? "") ?? "")),
  );
  return {
    clusters: repository.documents.length,
    errors: sorted.filter((finding) => levelOf(finding) === "error"),
    warnings: sorted.filter((finding) => levelOf(finding) === "warning" && !accepted.has(finding)),
    accepted: [...accepted],
    unchecked: unchecked.sort(),
  };
}
