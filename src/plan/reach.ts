import type { Cluster } from "./cluster.ts";
import type { ClusterReasons } from "./decide.ts";
import type { Cause } from "./reason.ts";
import type { Reach } from "./rules.ts";

/** Whether a rule reaches any release of a cluster. */
export function reaches(cluster: Cluster, reach: Reach): boolean {
  switch (reach.kind) {
    case "cluster":
      return cluster.support !== null || cluster.hubs.length > 0;
    case "all hubs":
      return cluster.hubs.length > 0;
    case "some hubs":
      return cluster.hubs.some(reach.includes);
    case "hub":
      return cluster.hubs.some(({ name }) => name === reach.hub);
    case "all support charts":
    case "support chart":
      return cluster.support !== null;
  }
}

/** Adds a cause to the releases of a cluster that a rule reaches. */
export function addReach(of: ClusterReasons, reach: Reach, cause: Cause): boolean {
  const { cluster, support, hubs } = of;
  if (!reaches(cluster, reach)) return false;
  switch (reach.kind) {
    case "cluster":
      return addAll(of, cause);
    case "all hubs":
      hubs.forEach((hub) => hub.add(cause));
      break;
    case "some hubs":
      for (const hub of cluster.hubs.filter(reach.includes)) hubs.get(hub.name)?.add(cause);
      break;
    case "hub":
      hubs.get(reach.hub)?.add(cause);
      break;
    case "all support charts":
    case "support chart":
      support.add(cause);
  }
  return true;
}

/** Adds a cause to every release of a cluster. */
export function addAll({ cluster, support, hubs }: ClusterReasons, cause: Cause): boolean {
  if (cluster.support !== null) support.add(cause);
  hubs.forEach((hub) => hub.add(cause));
  return cluster.support !== null || hubs.size > 0;
}
