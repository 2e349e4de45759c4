import { compareClusterFiles } from "../config/compare_cluster_files.ts";
import type { Settings } from "../config/settings.ts";
import type { Problem } from "../errors.ts";
import type { FileVersion } from "../git/tree.ts";
import type { Cluster } from "../plan/cluster.ts";
import { decide } from "../plan/decide.ts";
import { labelEffects } from "../plan/labels.ts";
import { matchesAny } from "../plan/pattern.ts";
import type { PlanInput } from "../plan/plan_input.ts";
import { buildRules } from "../plan/rules.ts";
import { inertKeys } from "../repository/cluster_changes.ts";
import { isClusterFile } from "../repository/cluster_files.ts";
import { LINK, type ReadBlob } from "../repository/file_index.ts";
import { isChartFile, type ReadCharts, readCharts } from "../repository/read_charts.ts";
import { Fleet } from "./fleet.ts";
import { type Upgrades, upgradesOf } from "./upgrades.ts";

/** Something of a push by each precision. */
interface ByPrecision<Each> {
  readonly cluster: Each;
  readonly hub: Each;
  /** What cannot be read after the push: nothing of it is planned. */
  readonly unreadable: readonly Problem[];
}

export type PlannedPush = ByPrecision<Upgrades>;

/**
 * Plans push after push of a history by both precisions, each time with the clusters and the charts
 * as they are then.
 */
export class Planner {
  /** The clusters after the push that was planned last; the files before the first are put there. */
  readonly fleet: Fleet;
  readonly #byCluster: Settings;
  readonly #byHub: Settings;
  /** What holds until the clusters or the charts change. */
  #rules: ReturnType<typeof bothRules> | undefined;

  constructor(settings: Settings) {
    this.#byCluster = { ...settings, precision: "cluster" };
    this.#byHub = { ...settings, precision: "hub" };
    // No wave has to name the clusters that there were.
    this.fleet = new Fleet({ ...settings, waves: undefined });
  }

  /** Whether the text of a file will be needed, and not only that it changed. */
  reads(path: string): boolean {
    const { clusters } = this.#byHub;
    return isChartFile(path) ||
      (clusters === undefined
        ? isClusterFile(path, this.#byHub)
        : matchesAny(clusters.files, path));
  }

  async plan(files: readonly FileVersion[], read: ReadBlob): Promise<PlannedPush> {
    const { cluster, hub, unreadable } = await this.take(files, read);
    return { cluster: upgradesOf(decide(cluster)), hub: upgradesOf(decide(hub)), unreadable };
  }

  /** Takes over what a push changed, and gives what its plan is made from, by each precision. */
  async take(files: readonly FileVersion[], read: ReadBlob): Promise<ByPrecision<PlanInput>> {
    const versions = await this.fleet.apply(files, read);
    const rechart = files.some(({ path, mode }) => isChartFile(path) || mode === LINK);
    const rules = await this.#update(rechart);
    const { clusters, unreadable } = this.fleet;
    const inert = inertKeys(this.#byHub);
    const paths = (deleted: boolean) =>
      files.filter(({ id }) => (id === undefined) === deleted).map(({ path }) => path);
    const clusterChanges = new Map(
      versions.map(({ path, before, after }) => [path, compareClusterFiles(before, after, inert)]),
    );
    const input = {
      base: "",
      head: "",
      clusters,
      changed: paths(false),
      deleted: paths(true),
      clusterChanges,
      labels: labelEffects([], this.#byHub.labels),
      gate: this.#byHub.gate,
    };
    return {
      cluster: { ...input, rules: rules.cluster, byKeys: false },
      hub: { ...input, rules: rules.hub, byKeys: true },
      unreadable: [...unreadable, ...rules.unreadable],
    };
  }

  async #update(rechart: boolean) {
    const { clusters, files } = this.fleet;
    const known = this.#rules;
    if (known?.clusters === clusters && !rechart) return known;
    const charts = known === undefined || rechart
      ? await readCharts(files, this.#byHub)
      : known.charts;
    return this.#rules = bothRules(clusters, charts, this.#byCluster, this.#byHub);
  }
}

function bothRules(
  clusters: readonly Cluster[],
  charts: ReadCharts,
  byCluster: Settings,
  byHub: Settings,
) {
  const { graph, problemsOf } = charts;
  const unreadable = problemsOf(graph?.charts ?? []);
  const following = byCluster.rules.following.length > 0;
  return {
    clusters,
    charts,
    unreadable,
    cluster: buildRules(byCluster, clusters, following ? graph : undefined),
    // Where a chart cannot be watched, a change to any may concern all hubs.
    hub: unreadable.length > 0
      ? buildRules(byCluster, clusters)
      : buildRules(byHub, clusters, graph),
  };
}
