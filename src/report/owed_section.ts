import type { OwedUpgrade } from "../ledger/ledger_record.ts";
import { foldLong, tableHead, tableRow, writeSection } from "./markdown_section.ts";
import { code } from "./markdown_text.ts";

/** How many characters of a comment say what is owed. */
const MOST = 10_000;

/** Says in Markdown which owed upgrades a merge makes up, and which stay owed. */
export function owedMarkdown(owed: readonly OwedUpgrade[], runUrl: string): string {
  const section = (title: string, some: readonly OwedUpgrade[]) =>
    writeSection(
      foldLong({
        heading: `\n### ${title}\n\n`,
        head: tableHead(["Cluster", "Release", "Why", "Up to date at"]),
        lines: some.map(({ cluster, release, outcome, run, base }) =>
          tableRow([
            code(cluster),
            code(release),
            `${outcome} in run ${run}`,
            code(base.slice(0, 7)),
          ])
        ),
        what: "releases",
        tail: "",
      }),
      MOST / 2,
      runUrl,
    );
  const paused = owed.filter(({ outcome }) => outcome === "paused");
  return section(
    "Owed by earlier runs: merging this makes it up, unless a label or a pause holds it back",
    owed.filter((each) => !paused.includes(each)),
  ) + section("Paused, and owed until that ends", paused);
}
