import type { Problem } from "../errors.ts";
import { isMapping } from "../plan/key_changes.ts";
import { listNames } from "../text/list_names.ts";
import { lineAndColumn } from "../text/line_and_column.ts";
import { keyPositionOf, positionOf } from "../text/yaml_tree.ts";
import type { ClusterDocument, Repository } from "./repository.ts";

/** A hub's entry, `support`, or the cluster itself. */
export interface Entry {
  readonly of: "cluster" | "support" | "hub";
  /** The hub's name, or its place where it has none; empty for the other two. */
  readonly name: string;
  readonly path: readonly (string | number)[];
  readonly value: Readonly<Record<string, unknown>>;
}

/** Lists the entries of a `cluster.yaml`, also of one that is wrong somewhere. */
export function entriesOf({ value }: Pick<ClusterDocument, "value">): readonly Entry[] {
  if (!isMapping(value)) return [];
  const { support, hubs } = value;
  const entries: Entry[] = [{ of: "cluster", name: "", path: [], value }];
  if (isMapping(support)) {
    entries.push({ of: "support", name: "", path: ["support"], value: support });
  }
  for (const [index, hub] of Array.isArray(hubs) ? hubs.entries() : []) {
    if (!isMapping(hub)) continue;
    const name = typeof hub.name === "string" && hub.name !== "" ? hub.name : `hubs[${index}]`;
    entries.push({ of: "hub", name, path: ["hubs", index], value: hub });
  }
  return entries;
}

export function entriesIn({ documents }: Repository): readonly [ClusterDocument, Entry][] {
  return documents.flatMap((document) =>
    entriesOf(document).map((entry): [ClusterDocument, Entry] => [document, entry])
  );
}

export function describeEntries(entries: readonly Entry[]): string {
  const hubs = [...new Set(entries.filter((entry) => entry.of === "hub").map(({ name }) => name))];
  return [
    entries.some((entry) => entry.of === "cluster") ? "the cluster" : "",
    entries.some((entry) => entry.of === "support") ? "support" : "",
    hubs.length === 0 ? "" : `the ${hubs.length === 1 ? "hub" : "hubs"} ${listNames(hubs)}`,
  ].filter((part) => part !== "").join(" and ");
}

type Path = readonly PropertyKey[];

export function problemAt(
  { path: file, text }: ClusterDocument,
  path: Path,
  message: string,
): Problem {
  return { file, ...positionOf(text, path), message };
}

export function problemAtKey(
  { path: file, text }: ClusterDocument,
  path: Path,
  message: string,
): Problem {
  return { file, ...keyPositionOf(text, path), message };
}

/** Something wrong with a text in the config, at its place where the text is there once. */
export function problemInConfig(
  { settings: { file }, configText }: Repository,
  text: string,
  message: string,
): Problem {
  const places = [JSON.stringify(text), `'${text}'`, `\`${text}\``].flatMap((literal) => {
    const first = configText.indexOf(literal);
    return first < 0 || configText.includes(literal, first + 1) ? [] : [first];
  });
  const [offset, ...others] = places;
  if (offset === undefined || others.length > 0) return { file, message };
  return { file, ...lineAndColumn(configText, offset), message };
}
