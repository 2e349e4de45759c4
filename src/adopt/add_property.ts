import {
  applyEdits,
  findNodeAtLocation,
  type FormattingOptions,
  modify,
  type Node,
  parseTree,
} from "jsonc-parser";

/** What may be behind the last entry on its line: a comma, and comments on either side of it. */
const REST = /^((?:[ \t]|\/\*.*?\*\/)*)(,?)((?:[ \t]|\/\*.*?\*\/)*(?:\/\/[^\r\n]*)?)(?=\r?\n)/;

/** Sets a property of JSON with comments. A comment on the line of an entry stays behind that. */
export function setProperty(
  text: string,
  path: readonly string[],
  value: unknown,
  formattingOptions: FormattingOptions,
): string {
  const place = missingIn(parseTree(text, [], { allowTrailingComma: true }), path, value);
  return (place && addBehindComment(text, place, formattingOptions)) ??
    applyEdits(text, modify(text, [...path], value, { formattingOptions }));
}

interface Missing {
  readonly last: Node;
  readonly key: string;
  readonly value: unknown;
}

/** The entry behind which a property belongs, in the innermost object of its path that is there. */
function missingIn(
  root: Node | undefined,
  path: readonly string[],
  value: unknown,
): Missing | undefined {
  const depth = path.findIndex((_, index) =>
    root === undefined || findNodeAtLocation(root, path.slice(0, index + 1)) === undefined
  );
  const [key, ...inside] = depth < 0 ? [] : path.slice(depth);
  const last = root && findNodeAtLocation(root, path.slice(0, depth))?.children?.at(-1);
  if (key === undefined || last === undefined) return undefined;
  return { last, key, value: inside.reduceRight((inner, name) => ({ [name]: inner }), value) };
}

function addBehindComment(
  text: string,
  { last, key, value }: Missing,
  { insertSpaces, tabSize = 2, eol = "\n" }: FormattingOptions,
): string | undefined {
  const end = last.offset + last.length;
  const [rest, before = "", comma = "", after = ""] = REST.exec(text.slice(end)) ?? [];
  if (rest === undefined || !/\S/.test(before + after)) return undefined;
  const below = text.slice(end + rest.length);
  // Its comma is on a line of its own.
  if (/^\s*,/.test(below)) return undefined;
  const unit = insertSpaces ? " ".repeat(tabSize) : "\t";
  const line = text.slice(text.lastIndexOf("\n", last.offset) + 1, last.offset);
  const [indent = ""] = /^[ \t]*/.exec(line) ?? [];
  const own = indent === line ? indent : indent + unit;
  const entry = `${JSON.stringify(key)}: ${JSON.stringify(value, null, unit)}`;
  return `${text.slice(0, end)}${before},${after}${eol}${own}` +
    `${entry.replaceAll("\n", eol + own)}${comma}${below}`;
}
