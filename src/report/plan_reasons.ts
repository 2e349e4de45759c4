import { code } from "./markdown_text.ts";
import {
  leftOut,
  type Section,
  tableHead,
  tableRow,
  writeSection,
  type WrittenSection,
} from "./markdown_section.ts";
import { type ClusterUpgrades, countOnCluster } from "./plan_clusters.ts";

const HEADING = "\n### Why\n";

/**
 * Lists why each release is upgraded, in a section for each cluster that is folded until someone
 * opens it. Prod hubs that share a reason share a line.
 */
export function planReasons(clusters: readonly ClusterUpgrades[]): readonly Section[] {
  return clusters.map(clusterReasons).filter(({ lines }) => lines.length > 0);
}

/** Writes the reasons. A cluster of which not even one reason fits is counted instead. */
export function writeReasons(sections: readonly Section[], room: number, runUrl?: string): string {
  if (sections.length === 0) return "";
  const space = room - HEADING.length;
  const whole = writeSections(sections, space, runUrl);
  if (whole.every((written) => written?.left === 0)) return joinSections(whole, "");
  const most = leftOut(sections.length, sections.length, "clusters", runUrl);
  const written = writeSections(sections, space - most.length, runUrl);
  const left = written.filter((section) => section === undefined).length;
  return joinSections(written, leftOut(left, sections.length, "clusters", runUrl));
}

/** Writes the sections that fit one after the other; `undefined` where not even a line fits. */
function writeSections(
  sections: readonly Section[],
  room: number,
  runUrl: string | undefined,
): readonly (WrittenSection | undefined)[] {
  let space = room;
  return sections.map((section) => {
    const written = writeSection(section, space, runUrl);
    if (written.left === section.lines.length) return undefined;
    space -= written.text.length;
    return written;
  });
}

function joinSections(written: readonly (WrittenSection | undefined)[], rest: string): string {
  return `${HEADING}${written.map((section) => section?.text ?? "").join("")}${rest}`;
}

function clusterReasons(cluster: ClusterUpgrades): Section {
  return {
    heading: `\n<details>\n<summary>${code(cluster.name)}: ${
      countOnCluster(cluster)
    }</summary>\n\n`,
    head: tableHead(["Upgrade", "Why"]),
    lines: [
      ...cluster.canaries.filter((row) => row.upgrade_support)
        .map((row) => tableRow(["support chart", code(row.support_reason)])),
      ...cluster.canaries.filter((row) => row.staging_hubs.length > 0)
        .map((row) => tableRow([`staging ${names(row.staging_hubs)}`, code(row.staging_reason)])),
      ...[...Map.groupBy(cluster.prod, (row) => row.reason)].map(([reason, rows]) =>
        tableRow([`prod ${names(rows.map((row) => row.hub_name))}`, code(reason)])
      ),
    ],
    what: "reasons",
    tail: "\n</details>\n",
  };
}

function names(hubs: readonly string[]): string {
  return hubs.map(code).join(" ");
}
