import type { ClusterChange } from "./cluster_change.ts";
import type { ClusterReasons } from "./decide.ts";
import { addAll } from "./reach.ts";
import { listNames } from "../text/list_names.ts";
import { removedReleases } from "./removal_notices.ts";
import type { RuleId } from "./rules.ts";
import type { Notice } from "./schema.ts";

/** Adds what changed in a `cluster.yaml` to the reasons of the releases that it reaches. */
export function addClusterChange(
  of: ClusterReasons,
  path: string,
  change: ClusterChange,
  notices: Notice[],
): boolean {
  const { cluster, support, hubs } = of;
  const subjects = [path];
  if (change.kind !== "compared") {
    const note = change.kind === "unknown" ? change.why : "it is gone";
    return addAll(of, { rule: "cluster file" satisfies RuleId, subjects, note });
  }
  notices.push(...removedReleases(cluster.name, [
    ...(change.removedSupport ? ["support chart"] : []),
    // No check has seen a name of the file before: it is written like any other text.
    ...change.removedHubs.map((hub) => `hub ${listNames([hub])}`),
  ]));
  let reached = change.cluster.length > 0 &&
    addAll(of, { rule: "cluster key" satisfies RuleId, subjects, keys: change.cluster });
  if (change.support.length > 0 && cluster.support !== null) {
    support.add({ rule: "support entry" satisfies RuleId, subjects, keys: change.support });
    reached = true;
  }
  for (const [hub, keys] of change.hubs) {
    hubs.get(hub)?.add({ rule: "hub entry" satisfies RuleId, subjects, keys });
    reached ||= hubs.has(hub);
  }
  return reached;
}
