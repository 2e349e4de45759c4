import { markdownTable } from "markdown-table";
import { RULE_IDS, RULE_TEXTS, type RuleId } from "../plan/rules.ts";

/** What the rule table is made from: the patterns and labels of a config. */
export interface RuleTableInput {
  /** The patterns of the rules that have them. */
  readonly patterns: Readonly<Partial<Record<RuleId, readonly string[]>>>;
  /** The folder that holds one folder a cluster. */
  readonly clustersDir: string;
  /** The labels, each with what it does. */
  readonly labels: readonly (readonly [label: string, does: string])[];
}

/**
 * Writes what decides an upgrade as Markdown tables, from the rules themselves.
 *
 * @param input The patterns and labels.
 * @returns Two tables, for changed files and for labels.
 */
export function ruleTable({ patterns, clustersDir, labels }: RuleTableInput): string {
  const rules = RULE_IDS.map((id) => {
    const { changed, upgrades } = RULE_TEXTS[id];
    const what = patterns[id]?.map((pattern) => `\`${pattern}\``).join(", ") ?? changed;
    return [id, what, upgrades];
  });
  const consequences = [
    ["staging before prod", "any prod hub is upgraded", "all staging hubs of its cluster, first"],
    [
      "unknown base",
      "a push to a new branch, or a force push",
      "everything: what changed cannot be told",
    ],
    [
      "(no rule)",
      `anything else in \`${clustersDir}\``,
      "nothing; the plan says so",
    ],
  ];
  const table = (rows: readonly (readonly string[])[]) =>
    markdownTable(rows.map((row) => [...row]), { alignDelimiters: true });
  return [
    table([["rule", "changed", "upgraded"], ...rules, ...consequences]),
    table([["label", "what it does"], ...labels.map(([label, does]) => [`\`${label}\``, does])]),
  ].join("\n\n");
}
