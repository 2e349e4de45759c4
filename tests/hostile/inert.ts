/**
 * What hubwright prints must hold nothing that anybody acts on: neither the runner, nor a terminal,
 * nor a reader's eye. These checks share no code with what they check.
 */
import assert from "node:assert/strict";
import { parseOutputs } from "../workflows/shell.ts";

/**
 * Characters that cannot be seen, move the cursor, or change the reading direction: controls (C0
 * but for the line feed, DEL, C1), format characters, separators of lines and paragraphs, blanks
 * that look like nothing, variation selectors, what is for private use or no character at all.
 */
const HIDDEN = new RegExp(
  "[" + [
    ...["\\u0000-\\u0009", "\\u000b-\\u001f", "\\u007f-\\u009f", "\\u00ad", "\\u034f", "\\u061c"],
    ...[
      "\\u115f\\u1160",
      "\\u17b4\\u17b5",
      "\\u180b-\\u180f",
      "\\u200b-\\u200f",
      "\\u2028-\\u202e",
    ],
    ...["\\u2060-\\u206f", "\\u2800", "\\u3164", "\\ud800-\\udfff", "\\ue000-\\uf8ff"],
    ...["\\ufdd0-\\ufdef", "\\ufe00-\\ufe0f", "\\ufeff", "\\uffa0", "\\ufff0-\\ufffb", "\\uffff"],
    ...["\\u{1bca0}-\\u{1bca3}", "\\u{1d173}-\\u{1d17a}", "\\u{e0000}-\\u{10ffff}"],
  ].join("") + "]",
  "u",
);

/** White space in front of which the runner looks for `::` all the same. */
const SPACE = "[\\s\\u0085\\u180e\\u200b]*";

/** The colours that hubwright uses: bold, four colours, and the end of each. */
const COLORS = new RegExp(`${String.fromCharCode(27)}\\[(?:1|22|3[1236]|39)m`, "g");

/** hubwright's own commands to the runner, of which a line of a log may be one. */
const ANNOTATION = /^::(?:error|warning)(?: ([a-z]+=[^:,]*(?:,[a-z]+=[^:,]*)*))?::(.*)$/;

/** Checks that nothing in a log is more than text, colours and hubwright's annotations aside. */
export function assertInertLog(
  log: string,
  { color = false, annotations = false }: { color?: boolean; annotations?: boolean } = {},
): void {
  const plain = color ? log.replace(COLORS, "") : log;
  for (const line of plain.split("\n")) {
    const annotation = annotations ? ANNOTATION.exec(line) : null;
    if (annotation === null) assertInertLine(line);
    else assertAnnotation(annotation[1] ?? "", annotation[2] ?? "");
  }
}

/** Checks that everything in a line can be seen, in the order in which it stands there. */
export function assertNothingHidden(line: string): void {
  const hidden = HIDDEN.exec(line)?.[0];
  assert.equal(hidden?.codePointAt(0)?.toString(16), undefined, `hidden in ${quoted(line)}`);
}

/** Checks that nobody but the reader sees anything in a line. */
export function assertInertLine(line: string): void {
  assertNothingHidden(line);
  assert.doesNotMatch(line, /\p{M}{5}/u, `accents that cover other lines: ${quoted(line)}`);
  assert.doesNotMatch(line, new RegExp(`^${SPACE}::`), `a command: ${quoted(line)}`);
  assert.ok(!line.includes("##["), `a command: ${quoted(line)}`);
}

/** The payload of an annotation: nothing ends before it should, and what it says is inert too. */
function assertAnnotation(properties: string, message: string): void {
  const names = properties.split(",").filter((text) => text !== "").map((property) => {
    const equals = property.indexOf("=");
    for (const line of decode(property.slice(equals + 1)).split("\n")) assertInertLine(line);
    return property.slice(0, equals);
  });
  assert.deepEqual(names, ["file", "line", "col"].slice(0, names.length));
  // A line that the runner decodes from an annotation is shown as one of its own.
  for (const line of decode(message).split("\n")) assertInertLine(line);
}

function decode(text: string): string {
  assert.doesNotMatch(text, /%(?!25|0A|0D|3A|2C)/, `not escaped: ${quoted(text)}`);
  return text.replaceAll("%0A", "\n").replaceAll("%0D", "\r").replaceAll("%3A", ":")
    .replaceAll("%2C", ",").replaceAll("%25", "%");
}

/**
 * Checks that a file of step outputs holds outputs of these names, each JSON, and nothing else; what
 * `plan` says of a ledger is empty where there is none.
 */
export function assertOutputs(text: string, known: readonly string[]): Record<string, unknown> {
  const outputs = text === "" ? {} : parseOutputs(text);
  if (outputs.ledger === "") delete outputs.ledger;
  assert.deepEqual(Object.keys(outputs).filter((name) => !known.includes(name)), []);
  for (const value of Object.values(outputs)) assert.ok(!/[\n\r]/.test(value), quoted(value));
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, JSON.parse(value)]),
  );
}

function quoted(text: string): string {
  const shown = text.length > 300 ? `${text.slice(0, 300)}...` : text;
  const escape = (character: string) => `\\u{${character.codePointAt(0)?.toString(16)}}`;
  return JSON.stringify(shown).replace(new RegExp(HIDDEN.source, "gu"), escape);
}
