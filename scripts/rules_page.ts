import { DEFAULTS } from "../src/config/defaults.ts";
import { ruleTables } from "./rule_table.ts";
import { GENERATED } from "../workflows/header.ts";
import type { GeneratedFile } from "../workflows/mod.ts";

/** The page of the docs that lists what decides an upgrade, made from the default rules. */
export function rulesPage(): GeneratedFile {
  const { rules, clustersDir, labels } = DEFAULTS;
  const tables = ruleTables({
    patterns: { "all hubs": rules.allHubs, "all support charts": rules.allSupport },
    clustersDir,
    labels: [
      [labels.skipDeploy, "nothing is upgraded"],
      [labels.skipDeployHubs, "support charts only; no hub is upgraded"],
      [labels.deploySupport, "all support charts are upgraded as well"],
      [labels.deployHubs, "all hubs are upgraded as well"],
    ],
  });
  return {
    path: "docs/rules.md",
    text: `<!-- ${GENERATED}: change the rules, then run \`deno task generate\`. -->

# What decides an upgrade

Files that were added or modified decide; a rename is a deletion and an addition, and a deletion
decides nothing. These are the rules with the defaults of the config. Every reason in a plan names
one of them.

${tables.files}

${tables.labels}

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

${tables.precise}
`,
  };
}
