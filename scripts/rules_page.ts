import { markdownTable } from "markdown-table";
import { DEFAULTS } from "../src/config/defaults.ts";
import { PRECISE_RULE_IDS, RULE_IDS, RULE_TEXTS, type RuleId } from "../src/plan/decision.ts";
import type { TextFile } from "../src/drift/differences.ts";
import { GENERATED } from "../workflows/header.ts";

const { rules, clustersDir, labels } = DEFAULTS;

/** The rules whose patterns a config can give. */
const PATTERNS: Readonly<Partial<Record<RuleId, readonly string[]>>> = {
  "all hubs": rules.allHubs,
  "all support charts": rules.allSupport,
};

/** What follows where no file decides. */
const CONSEQUENCES = [
  ["staging before prod", "any prod hub is upgraded", "all staging hubs of its cluster, first"],
  [
    "unknown base",
    "a push to a new branch, or a force push",
    "everything: what changed cannot be told",
  ],
  ["(no rule)", `anything else in \`${clustersDir}\``, "nothing; the plan says so"],
];

/** The page of the docs that lists what decides an upgrade, made from the default rules. */
export function rulesPage(): TextFile {
  const row = (id: RuleId) => {
    const { changed, upgrades } = RULE_TEXTS[id];
    return [id, PATTERNS[id]?.map((pattern) => `\`${pattern}\``).join(", ") ?? changed, upgrades];
  };
  const head = ["rule", "changed", "upgraded"];
  const ofLabels = [
    [labels.skipDeploy, "nothing is upgraded"],
    [labels.skipDeployHubs, "support charts only; no hub is upgraded"],
    [labels.deploySupport, "all support charts are upgraded as well"],
    [labels.deployHubs, "all hubs are upgraded as well"],
  ].map(([label, does = ""]) => [`\`${label}\``, does]);
  return {
    path: "docs/rules.md",
    text: `<!-- ${GENERATED}: change the rules, then run \`deno task generate\`. -->

# What decides an upgrade

Files that were added or modified decide; a rename is a deletion and an addition, and a deletion
decides nothing. These are the rules with the defaults of the config. Every reason in a plan names
one of them.

${markdownTable([head, ...RULE_IDS.map(row), ...CONSEQUENCES])}

${markdownTable([["label", "what it does"], ...ofLabels])}

Where the config does not say which paths are about all hubs, the charts that hubs name as
\`helm_chart\` count as well, and where it does not say which are about all support charts, so does
what the support chart depends on. Both include charts of the repository that these depend on by a
\`file://\` path, and what symbolic links in them lead to.

The patterns of \`rules.allHubs\` and \`rules.allSupport\`, the folder \`${clustersDir}\`, and the values
files that lie elsewhere are also the \`paths\` that trigger the workflow: a path triggers it if and
only if the planner looks at it. A pattern with a leading \`!\` is an exception for all rules,
wherever it is written, because GitHub reads one list of paths; what it matches decides nothing. The
patterns of \`rules.triggersOnly\` start the workflow besides, for paths that are about the run and
about no release.

Of the labels, one that skips wins over one that deploys. On a pull request its labels count; on a
push, those of the pull request that the push merged.

With \`precision: "hub"\`, these take the place of "cluster file", and of "all hubs" where a path is a
part of a chart; a deletion then decides too. [Precision](precision.md) says more.

${markdownTable([head, ...PRECISE_RULE_IDS.map(row)])}
`,
  };
}
