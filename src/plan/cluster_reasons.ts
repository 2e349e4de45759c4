import type { Cluster } from "./cluster.ts";
import type { Reach } from "./decision.ts";
import { type Cause, Reasons } from "./reason.ts";

/** Why the releases of one cluster are upgraded: those that have a reason. */
export class ClusterReasons {
  readonly cluster: Cluster;
  readonly support: Reasons;
  #hubs: ReadonlyMap<string, Reasons> | undefined;

  constructor(cluster: Cluster, support: Reasons = new Reasons()) {
    this.cluster = cluster;
    this.support = support;
  }

  /**
   * Why its hubs are upgraded, each by its name. Made when it is first asked for: a change reaches
   * few of a fleet's clusters.
   */
  get hubs(): ReadonlyMap<string, Reasons> {
    return this.#hubs ??= new Map(this.cluster.hubs.map(({ name }) => [name, new Reasons()]));
  }

  /** Whether anything on the cluster is upgraded. */
  get any(): boolean {
    return this.support.any || (this.#hubs?.values().some((hub) => hub.any) ?? false);
  }

  /** Adds a cause to the releases that a rule reaches, and tells whether there are any. */
  add(reach: Reach, cause: Cause): boolean {
    if (!reaches(this.cluster, reach)) return false;
    switch (reach.kind) {
      case "cluster":
        if (this.cluster.support !== null) this.support.add(cause);
        this.hubs.forEach((hub) => hub.add(cause));
        break;
      case "all hubs":
        this.hubs.forEach((hub) => hub.add(cause));
        break;
      case "some hubs":
        for (const hub of this.cluster.hubs.filter(reach.includes)) {
          this.hubs.get(hub.name)?.add(cause);
        }
        break;
      case "hub":
        this.hubs.get(reach.hub)?.add(cause);
        break;
      case "all support charts":
      case "support chart":
        this.support.add(cause);
    }
    return true;
  }
}

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
