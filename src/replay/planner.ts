import { compareClusterFiles } from "../config/compare_cluster_files.ts";
import type { Settings } from "../config/settings.ts";
import type { ChartGraph } from "../plan/charts.ts";
import type { Cluster } from "../plan/cluster.ts";
import { decide } from "../plan/decide.ts";
import { labelEffects } from "../plan/labels.ts";
import type { PlanInput } from "../plan/plan_input.ts";
import { buildRules, type Rules } from "../plan/rules.ts";
import { type ChartSettings, readCharts } from "../repository/read_charts.ts";
import { inertKeys } from "../repository/cluster_changes.ts";
import { LINK } from "../repository/file_index.ts";
import {
  type FileVersion,
  Fleet,
  type FleetSettings,
  type ReadBlob,
  type Unreadable,
} from "./fleet.ts";
import { type Upgrades, upgradesOf } from "./upgrades.ts";

/** What of the settings decides what a push upgrades. */
export type PlannerSettings =
  & FleetSettings
  & ChartSettings
  & Pick<Settings, "labels">
  & { readonly rules: Settings["rules"] };

/** The files whose text says what a chart is made from. */
const CHART_FILES: readonly string[] = ["Chart.yaml", "requirements.yaml", ".helmignore"];

/** Whether the text of a file says what a chart is made from. */
export function isChartFile(path: string): boolean {
  return CHART_FILES.includes(path.slice(path.lastIndexOf("/") + 1));
}

export interface PlannedPush {
  /** By `precision: "cluster"`. */
  readonly cluster: Upgrades;
  /** By `precision: "hub"`. */
  readonly hub: Upgrades;
  /** What cannot be read after the push: nothing of it is planned. */
  readonly unreadable: readonly Unreadable[];
}

/** A push, as far as planning goes. */
export interface TakenPush extends Pick<PlannedPush, "unreadable"> {
  /** What its plan is made from by `precision: "cluster"`. */
  readonly cluster: PlanInput;
  /** The same by `precision: "hub"`. */
  readonly hub: PlanInput;
}

interface Charts {
  /** How they depend on each other; `undefined` where that is unclear. */
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

  constructor(settings: PlannerSettings) {
    this.#settings = settings;
    this.fleet = new Fleet(settings);
  }

  /** Takes over the files from which the first push starts. */
  async start(files: readonly FileVersion[], read: ReadBlob): Promise<void> {
    await this.fleet.apply(files, read);
    this.#charts = undefined;
  }

  async plan(files: readonly FileVersion[], read: ReadBlob): Promise<PlannedPush> {
    const { cluster, hub, unreadable } = await this.take(files, read);
    return { cluster: upgradesOf(decide(cluster)), hub: upgradesOf(decide(hub)), unreadable };
  }

  /** Takes over what a push changed, and gives what its plan is made from, by both precisions. */
  async take(files: readonly FileVersion[], read: ReadBlob): Promise<TakenPush> {
    const versions = await this.fleet.apply(files, read);
    if (files.some(({ path, mode }) => isChartFile(path) || mode === LINK)) {
      this.#charts = undefined;
    }
    const charts = this.#charts ??= await this.#readCharts();
    const { clusters, unreadable } = this.fleet;
    const rules = this.#rulesOf(clusters, charts);
    const inert = inertKeys({ ...this.#settings, precision: "hub" });
    const input: Omit<PlanInput, "rules" | "byKeys"> = {
      base: "",
      head: "",
      clusters,
      changed: files.filter(({ id }) => id !== undefined).map(({ path }) => path),
      deleted: files.filter(({ id }) => id === undefined).map(({ path }) => path),
      clusterChanges: new Map(
        versions.map(({ path, before, after }) => [
          path,
          compareClusterFiles(before, after, inert),
        ]),
      ),
      labels: labelEffects([], this.#settings.labels),
    };
    return {
      cluster: { ...input, rules: rules.cluster, byKeys: false },
      hub: { ...input, rules: rules.hub, byKeys: true },
      unreadable: [...unreadable, ...charts.unreadable],
    };
  }

  /** Where a chart cannot be watched, a change to any may concern all hubs. */
  async #readCharts(): Promise<Charts> {
    const settings = { ...this.#settings, precision: "hub" as const };
    const { graph, problemsOf } = await readCharts(this.fleet.files, settings);
    const unreadable = problemsOf(graph?.charts ?? [])
      .map(({ file = "", message }) => ({ file, message }));
    return { graph, unreadable };
  }

  #rulesOf(clusters: readonly Cluster[], { graph, unreadable }: Charts): RulesOf {
    if (this.#rules?.clusters === clusters && this.#rules.graph === graph) return this.#rules;
    const { rules } = this.#settings;
    const byPatterns = { ...this.#settings, precision: "cluster" as const };
    const byCharts = { ...this.#settings, precision: "hub" as const };
    return this.#rules = {
      cluster: buildRules(byPatterns, clusters, rules.following.length > 0 ? graph : undefined),
      hub: unreadable.length > 0
        ? buildRules(byPatterns, clusters)
        : buildRules(byCharts, clusters, graph),
      clusters,
      graph,
    };
  }
}
