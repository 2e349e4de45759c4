import { escapeHidden, escapePiledUp } from "../text/visible.ts";

/**
 * Writes a value as JSON that is safe to print in a log: what cannot be seen, moves the cursor,
 * reverses the reading direction, covers other lines or starts a workflow command is written as an
 * escape sequence of JSON, so that whoever reads the JSON gets the same value.
 */
export function jsonText(value: unknown): string {
  return `${escapeJson(JSON.stringify(value, null, 2))}\n`;
}

const BATCH = 200;

/**
 * Writes a mapping as {@linkcode jsonText} does, piece by piece: its lists may be so long that the
 * whole text would take more memory than all else.
 */
export function* jsonPieces(value: Readonly<Record<string, unknown>>): Generator<string> {
  let before = "{";
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    yield `${before}\n  ${escapeJson(JSON.stringify(key))}: `;
    if (Array.isArray(item) && item.length > 0) yield* listPieces(item);
    else yield indented(item, "  ");
    before = ",";
  }
  yield before === "{" ? "{}\n" : "\n}\n";
}

function* listPieces(list: readonly unknown[]): Generator<string> {
  for (let start = 0; start < list.length; start += BATCH) {
    const batch = indented(list.slice(start, start + BATCH), "  ");
    yield `${start === 0 ? "[" : ","}${batch.slice("[".length, -"\n  ]".length)}`;
  }
  yield "\n  ]";
}

function indented(value: unknown, indent: string): string {
  return escapeJson(JSON.stringify(value, null, 2)).replaceAll("\n", `\n${indent}`);
}

/** JSON in which nothing is hidden, as in nearly all: looking further takes longer. */
const PLAIN = /^[\n -~]*$/;

function escapeJson(json: string): string {
  const seen = PLAIN.test(json)
    ? json
    : escapeHidden(escapePiledUp(json, escapeUnits), escapeUnits);
  return seen.replaceAll("##[", "#\\u0023[");
}

/** An escape for each half of a character: JSON knows none that are longer. Its line breaks stay. */
function escapeUnits(character: string): string {
  if (character === "\n") return character;
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
  ).join("");
}
