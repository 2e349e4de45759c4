import { code } from "./markdown_text.ts";
import { foldLong, type Section, sectionLength, tableSection } from "./markdown_section.ts";
import { addonsOf, type ClusterUpgrades, stagingHubsOf } from "./plan_clusters.ts";
import { countOf } from "./summary.ts";

type WriteHubs = (names: readonly string[]) => string;

const nameHubs: WriteHubs = (names) => names.map(code).join(" ");

const countHubs: WriteHubs = ({ length }) => length === 0 ? "" : countOf(length, "hub");

/** Lists what a plan upgrades, a row for each cluster. */
export function planOverview(
  clusters: readonly ClusterUpgrades[],
  writeHubs: WriteHubs = nameHubs,
): Section {
  const waves = clusters.some(({ wave }) => wave !== undefined) ? ["Wave"] : [];
  const head = [...waves, "Cluster", "Provider", "Support chart", "Staging hubs", "Prod hubs"];
  const rows = clusters.map((cluster) => [
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
  return foldLong(tableSection("", head, rows, "clusters"));
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
  const counted = planOverview(clusters, countHubs);
  let space = room - sectionLength(counted);
  const lines = overview.lines.map((named, index) => {
    const short = counted.lines[index] ?? named;
    const more = named.length - short.length;
    if (more > 0 && more > space) return short;
    space -= more;
    return named;
  });
  return { ...overview, lines };
}
