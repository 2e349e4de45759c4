import type { Settings } from "../config/settings.ts";
import type { Push } from "../git/history.ts";
import type { PushRange } from "../git/range.ts";
import type { FileVersion } from "../git/tree.ts";
import { buildRules, uncoveredFiles } from "../plan/rules.ts";
import { isClusterFile } from "../repository/cluster_files.ts";
import { walk } from "../repository/files.ts";
import { isChartFile } from "../repository/read_charts.ts";
import { addCounts, countKinds, percent } from "./counts.ts";
import type { Fleet, ReadBlob } from "./fleet.ts";
import { type PlannedPush, Planner } from "./planner.ts";
import { RuleTally } from "./rule_tally.ts";
import { UnreadableLog } from "./unreadable_log.ts";
import type { Upgrades } from "./upgrades.ts";

/** How many pushes are listed as the most expensive. */
const MOST_EXPENSIVE = 5;

/** A push, as far as a report needs it. */
type ReplayedPush = Omit<Push, "parent">;

/** What one push upgrades, by both precisions. */
export type PushReport = Readonly<ReturnType<typeof pushReport>>;

/** What planning every push of a history says: what `replay --format json` prints. */
export type ReplayReport = Readonly<ReturnType<typeof replayReport>>;

/** Plans push after push of a history by both precisions, and sums up what they upgrade. */
export class Replay {
  readonly #planner: Planner;
  readonly #settings: Settings;
  readonly #replayed = {
    history: new Array<PushReport>(),
    rules: { cluster: new RuleTally(), hub: new RuleTally() },
    unreadable: new UnreadableLog(),
  };

  constructor(settings: Settings) {
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
    const { rules, unreadable, history } = this.#replayed;
    rules.cluster.add(planned.cluster, planned.hub);
    rules.hub.add(planned.hub, planned.cluster);
    unreadable.add(push.commit, planned.unreadable);
    history.push(pushReport(push, planned));
  }

  report(range: Omit<PushRange, "pushes">): ReplayReport {
    return replayReport(range, this.#replayed, this.#planner.fleet, this.#settings);
  }
}

function pushReport(
  { commit, date, subject, files }: ReplayedPush,
  { cluster, hub, unreadable }: PlannedPush,
) {
  const without = (upgrades: Upgrades, others: Upgrades) =>
    countKinds([...upgrades].flatMap(([name, upgrade]) => others.has(name) ? [] : upgrade));
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

function replayReport(
  { from, to, shallow }: Omit<PushRange, "pushes">,
  { history, rules, unreadable }: {
    readonly history: readonly PushReport[];
    readonly rules: { readonly [precision in "cluster" | "hub"]: RuleTally };
    readonly unreadable: UnreadableLog;
  },
  fleet: Fleet,
  settings: Settings,
) {
  const avoided = addCounts(history.map((push) => push.avoided));
  const [cluster, hub] = [sumOf(history, "cluster"), sumOf(history, "hub")];
  return {
    version: 1,
    from,
    to,
    shallow,
    pushes: history.length,
    precisions: {
      cluster: { ...cluster, rules: rules.cluster.rules },
      hub: { ...hub, rules: rules.hub.rules.map(({ alone_avoided: _, ...rule }) => rule) },
    },
    avoided: { upgrades: avoided, percent: percent(avoided.total, cluster.upgrades.total) },
    added: addCounts(history.map((push) => push.added)),
    unreadable_pushes: unreadable.pushes,
    unreadable: unreadable.reports,
    unreferenced_files: unreferencedFiles(fleet, settings),
    clusters_without_canary: fleet.clusters
      .filter(({ hubs }) => hubs.length > 0 && !hubs.some(({ staging }) => staging))
      .map(({ name, hubs, support }) => ({
        cluster_name: name,
        prod_hubs: hubs.map((hub) => hub.name),
        support_chart: support !== null,
      })),
    history,
  };
}

function sumOf(history: readonly PushReport[], precision: "cluster" | "hub") {
  const upgrading = history.filter((push) => push[precision].total > 0);
  return {
    pushes: upgrading.length,
    upgrades: addCounts(upgrading.map((push) => push[precision])),
    most_expensive: upgrading
      .toSorted((a, b) => b[precision].total - a[precision].total)
      .slice(0, MOST_EXPENSIVE),
  };
}

/** Files in the folder of a cluster that cannot be read are left out: it may name them. */
function unreferencedFiles({ clusters, unreadable, files }: Fleet, settings: Settings) {
  const { clustersDir, ignoreClusters } = settings;
  const unknown = [
    ...ignoreClusters.map((folder) => `${clustersDir}/${folder}/`),
    ...unreadable.map(({ file = "" }) => `${file.replace(/\/cluster\.yaml$/, "")}/`),
  ];
  return [...uncoveredFiles(walk(files, clustersDir), buildRules(settings, clusters))]
    .filter((path) => !unknown.some((folder) => path.startsWith(folder)))
    .sort();
}
