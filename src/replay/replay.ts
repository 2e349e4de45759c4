import type { Settings } from "../config/settings.ts";
import type { Push } from "../git/history.ts";
import type { PushRange } from "../git/range.ts";
import { buildRules, uncoveredFiles } from "../plan/rules.ts";
import { walk } from "../repository/files.ts";
import { addCounts, countKinds, percent } from "./counts.ts";
import type { Fleet } from "./fleet.ts";
import type { PlannedPush } from "./planner.ts";
import { RuleTally } from "./rule_tally.ts";
import { UnreadableLog } from "./unreadable_log.ts";
import type { Upgrades } from "./upgrades.ts";

export type PushReport = Readonly<ReturnType<typeof pushReport>>;

/** What planning every push of a history says: what `replay --format json` prints. */
export type ReplayReport = Readonly<ReturnType<typeof replayReport>>;

/** Sums up what push after push of a history upgrades by both precisions. */
export class Replay {
  readonly history: PushReport[] = [];
  readonly rules = { cluster: new RuleTally(), hub: new RuleTally() };
  readonly unreadable = new UnreadableLog();

  add(push: Omit<Push, "parent">, planned: PlannedPush): void {
    this.rules.cluster.add(planned.cluster, planned.hub);
    this.rules.hub.add(planned.hub, planned.cluster);
    this.unreadable.add(push.commit, planned.unreadable);
    this.history.push(pushReport(push, planned));
  }

  /** Adds what is to be said of the clusters as they are after the last push. */
  report(range: Omit<PushRange, "pushes">, fleet: Fleet, settings: Settings): ReplayReport {
    return replayReport(this, range, fleet, settings);
  }
}

function pushReport(
  { commit, date, subject, files }: Omit<Push, "parent">,
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
  { history, rules, unreadable }: Replay,
  { from, to, shallow }: Omit<PushRange, "pushes">,
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
      .slice(0, 5),
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
