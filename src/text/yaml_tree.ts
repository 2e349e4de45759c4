import { type Event, EVENT_ID, getScalarValue, parseEvents, YAMLException } from "js-yaml";
import { lineAndColumn, type Position, type TextMistake } from "./line_and_column.ts";

/** A value of a YAML text and the offset where it starts. An alias is not followed. */
export type YamlTree =
  & { readonly start: number }
  & (
    | { readonly kind: "scalar"; readonly text: string; readonly end: number }
    | { readonly kind: "map"; readonly entries: readonly YamlEntry[] }
    | { readonly kind: "list"; readonly items: readonly YamlTree[] }
    | { readonly kind: "alias" }
  );

export type YamlEntry = readonly [key: YamlTree, value: YamlTree];

export interface YamlMistake extends TextMistake {
  readonly kind: "mistake";
}

/** A mapping or a list whose end is still to come. */
interface Open {
  readonly start: number;
  readonly isMap: boolean;
  readonly children: YamlTree[];
}

/** Reads a YAML or JSON text as written: with the place of everything, and with repeated keys. */
export function readYamlTree(text: string): YamlTree | YamlMistake {
  let events: readonly Event[];
  try {
    events = parseEvents(text, {});
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { kind: "mistake", start: error.mark?.position ?? 0, reason: error.reason };
  }
  const document: Open = { start: 0, isMap: false, children: [] };
  const open = [document];
  // No recursion: whoever wrote the text decides how deep it nests.
  for (const event of events.slice(1)) {
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
      const isMap = event.type === EVENT_ID.MAPPING;
      open.push({ start: event.start, isMap, children: [] });
    } else if (event.type === EVENT_ID.POP) {
      const closed = open.pop();
      if (closed === undefined || open.length === 0) break;
      open.at(-1)?.children.push(closed.isMap ? closeMap(closed) : closeList(text, closed));
    } else {
      const leaf = readLeaf(text, event);
      if (leaf !== undefined) open.at(-1)?.children.push(leaf);
    }
  }
  return document.children[0] ?? { kind: "scalar", start: 0, end: 0, text: "" };
}

/** Finds where a value is in a YAML text; where it is missing, where its nearest parent is. */
export function positionOf(text: string, path: readonly PropertyKey[]): Position {
  return lineAndColumn(text, findNode(readLast(text), path).value.start);
}

/** Finds where a key is in a YAML text; where it is missing, where its nearest parent is. */
export function keyPositionOf(text: string, path: readonly PropertyKey[]): Position {
  const { key, value } = findNode(readLast(text), path);
  return lineAndColumn(text, (key ?? value).start);
}

interface YamlNode {
  readonly key?: YamlTree;
  readonly value: YamlTree;
}

/** Finds the value at a path and its key, or the nearest around it; a later key overrides. */
export function findNode(tree: YamlTree, path: readonly PropertyKey[]): YamlNode {
  let found: YamlNode = { value: tree };
  for (const name of path) {
    const { value } = found;
    const item = value.kind === "list" ? value.items[Number(name)] : undefined;
    const entry = entriesOf(value).findLast(([key]) => textOf(key) === String(name));
    if (item !== undefined) found = { value: item };
    else if (entry !== undefined) found = { key: entry[0], value: entry[1] };
    else break;
  }
  return found;
}

export function entriesOf(tree: YamlTree): readonly YamlEntry[] {
  return tree.kind === "map" ? tree.entries : [];
}

export function textOf(tree: YamlTree): string {
  return tree.kind === "scalar" ? tree.text : "";
}

/** The text that was asked about last: the questions about a file come together. */
let last: { readonly text: string; readonly tree: YamlTree } | undefined;

function readLast(text: string): YamlTree {
  if (last?.text !== text) {
    const tree = readYamlTree(text);
    last = { text, tree: tree.kind === "mistake" ? { ...tree, kind: "alias" } : tree };
  }
  return last.tree;
}

function closeMap({ start, children }: Open): YamlTree {
  const entries: YamlEntry[] = [];
  for (let index = 0; index < children.length; index += 2) {
    const [key, value] = children.slice(index, index + 2);
    if (key === undefined || value === undefined) break;
    // A value that is left out is where its key is.
    entries.push([key, value.start < 0 ? { ...value, start: key.start } : value]);
  }
  return { kind: "map", start, entries };
}

/** The dash of a list item that is left out. */
const LONE_DASH = /(?<=^[ ]*)-(?=[ ]*(?:#.*)?\r?$)/m;

function closeList(text: string, { start, children }: Open): YamlTree {
  let before = start;
  const items = children.map((item) => {
    const dash = item.start < 0 ? Math.max(0, text.slice(before).search(LONE_DASH)) : 0;
    const placed = item.start < 0 ? { ...item, start: before + dash } : item;
    before = placed.start + 1;
    return placed;
  });
  return { kind: "list", start, items };
}

function readLeaf(text: string, event: Event): YamlTree | undefined {
  if (event.type === EVENT_ID.ALIAS) return { kind: "alias", start: event.anchorStart - 1 };
  if (event.type !== EVENT_ID.SCALAR) return undefined;
  const { valueStart, valueEnd, style } = event;
  const quote = style === 2 || style === 3 ? 1 : 0;
  return {
    kind: "scalar",
    start: valueStart < 0 ? -1 : valueStart - quote,
    end: valueEnd + quote,
    text: getScalarValue(text, event),
  };
}
