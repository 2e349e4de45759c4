import { compare } from "../text/compare.ts";
import type { Problem } from "../errors.ts";

/** How bad a finding is: a deployment would fail or is refused, or something is probably wrong. */
export type Level = "error" | "warning";

/** What `validate` looks for: the name of each rule, how bad it is, and what it means. */
export const FINDING_RULES = {
  "config": { level: "error", means: "the config or the lock of actions cannot be used" },
  "cluster-file": { level: "error", means: "a cluster.yaml cannot be used" },
  "missing-file": { level: "error", means: "a cluster.yaml names a file that is not there" },
  "linked-file": {
    level: "warning",
    means: "a file that is named lies behind a link, so git does not see its changes",
  },
  "repeated-file": { level: "warning", means: "one list names a values file twice" },
  "unreferenced-file": {
    level: "warning",
    means: "no cluster names a values file, so that its changes upgrade nothing",
  },
  "no-canary": { level: "warning", means: "a cluster has prod hubs and no staging hub" },
  "unknown-chart": { level: "warning", means: "there is no chart of the name that is given" },
  "mistyped-key": { level: "warning", means: "a key is nearly one that hubwright reads" },
  "misplaced-key": { level: "warning", means: "a key stands where hubwright does not read it" },
  "case-collision": {
    level: "warning",
    means: "two names differ in case only, and some machines keep one of them",
  },
  "unmatched-pattern": { level: "warning", means: "a pattern of the config matches no file" },
  "missing-action": {
    level: "warning",
    means: "a local action that the setup steps use is not there",
  },
  "missing-folder": { level: "warning", means: "the config names a folder that is not there" },
  "own-permissions": {
    level: "warning",
    means: "the config starts hubwright with other permissions than it needs",
  },
} as const satisfies Readonly<Record<string, { readonly level: Level; readonly means: string }>>;

/** The name of a rule of `validate`. */
export type FindingRule = keyof typeof FINDING_RULES;

/** One thing that is wrong, or probably wrong, in an infrastructure repository. */
export interface Finding extends Problem {
  /** The rule that found it. */
  readonly rule: FindingRule;
}

/** Says how bad a finding is. */
export function levelOf({ rule }: Finding): Level {
  return FINDING_RULES[rule].level;
}

/** Sorts findings by place, and drops those that say the same twice. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const sorted = [...findings].sort((a, b) =>
    compare(a.file ?? "", b.file ?? "") || compare(a.line ?? 0, b.line ?? 0) ||
    compare(a.column ?? 0, b.column ?? 0) || compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  );
  return sorted.filter((finding, index) => {
    const before = sorted[index - 1];
    return before === undefined || key(before) !== key(finding);
  });
}

function key({ rule, file, line, column, message }: Finding): string {
  return JSON.stringify([rule, file, line, column, message]);
}
