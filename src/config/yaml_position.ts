import { type Event, EVENT_ID, getScalarValue, parseEvents, type ScalarEvent } from "js-yaml";
import { lineAndColumn, type Position } from "../text/line_and_column.ts";

/**
 * Finds where a value stands in a YAML text; where it is missing, where its nearest parent stands.
 */
export function positionOf(text: string, path: readonly PropertyKey[]): Position {
  return lineAndColumn(text, findNode(text, path).start);
}

/**
 * Finds where a key stands in a YAML text; where it is missing, where its nearest parent stands.
 */
export function keyPositionOf(text: string, path: readonly PropertyKey[]): Position {
  const { key, start } = findNode(text, path);
  return lineAndColumn(text, key ?? start);
}

/** The text that was asked about last: the questions about a file come together. */
let last: { readonly text: string; readonly root: Node } | undefined;

function findNode(text: string, path: readonly PropertyKey[]): Node {
  if (last?.text !== text) {
    last = { text, root: readNode(text, parseEvents(text, {}), { next: 1 }) };
  }
  let node = last.root;
  for (const key of path) {
    const child = node.children?.get(String(key));
    if (child === undefined) break;
    node = child;
  }
  return node;
}

/** The dash of a list item that is left out. */
const LONE_DASH = /(?<=^[ ]*)-(?=[ ]*(?:#.*)?\r?$)/m;

interface Node {
  readonly start: number;
  /** Where the key stands, for a value of a mapping. */
  readonly key?: number;
  readonly children?: ReadonlyMap<string, Node>;
}

function readNode(text: string, events: readonly Event[], cursor: { next: number }): Node {
  const event = events[cursor.next++];
  switch (event?.type) {
    case EVENT_ID.SCALAR:
      return { start: scalarStart(event) };
    case EVENT_ID.ALIAS:
      return { start: event.anchorStart - 1 };
    case EVENT_ID.SEQUENCE: {
      const children = new Map<string, Node>();
      let end = event.start;
      while (events[cursor.next]?.type !== EVENT_ID.POP) {
        const item = readNode(text, events, cursor);
        const start = item.start < 0
          ? end + Math.max(0, text.slice(end).search(LONE_DASH))
          : item.start;
        children.set(String(children.size), item.start < 0 ? { start } : item);
        end = start + 1;
      }
      cursor.next++;
      return { start: event.start, children };
    }
    case EVENT_ID.MAPPING: {
      const children = new Map<string, Node>();
      while (events[cursor.next]?.type !== EVENT_ID.POP) {
        const key = events[cursor.next];
        const name = key?.type === EVENT_ID.SCALAR ? getScalarValue(text, key) : "";
        const { start } = readNode(text, events, cursor);
        const value = readNode(text, events, cursor);
        children.set(name, { ...(value.start < 0 ? { start } : value), key: start });
      }
      cursor.next++;
      return { start: event.start, children };
    }
    default:
      return { start: 0 };
  }
}

/** The first character of a scalar, its quote included; below 0 for one that is left out. */
function scalarStart({ valueStart, style }: ScalarEvent): number {
  const quoted = style === 2 || style === 3;
  return quoted ? valueStart - 1 : valueStart;
}
