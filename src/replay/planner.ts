import { compareClusterFiles } from "../config/cluster_change.ts";
import { type ChartSettings, readChartGraph } from "../config/charts.ts";
import type { Settings } from "../config/settings.ts";
import { UserError } from "../errors.ts";
import type { ChartGraph } from "../plan/charts.ts";
import type { Cluster } from "../plan/cluster.ts";
import { decide, type Precise } from "../plan/decide.ts";
import { labelEffects } from "../plan/labels.ts";
import { buildRules, type Rules } from "../plan/rules.ts";
import { isChartFile } from "./chart_files.ts";
import {
  type FileVersion,
  Fleet,
  type FleetSettings,
  type TextOf,
  type Unreadable,
} from "./fleet.ts";
import { type Upgrades, upgradesOf } from "./upgrades.ts";

/** What of the settings decides what a push upgrades. */
export type PlannerSettings =
  & FleetSettings
  & ChartSettings
  & Pick<Settings, "labels">
  & { readonly rules: Settings["rules"] };

/** What a push upgrades. */
export interface PlannedPush {
  /** By `precision: "cluster"`. */
  readonly cluster: Upgrades;
  /** By `precision: "hub"`. */
  readonly hub: Upgrades;
  /** What cannot be read after the push: nothing of it is planned. */
  readonly unreadable: readonly Unreadable[];
}

/** The charts at a commit. */
interface Charts {
  /** How they depend on each other; `undefined` where that cannot be told. */
  readonly graph: ChartGraph | undefined;
  readonly unreadable: readonly Unreadable[];
}

/** The rules of both precisions, and what they are made of. */
interface RulesOf {
  readonly cluster: Rules;
  readonly hub: Rules;
  readonly clusters: readonly Cluster[];
  readonly graph: ChartGraph | undefined;
}

/**
 * Plans push after push of a history by both precisions, each time with the clusters and the charts
 * as they are then.
 */
export class Planner {
  /** The clusters as they are after the push that was planned last. */
  readonly fleet: Fleet;
  readonly #settings: PlannerSettings;
  #charts: Charts | undefined;
  #rules: RulesOf | undefined;

  /** Makes a planner of an empty repository. */
  constructor(settings: PlannerSettings) {
    this.#settings = settings;
    this.fleet = new Fleet(settings);
  }

  /** Takes over the files from which the first push starts. */
  start(files: readonly FileVersion[], textOf: TextOf): void {
    this.fleet.apply(files, textOf);
    this.#charts = undefined;
  }

  /** Plans a push. */
  async plan(files: readonly FileVersion[], textOf: TextOf): Promise<PlannedPush> {
    const versions = this.fleet.apply(files, textOf);
    if (files.some(({ path }) => isChartFile(path))) this.#charts = undefined;
    const { rules: { inertKeys, inertHubKeys } } = this.#settings;
    const inert = { cluster: inertKeys, hub: inertHubKeys };
    const precise: Precise = {
      deleted: files.filter(({ id }) => id === undefined).map(({ path }) => path),
      clusterChanges: new Map(
        versions.map((
          { path, before, after },
        ) => [path, compareClusterFiles(before, after, inert)]),
      ),
    };
    const charts = this.#charts ??= await this.#readCharts();
    const { clusters, unreadable } = this.fleet;
    const { cluster, hub } = this.#rulesOf(clusters, charts.graph);
    const input = {
      base: "",
      head: "",
      clusters,
      changed: files.filter(({ id }) => id !== undefined).map(({ path }) => path),
      labels: labelEffects([], this.#settings.labels),
    };
    return {
      cluster: upgradesOf(decide({ ...input, rules: cluster })),
      hub: upgradesOf(decide({ ...input, rules: hub, precise })),
      unreadable: [...unreadable, ...charts.unreadable],
    };
  }

  /** Where the charts cannot be told, a change to one may concern all hubs. */
  async #readCharts(): Promise<Charts> {
    try {
      const graph = await readChartGraph(this.fleet.chartFiles, this.#settings);
      return { graph, unreadable: [] };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const unreadable = error.problems.map(({ file = "", message }) => ({ file, message }));
      return { graph: undefined, unreadable };
    }
  }

  #rulesOf(clusters: readonly Cluster[], graph: ChartGraph | undefined): RulesOf {
    if (this.#rules?.clusters === clusters && this.#rules.graph === graph) return this.#rules;
    const patterns = { ...this.#settings.rules, clustersDir: this.#settings.clustersDir };
    return this.#rules = {
      cluster: buildRules(patterns, clusters),
      hub: buildRules(patterns, clusters, graph),
      clusters,
      graph,
    };
  }
}
