import type { Cluster } from "./cluster.ts";
import type { Reach } from "./decision.ts";
import { type Cause, Reasons } from "./reason.ts";

type ByName = ReadonlyMap<string, Reasons>;

const NO_RELEASES: ByName = new Map();

/** Why the releases of one cluster are upgraded: those that have a reason. */
export class ClusterReasons {
  readonly cluster: Cluster;
  readonly support: Reasons;
  /** Why its add-ons are upgraded, by name. */
  readonly addons: ByName;
  #hubs: ByName | undefined;

  constructor(cluster: Cluster, kept?: Pick<ClusterReasons, "support" | "addons">) {
    this.cluster = cluster;
    this.support = kept?.support ?? new Reasons();
    this.addons = kept?.addons ?? byName(cluster.addons);
  }

  /** Why its hubs are upgraded, by name. Made late: a change reaches few of a fleet's clusters. */
  get hubs(): ByName {
    return this.#hubs ??= byName(this.cluster.hubs);
  }

  /** Whether anything on the cluster is upgraded. */
  get any(): boolean {
    return this.anyBeforeHubs || (this.#hubs?.values().some((hub) => hub.any) ?? false);
  }

  /** Whether the support chart or an add-on is upgraded. */
  get anyBeforeHubs(): boolean {
    return this.support.any || this.addons.values().some((addon) => addon.any);
  }

  /** Why a hub or an add-on is upgraded. */
  named(release: string): Reasons | undefined {
    return this.hubs.get(release) ?? this.addons.get(release);
  }

  /** What is upgraded of prod hubs alone, or of what goes before them. */
  only(deploys: "staging" | "prod"): ClusterReasons {
    const kept = new ClusterReasons(this.cluster, deploys === "staging" ? this : undefined);
    for (const { name, staging } of this.cluster.hubs) {
      if (staging !== (deploys === "staging")) continue;
      for (const cause of this.hubs.get(name)?.causes ?? []) kept.hubs.get(name)?.add(cause);
    }
    return kept;
  }

  /** Adds a cause to the releases that a rule reaches, and tells whether there are any. */
  add(reach: Reach, cause: Cause): boolean {
    const { support, named } = releasesOf(this.cluster, reach);
    if (support) this.support.add(cause);
    for (const { name } of named) this.named(name)?.add(cause);
    return support || named.length > 0;
  }
}

function byName(releases: readonly { readonly name: string }[] = []): ByName {
  if (releases.length === 0) return NO_RELEASES;
  return new Map(releases.map(({ name }) => [name, new Reasons()]));
}

export function reaches(cluster: Cluster, reach: Reach): boolean {
  const { support, named } = releasesOf(cluster, reach);
  return support || named.length > 0;
}

function releasesOf({ support, addons = [], hubs }: Cluster, reach: Reach) {
  const hasSupport = support !== null;
  switch (reach.kind) {
    case "cluster":
      return { support: hasSupport, named: [...addons, ...hubs] };
    case "all hubs":
      return { support: false, named: hubs };
    case "some hubs":
      return { support: false, named: hubs.filter(reach.includes) };
    case "hub":
      return { support: false, named: hubs.filter(({ name }) => name === reach.hub) };
    case "add-on":
      return { support: false, named: addons.filter(({ name }) => name === reach.addon) };
    case "before all hubs":
      return { support: hasSupport, named: addons };
    case "all support charts":
    case "support chart":
      return { support: hasSupport, named: [] };
  }
}
