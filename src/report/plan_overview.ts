import { code } from "./markdown_text.ts";
import { foldLong, type Section, sectionLength, tableHead, tableRow } from "./markdown_section.ts";
import { addonsOf, type ClusterUpgrades, stagingHubsOf } from "./plan_clusters.ts";
import { countOf } from "./summary.ts";

/** Lists what a plan upgrades, a row for each cluster. */
export function planOverview(clusters: readonly ClusterUpgrades[]): Section {
  const waves = clusters.some(({ wave }) => wave !== undefined) ? ["Wave"] : [];
  return foldLong({
    heading: "\n",
    head: tableHead(
      [...waves, "Cluster", "Provider", "Support chart", "Staging hubs", "Prod hubs"],
    ),
    lines: clusters.map((cluster) => overviewRow(cluster, nameHubs)),
    what: "clusters",
    tail: "",
  });
}

/**
 * Shortens the table of what is upgraded: where not all names of hubs fit, clusters say how many
 * hubs they have instead, the last ones first.
 */
export function shortenOverview(
  overview: Section,
  clusters: readonly ClusterUpgrades[],
  room: number,
): Section {
  if (sectionLength(overview) <= room) return overview;
  const counted = clusters.map((cluster) => overviewRow(cluster, countHubs));
  let space = room - sectionLength({ ...overview, lines: counted });
  const lines = overview.lines.map((named, index) => {
    const short = counted[index] ?? named;
    const more = named.length - short.length;
    if (more > 0 && more > space) return short;
    space -= more;
    return named;
  });
  return { ...overview, lines };
}

const nameHubs = (names: readonly string[]) => names.map(code).join(" ");

const countHubs: typeof nameHubs = ({ length }) => length === 0 ? "" : countOf(length, "hub");

function overviewRow(cluster: ClusterUpgrades, writeHubs: typeof nameHubs): string {
  return tableRow([
    ...(cluster.wave === undefined ? [] : [String(cluster.wave)]),
    code(cluster.name),
    code(cluster.provider),
    [
      ...cluster.canaries.some((row) => row.upgrade_support) ? ["yes"] : [],
      ...addonsOf(cluster).map(code),
    ].join(" "),
    writeHubs(stagingHubsOf(cluster)),
    writeHubs(cluster.prod.map((row) => row.hub_name)),
  ]);
}
