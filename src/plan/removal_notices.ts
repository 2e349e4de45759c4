import { compare } from "../text/compare.ts";
import { listNames } from "../text/list_names.ts";
import { visible } from "../text/visible.ts";
import type { Cluster } from "./cluster.ts";
import type { ClusterChange } from "./cluster_change.ts";
import { reachedOf } from "./cluster_reasons.ts";
import type { Decision } from "./decision.ts";
import { type Release, releasesOf, SUPPORT_CHART } from "./releases.ts";
import type { Notice } from "./schema.ts";

export function removedCluster(file: string): Notice {
  return warning(
    `${listNames([file])} is gone: nothing is uninstalled by that; the releases of its cluster ` +
      "stay until someone uninstalls them",
  );
}

/** Says which releases a cluster.yaml does not have any more. */
export function removedReleases(
  cluster: string,
  { removedSupport, removedHubs }: Extract<ClusterChange, { readonly kind: "compared" }>,
): readonly Notice[] {
  return noLongerThere(cluster, [
    ...(removedSupport ? [SUPPORT_CHART] : []),
    // The old version of the file was never checked, so its names are quoted like any other text.
    ...removedHubs.map((hub) => `hub ${listNames([hub])}`),
  ]);
}

function noLongerThere(cluster: string, releases: readonly string[]): readonly Notice[] {
  return releases.length === 0 ? [] : [warning(
    `Cluster ${visible(cluster)} no longer has ${listReleases(releases)}: nothing is ` +
      "uninstalled by that; uninstall it when its data is no longer needed",
  )];
}

export function removedSince(
  before: readonly Cluster[],
  after: readonly Cluster[],
): readonly Notice[] {
  const left = new Map(after.map((cluster) => [cluster.name, cluster]));
  return before.flatMap((cluster) => {
    const now = left.get(cluster.name);
    if (now === undefined) return [removedCluster(cluster.file)];
    const there = new Set(releasesOf(now).map(describe));
    const removed = releasesOf(cluster).map(describe).filter((release) => !there.has(release));
    return noLongerThere(cluster.name, removed);
  });
}

/** A hub is the same one, whether it is a staging hub or a prod hub. */
function describe({ kind, release }: Release): string {
  if (kind === SUPPORT_CHART) return kind;
  return `${kind === "add-on" ? kind : "hub"} ${release}`;
}

/** Says that a file is gone which releases still name: their upgrade would fail. */
export function stillNamed(path: string, decisions: readonly Decision[]): readonly Notice[] {
  const naming = decisions.flatMap(({ reach }) => {
    if (reach.kind === "cluster") return `everything of ${reach.cluster.name}`;
    if (reach.kind !== "release") return [];
    return reachedOf(reach.cluster, reach).map((release) =>
      `${release.kind === SUPPORT_CHART ? "the " : ""}${describe(release)} of ${release.cluster}`
    );
  });
  return naming.length === 0 ? [] : [warning(
    `${listNames([path])} ${stillNamedBy(naming)}put the file back, or take it out of cluster.yaml`,
  )];
}

/** Says that charts are gone which hubs still name: their upgrade would fail. */
export function goneCharts(
  clusters: readonly Cluster[],
  chartsDir: string,
  deleted: readonly string[],
): readonly Notice[] {
  const gone = new Set(deleted);
  const naming = clusters.flatMap(({ name, hubs }) =>
    hubs.map((hub) => ({ folder: `${chartsDir}/${hub.chart}`, hub: `hub ${hub.name} of ${name}` }))
  ).filter(({ folder }) => gone.has(`${folder}/Chart.yaml`));
  return [...Map.groupBy(naming, ({ folder }) => folder)].sort(([a], [b]) => compare(a, b))
    .map(([folder, hubs]) =>
      warning(
        `The chart ${listNames([folder])} ${stillNamedBy(hubs.map(({ hub }) => hub))}put the ` +
          "chart back, or name another in cluster.yaml",
      )
    );
}

function stillNamedBy(releases: readonly string[]): string {
  return `is gone, but it is still named by ${listReleases(releases.toSorted())}: the upgrade ` +
    "would fail; ";
}

/** Says that files of charts or of the deployer are gone, which upgrades nothing. */
export function deletedFiles(paths: readonly string[]): Notice {
  return warning(
    `${listNames(paths)} ${paths.length === 1 ? "was" : "were"} deleted, and a deletion alone ` +
      "upgrades nothing: if releases have to be upgraded for it, ask for that with a label",
  );
}

function listReleases(releases: readonly string[]): string {
  const shown = releases.slice(0, 3).map(visible).join(", ");
  return releases.length > 3 ? `${shown} and ${releases.length - 3} more` : shown;
}

function warning(message: string): Notice {
  return { level: "warning", message };
}
