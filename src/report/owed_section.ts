import type { OwedUpgrade } from "../ledger/ledger_record.ts";
import { foldLong, tableSection, writeSection } from "./markdown_section.ts";
import { code } from "./markdown_text.ts";

/** How many characters of a comment say what is owed. */
const MOST = 10_000;

/** Says in Markdown which owed upgrades a merge makes up, and which stay owed. */
export function owedMarkdown(owed: readonly OwedUpgrade[], runUrl: string): string {
  const section = (title: string, some: readonly OwedUpgrade[]) => {
    const rows = some.map(({ cluster, release, outcome, run, base }) => {
      return [code(cluster), code(release), `${outcome} in run ${run}`, code(base.slice(0, 7))];
    });
    const head = ["Cluster", "Release", "Why", "Up to date at"];
    return writeSection(foldLong(tableSection(title, head, rows, "releases")), MOST / 2, runUrl);
  };
  const paused = owed.filter(({ outcome }) => outcome === "paused");
  return section(
    "Owed by earlier runs: merging this makes it up, unless a label or a pause holds it back",
    owed.filter((each) => !paused.includes(each)),
  ) + section("Paused, and owed until that ends", paused);
}
