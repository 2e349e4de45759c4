import { markdownTable } from "markdown-table";
import { PRECISE_RULE_IDS, RULE_IDS, RULE_TEXTS, type RuleId } from "../src/plan/decision.ts";

/** What the rule table is made from: the patterns and labels of a config. */
export interface RuleTableInput {
  readonly patterns: Readonly<Partial<Record<RuleId, readonly string[]>>>;
  /** The folder that holds one folder a cluster. */
  readonly clustersDir: string;
  readonly labels: readonly (readonly [label: string, does: string])[];
}

/** What decides an upgrade, as Markdown tables. */
export interface RuleTables {
  readonly files: string;
  /** What they decide instead with `precision: "hub"`. */
  readonly precise: string;
  readonly labels: string;
}

/** Writes what decides an upgrade as Markdown tables, from the rules themselves. */
export function ruleTables({ patterns, clustersDir, labels }: RuleTableInput): RuleTables {
  const head = ["rule", "changed", "upgraded"];
  const row = (id: RuleId) => {
    const { changed, upgrades } = RULE_TEXTS[id];
    return [id, patterns[id]?.map((pattern) => `\`${pattern}\``).join(", ") ?? changed, upgrades];
  };
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
  return {
    files: table([head, ...RULE_IDS.map(row), ...consequences]),
    precise: table([head, ...PRECISE_RULE_IDS.map(row)]),
    labels: table([
      ["label", "what it does"],
      ...labels.map(([label, does]) => [`\`${label}\``, does]),
    ]),
  };
}

function table(rows: readonly (readonly string[])[]): string {
  return markdownTable(rows.map((row) => [...row]), { alignDelimiters: true });
}
