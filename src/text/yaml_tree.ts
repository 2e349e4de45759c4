import { type Event, EVENT_ID, getScalarValue, parseEvents, YAMLException } from "js-yaml";

/** A value of a YAML text and where it stands. What an alias stands for is not looked up. */
export type YamlTree =
  & {
    /** How many characters stand before it. */
    readonly start: number;
  }
  & (
    | { readonly kind: "scalar"; readonly text: string; readonly end: number }
    | { readonly kind: "map"; readonly entries: readonly (readonly [YamlTree, YamlTree])[] }
    | { readonly kind: "list"; readonly items: readonly YamlTree[] }
    | { readonly kind: "alias" }
  );

/** Why a text is no YAML, and where. */
export interface YamlMistake {
  readonly kind: "mistake";
  /** How many characters stand before it. */
  readonly start: number;
  /** What is wrong, without a place. */
  readonly reason: string;
}

/** A mapping or a list whose end is still to come. */
interface Open {
  readonly start: number;
  readonly isMap: boolean;
  readonly children: YamlTree[];
}

/**
 * Reads a YAML text, or a JSON text, as it is written: with the place of everything, and with keys
 * that are there twice.
 */
export function readYamlTree(text: string): YamlTree | YamlMistake {
  let events: readonly Event[];
  try {
    events = parseEvents(text, {});
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { kind: "mistake", start: error.mark?.position ?? 0, reason: error.reason };
  }
  const document: Open = { start: 0, isMap: false, children: [] };
  const open: Open[] = [document];
  // No recursion: how deep a text nests is for whoever wrote it to say.
  for (const event of events.slice(1)) {
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
      const isMap = event.type === EVENT_ID.MAPPING;
      open.push({ start: event.start, isMap, children: [] });
    } else if (event.type === EVENT_ID.POP) {
      const closed = open.pop();
      if (closed === undefined || open.length === 0) break;
      open.at(-1)?.children.push(close(closed));
    } else {
      const leaf = readLeaf(text, event);
      if (leaf !== undefined) open.at(-1)?.children.push(leaf);
    }
  }
  return document.children[0] ?? { kind: "scalar", start: 0, end: 0, text: "" };
}

function close({ start, isMap, children }: Open): YamlTree {
  if (!isMap) return { kind: "list", start, items: children };
  const keys = children.filter((_, index) => index % 2 === 0);
  const values = children.filter((_, index) => index % 2 === 1);
  return {
    kind: "map",
    start,
    entries: values.flatMap((value, index) => {
      const key = keys[index];
      // A value that is left out stands where its key does.
      return key === undefined
        ? []
        : [[key, value.start < 0 ? { ...value, start: key.start } : value]];
    }),
  };
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
