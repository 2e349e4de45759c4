import type { Cluster } from "./cluster.ts";
import type { DecidedCluster } from "./decide.ts";
import { Reasons } from "./reason.ts";

/**
 * The reasons of one cluster while they are collected. Those of its hubs are made when one is asked
 * for: a change reaches few of a fleet's clusters.
 */
export class CollectedReasons implements DecidedCluster {
  readonly cluster: Cluster;
  readonly support: Reasons;
  #hubs: ReadonlyMap<string, Reasons> | undefined;

  constructor(cluster: Cluster, support: Reasons = new Reasons()) {
    this.cluster = cluster;
    this.support = support;
  }

  /** Why its hubs are upgraded, each by its name. */
  get hubs(): ReadonlyMap<string, Reasons> {
    return this.#hubs ??= new Map(this.cluster.hubs.map(({ name }) => [name, new Reasons()]));
  }

  /** Whether anything on the cluster is upgraded. */
  get any(): boolean {
    return this.support.any || (this.#hubs?.values().some((hub) => hub.any) ?? false);
  }
}
