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

  /** Why its hubs are upgraded, by name. Made late: a change reaches few of a fleet's clusters. */
  get hubs(): ReadonlyMap<string, Reasons> {
    return this.#hubs ??= new Map(this.cluster.hubs.map(({ name }) => [name, new Reasons()]));
  }

  /** Whether anything on the cluster is upgraded. */
  get any(): boolean {
    return this.support.any || (this.#hubs?.values().some((hub) => hub.any) ?? false);
  }

  /** Adds a cause to the releases that a rule reaches, and tells whether there are any. */
  add(reach: Reach, cause: Cause): boolean {
    const { support, hubs } = releasesOf(this.cluster, reach);
    if (support) this.support.add(cause);
    for (const { name } of hubs) this.hubs.get(name)?.add(cause);
    return support || hubs.length > 0;
  }
}

export function reaches(cluster: Cluster, reach: Reach): boolean {
  const { support, hubs } = releasesOf(cluster, reach);
  return support || hubs.length > 0;
}

function releasesOf({ support, hubs }: Cluster, reach: Reach) {
  const hasSupport = support !== null;
  switch (reach.kind) {
    case "cluster":
      return { support: hasSupport, hubs };
    case "all hubs":
      return { support: false, hubs };
    case "some hubs":
      return { support: false, hubs: hubs.filter(reach.includes) };
    case "hub":
      return { support: false, hubs: hubs.filter(({ name }) => name === reach.hub) };
    case "all support charts":
    case "support chart":
      return { support: hasSupport, hubs: [] };
  }
}
