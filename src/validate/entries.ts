import { isMapping } from "../plan/key_changes.ts";
import { listNames } from "../text/list_names.ts";
import type { ClusterDocument } from "./repository.ts";

/** A hub's entry, `support`, or the cluster itself. */
export interface Entry {
  readonly of: "cluster" | "support" | "hub";
  /** The hub's name, or its place where it has none; empty for the other two. */
  readonly name: string;
  /** The keys and indices that lead to it. */
  readonly path: readonly (string | number)[];
  readonly value: Readonly<Record<string, unknown>>;
}

/** Lists the entries of a `cluster.yaml`, also of one that is wrong somewhere. */
export function entriesOf({ value }: Pick<ClusterDocument, "value">): readonly Entry[] {
  if (!isMapping(value)) return [];
  const { support, hubs } = value;
  return [
    { of: "cluster", name: "", path: [], value },
    ...isMapping(support)
      ? [{ of: "support", name: "", path: ["support"], value: support } as const]
      : [],
    ...(Array.isArray(hubs) ? hubs : []).flatMap((hub: unknown, index): Entry[] =>
      isMapping(hub)
        ? [{ of: "hub", name: nameOf(hub, index), path: ["hubs", index], value: hub }]
        : []
    ),
  ];
}

function nameOf({ name }: Readonly<Record<string, unknown>>, index: number): string {
  return typeof name === "string" && name !== "" ? name : `hubs[${index}]`;
}

/** Says in words whose entries some are. */
export function describeEntries(entries: readonly Entry[]): string {
  const hubs = [...new Set(entries.filter((entry) => entry.of === "hub").map(({ name }) => name))];
  return [
    entries.some((entry) => entry.of === "cluster") ? "the cluster" : "",
    entries.some((entry) => entry.of === "support") ? "support" : "",
    hubs.length === 0 ? "" : `the ${hubs.length === 1 ? "hub" : "hubs"} ${listNames(hubs)}`,
  ].filter((part) => part !== "").join(" and ");
}
