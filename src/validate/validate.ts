import { compare } from "../text/compare.ts";
import { type Finding, type FindingRule, levelOf, RULES } from "./checks.ts";
import type { Repository } from "./repository.ts";
import type { ConfigKey } from "./sound_settings.ts";

/** How many findings of one rule are kept; beyond them, the rule says more than its findings. */
const MOST_OF_A_RULE = 256;

/** What was found in an infrastructure repository, sorted by place. */
export interface Report {
  readonly clusters: number;
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  /** Warnings that a comment accepts. */
  readonly accepted: readonly Finding[];
  /** How many more errors and warnings there are, by their rule. */
  readonly leftOut: Readonly<Partial<Record<FindingRule, number>>>;
  /** The rules that could not be tried, because of what is wrong with the config. */
  readonly unchecked: readonly FindingRule[];
}

export interface Known {
  readonly findings: readonly Finding[];
  /** The keys of the config whose settings are in doubt. */
  readonly doubtful: ReadonlySet<ConfigKey>;
}

export function validate(repository: Repository, { findings, doubtful }: Known): Report {
  const texts = new Map([
    [repository.settings.file, repository.configText],
    ...repository.documents.map(({ path, text }) => [path, text] as const),
  ]);
  const kept: Finding[] = [];
  const accepted: Finding[] = [];
  const leftOut: Partial<Record<FindingRule, number>> = {};
  const unchecked: FindingRule[] = [];
  for (const rule of (Object.keys(RULES) as FindingRule[]).sort()) {
    const { check, needs } = RULES[rule];
    if (needs.some((key) => doubtful.has(key))) {
      unchecked.push(rule);
      continue;
    }
    const places = new Set<string>();
    const known = findings.filter((finding) => finding.rule === rule);
    const found = Iterator.from(check(repository)).map((problem) => ({ ...problem, rule }));
    for (const finding of [known, found].values().flatMap((list) => list)) {
      const { file, line, column, message } = finding;
      const place = JSON.stringify([file, line, column, message]);
      if (places.has(place)) continue;
      const list = isAccepted(finding, texts.get(file ?? "") ?? "") ? accepted : kept;
      if (places.size >= MOST_OF_A_RULE) {
        if (list === kept) leftOut[rule] = (leftOut[rule] ?? 0) + 1;
        continue;
      }
      places.add(place);
      list.push(finding);
    }
  }
  const sorted = kept.sort(byPlace);
  return {
    clusters: repository.documents.length,
    errors: sorted.filter((finding) => levelOf(finding) === "error"),
    warnings: sorted.filter((finding) => levelOf(finding) === "warning"),
    accepted: accepted.sort(byPlace),
    leftOut,
    unchecked,
  };
}

function byPlace(a: Finding, b: Finding): number {
  return compare(a.file ?? "", b.file ?? "") || compare(a.line ?? 0, b.line ?? 0) ||
    compare(a.column ?? 0, b.column ?? 0) || compare(a.rule, b.rule) ||
    compare(a.message, b.message);
}

/** A comment that accepts the findings of a rule, in YAML and in TypeScript. */
const ACCEPT = /(?:#|\/\/).*\bhubwright-accept +([a-z-]+)/;

/**
 * Whether a comment accepts a finding: `hubwright-accept RULE`, on the line of the finding or on
 * the one above. Warnings can be accepted, errors cannot.
 */
function isAccepted({ line, rule }: Finding, text: string): boolean {
  if (line === undefined || RULES[rule].level === "error" || !text.includes("hubwright-accept")) {
    return false;
  }
  return text.split("\n").slice(Math.max(line - 2, 0), line)
    .some((around) => ACCEPT.exec(around)?.[1] === rule);
}
