import { isMapping, type KeyChange, keyChanges, MOST_VALUES } from "./key_changes.ts";

/** What changed between two versions of a `cluster.yaml`, by meaning. */
export type ClusterChange =
  /** The versions cannot be compared: everything on the cluster may have changed. */
  | { readonly kind: "unknown"; readonly why: string }
  /** The file is gone, and with it the cluster. */
  | { readonly kind: "removed" }
  | {
    readonly kind: "compared";
    /** Keys other than `support` and `hubs`: they reach every release of the cluster. */
    readonly cluster: readonly KeyChange[];
    readonly support: readonly KeyChange[];
    /** Keys of each hub that changed or is new, by its name. */
    readonly hubs: ReadonlyMap<string, readonly KeyChange[]>;
    readonly removedHubs: readonly string[];
    readonly removedSupport: boolean;
  };

/** Keys whose change reaches no release. */
export interface InertKeys {
  readonly cluster: readonly string[];
  readonly hub: readonly string[];
}

/** Compares two versions of a cluster, as parsed from its `cluster.yaml`. */
export function compareClusters(before: unknown, after: unknown, inert: InertKeys): ClusterChange {
  if (!isMapping(before) || !isMapping(after)) {
    return { kind: "unknown", why: "a version of it is not a mapping" };
  }
  const [hubsBefore, hubsAfter] = [hubsByName(before.hubs), hubsByName(after.hubs)];
  if (hubsBefore === undefined || hubsAfter === undefined) {
    return { kind: "unknown", why: "the hubs of a version of it have no names to tell them apart" };
  }
  const effort = { left: MOST_VALUES };
  const hubs = new Map(
    [...hubsAfter].map(([name, entry]) => {
      const previous = without(hubsBefore.get(name), inert.hub);
      return [name, keyChanges(previous, without(entry, inert.hub), effort)] as const;
    }).filter(([, changes]) => changes.length > 0),
  );
  const apart = [...inert.cluster, "hubs", "support"];
  const support = after.support ?? undefined;
  return {
    kind: "compared",
    cluster: keyChanges(without(before, apart), without(after, apart), effort),
    support: support === undefined ? [] : keyChanges(before.support, support, effort),
    hubs,
    removedHubs: [...hubsBefore.keys()].filter((name) => !hubsAfter.has(name)),
    removedSupport: isMapping(before.support) && support === undefined,
  };
}

/** The entries of hubs by their names; `undefined` where two share a name or one has none. */
function hubsByName(hubs: unknown): ReadonlyMap<string, unknown> | undefined {
  const list = hubs ?? [];
  if (!Array.isArray(list)) return undefined;
  const byName = new Map<string, unknown>();
  for (const entry of list) {
    if (!isMapping(entry) || typeof entry.name !== "string") return undefined;
    byName.set(entry.name, entry);
  }
  return byName.size === list.length ? byName : undefined;
}

function without(entry: unknown, keys: readonly string[]): unknown {
  if (!isMapping(entry)) return entry;
  return Object.fromEntries(Object.entries(entry).filter(([key]) => !keys.includes(key)));
}

/** All keys that changed, by their paths in the file; those of a hub follow `hubs.NAME`. */
export function allKeyChanges(change: ClusterChange): readonly KeyChange[] {
  if (change.kind !== "compared") return [];
  const below = (start: readonly string[], changes: readonly KeyChange[]) =>
    changes.map((key) => ({ ...key, path: [...start, ...key.path] }));
  return [
    ...change.cluster,
    ...below(["support"], change.support),
    ...[...change.hubs].flatMap(([hub, changes]) => below(["hubs", hub], changes)),
  ];
}
