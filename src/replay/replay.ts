import { buildRules, uncoveredFiles } from "../plan/rules.ts";
import { addCounts, countKinds, percent } from "./counts.ts";
import { isClusterFile } from "../repository/cluster_files.ts";
import { walk } from "../repository/files.ts";
import type { FileVersion, ReadBlob } from "./fleet.ts";
import { isChartFile, type PlannedPush, Planner, type PlannerSettings } from "./planner.ts";
import type { PushReport, ReplayReport } from "./report.ts";
import { RuleTally } from "./rule_tally.ts";
import { UnreadableLog } from "./unreadable_log.ts";
import type { Upgrades } from "./upgrades.ts";

/** How many pushes are listed as the most expensive. */
const MOST_EXPENSIVE = 5;

/** A push, as far as a report names it. */
export type ReplayedPush = Pick<PushReport, "commit" | "date" | "subject"> & {
  /** The files that it added, modified or deleted. */
  readonly files: readonly FileVersion[];
};

/** Plans push after push of a history by both precisions, and sums up what they upgrade. */
export class Replay {
  readonly #planner: Planner;
  readonly #settings: PlannerSettings;
  readonly #history: PushReport[] = [];
  readonly #rules = { cluster: new RuleTally(), hub: new RuleTally() };
  readonly #unreadable = new UnreadableLog();

  constructor(settings: PlannerSettings) {
    this.#settings = settings;
    this.#planner = new Planner(settings);
  }

  /** Whether the text of a file will be needed, and not only that it changed. */
  reads(path: string): boolean {
    return isClusterFile(path, this.#settings) || isChartFile(path);
  }

  /** Takes over the files from which the first push starts. */
  async start(files: readonly FileVersion[], read: ReadBlob): Promise<void> {
    await this.#planner.start(files, read);
  }

  async add(push: ReplayedPush, read: ReadBlob): Promise<void> {
    const planned = await this.#planner.plan(push.files, read);
    this.#rules.cluster.add(planned.cluster, planned.hub);
    this.#rules.hub.add(planned.hub, planned.cluster);
    this.#unreadable.add(push.commit, planned.unreadable);
    this.#history.push(reportOf(push, planned));
  }

  report({ from, to, shallow }: Pick<ReplayReport, "from" | "to" | "shallow">): ReplayReport {
    const history = this.#history;
    const avoided = addCounts(history.map((push) => push.avoided));
    const [cluster, hub] = [this.#sum("cluster"), this.#sum("hub")];
    return {
      version: 1,
      from,
      to,
      shallow,
      pushes: history.length,
      precisions: {
        cluster: {
          ...cluster,
          rules: this.#rules.cluster.rules.map(({ aloneHere, ...rule }) => ({
            ...rule,
            alone_avoided: aloneHere,
          })),
        },
        hub: { ...hub, rules: this.#rules.hub.rules.map(({ aloneHere: _, ...rule }) => rule) },
      },
      avoided: { upgrades: avoided, percent: percent(avoided.total, cluster.upgrades.total) },
      added: addCounts(history.map((push) => push.added)),
      unreadable_pushes: this.#unreadable.pushes,
      unreadable: this.#unreadable.reports,
      unreferenced_files: this.#unreferencedFiles(),
      clusters_without_canary: this.#withoutCanary(),
      history,
    };
  }

  #sum(precision: "cluster" | "hub") {
    const upgrading = this.#history.filter((push) => push[precision].total > 0);
    return {
      pushes: upgrading.length,
      upgrades: addCounts(upgrading.map((push) => push[precision])),
      most_expensive: upgrading
        .toSorted((a, b) => b[precision].total - a[precision].total)
        .slice(0, MOST_EXPENSIVE),
    };
  }

  /** Files in the folder of a cluster that cannot be read are left out: it may name them. */
  #unreferencedFiles(): readonly string[] {
    const { clustersDir, ignoreClusters } = this.#settings;
    const { clusters, unreadable, files } = this.#planner.fleet;
    const rules = buildRules(this.#settings, clusters);
    const unknown = [
      ...ignoreClusters.map((folder) => `${clustersDir}/${folder}/`),
      ...unreadable.map(({ file }) => `${file.replace(/\/cluster\.yaml$/, "")}/`),
    ];
    return [...uncoveredFiles(walk(files, clustersDir), rules)]
      .filter((path) => !unknown.some((folder) => path.startsWith(folder)))
      .sort();
  }

  #withoutCanary(): ReplayReport["clusters_without_canary"] {
    return this.#planner.fleet.clusters
      .filter(({ hubs }) => hubs.length > 0 && !hubs.some(({ staging }) => staging))
      .map(({ name, hubs, support }) => ({
        cluster_name: name,
        prod_hubs: hubs.map((hub) => hub.name),
        support_chart: support !== null,
      }));
  }
}

function reportOf(
  { commit, date, subject, files }: ReplayedPush,
  { cluster, hub, unreadable }: PlannedPush,
): PushReport {
  const without = (upgrades: Upgrades, others: Upgrades) =>
    countKinds([...upgrades].flatMap(([name, upgrade]) => others.has(name) ? [] : [upgrade]));
  return {
    commit,
    date,
    subject,
    changed_files: files.length,
    unreadable: unreadable.length,
    cluster: countKinds(cluster.values()),
    hub: countKinds(hub.values()),
    avoided: without(cluster, hub),
    added: without(hub, cluster),
  };
}
