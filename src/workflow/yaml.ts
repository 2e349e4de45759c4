import { Document, isCollection, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { escapeHidden, visible } from "../text/visible.ts";
import { formatValue, isValue, type Value } from "./text.ts";

/** What can be written: a list of plain values in brackets, another with a line for each item. */
export type Yaml =
  | Value
  | YAMLMap
  | YAMLSeq
  | readonly Yaml[]
  | { readonly [key: string]: Yaml | undefined };

/** An entry of a YAML mapping, left out where its value is `undefined`, and how it is to look. */
export type Entry = readonly [key: string, value: Yaml | undefined, look?: {
  /** A comment above the entry, of one or more lines. */
  readonly above?: string | undefined;
  readonly behind?: string | undefined;
  /** A blank line above the entry. */
  readonly apart?: boolean | undefined;
}];

/** A mapping, in the order in which its entries are given. */
export function map(...entries: readonly Entry[]): YAMLMap {
  return item(undefined, ...entries);
}

export function item(above: string | undefined, ...entries: readonly Entry[]): YAMLMap {
  const mapping = new YAMLMap();
  for (const [key, value, { above, behind, apart } = {}] of entries) {
    if (value === undefined) continue;
    const name = scalar(key);
    if (above !== undefined) name.commentBefore = comment(above);
    if (apart) name.spaceBefore = true;
    const node = nodeOf(value);
    if (behind !== undefined) node.comment = comment(behind);
    mapping.items.push(new Pair(name, node));
  }
  if (mapping.items.length === 0) mapping.flow = true;
  if (above !== undefined) mapping.commentBefore = comment(above);
  return mapping;
}

/** A list with a line for each item. */
export function list(items: readonly Yaml[]): YAMLSeq {
  const seq = new YAMLSeq();
  seq.items = items.map(nodeOf);
  return seq;
}

/**
 * Writes a YAML file the way a person would: comments, blank lines, block scalars for text of
 * several lines, quotes only where they are needed, no anchors. What cannot be seen is escaped:
 * some of it ends a line for readers of YAML 1.1, GitHub's among them.
 */
export function formatYaml(header: string, root: YAMLMap): string {
  const document = new Document(root);
  document.commentBefore = comment(header);
  const text = document.toString({ lineWidth: 0, singleQuote: true, flowCollectionPadding: false });
  // Text with anything hidden is in double quotes, where an escape means the same.
  return escapeHidden(text, escapeCharacter);
}

function nodeOf(value: Yaml): Scalar | YAMLMap | YAMLSeq {
  if (isValue(value)) return scalar(formatValue(value));
  if (isCollection(value)) return value;
  if (!isList(value)) return map(...Object.entries(value));
  const items = list(value);
  items.flow = value.every(isValue);
  return items;
}

function isList(value: Yaml): value is readonly Yaml[] {
  return Array.isArray(value);
}

function scalar(value: string | number | boolean): Scalar {
  const node = new Scalar(value);
  if (typeof value !== "string") return node;
  // Readers do not agree on a block of blank lines.
  const needsEscapes = escapeHidden(value, escapeCharacter) !== value || /^\s*\n\s*$/.test(value);
  if (needsEscapes) node.type = Scalar.QUOTE_DOUBLE;
  else if (value.includes("\n") || isHardToQuote(value)) node.type = Scalar.BLOCK_LITERAL;
  return node;
}

/** Quotes would double those in an expression, which linters that read the text do not undo. */
function isHardToQuote(value: string): boolean {
  return value.includes("${{") && value.includes("'") && /^[^\w$]|: | #|:$/.test(value);
}

function comment(text: string): string {
  return text.split("\n").map((line) => line === "" ? "" : ` ${visible(line)}`).join("\n");
}

/** An escape of double quotes in YAML, but for what shapes the file. */
function escapeCharacter(character: string): string {
  if (character === "\n" || character === "\t") return character;
  const digits = (character.codePointAt(0) ?? 0).toString(16);
  if (digits.length <= 2) return `\\x${digits.padStart(2, "0")}`;
  return digits.length <= 4 ? `\\u${digits.padStart(4, "0")}` : `\\U${digits.padStart(8, "0")}`;
}
