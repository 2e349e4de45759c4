import { YAMLException } from "js-yaml";
import type { Problem } from "../errors.ts";
import { boundText } from "./bound_text.ts";
import { lineAndColumn, type TextMistake } from "./line_and_column.ts";
import { entriesOf, readYamlTree, textOf, type YamlTree } from "./yaml_tree.ts";

/** Says what is wrong with a file that could not be parsed as YAML, and where. */
export function yamlProblem(
  { path, text }: { readonly path: string; readonly text: string },
  error: unknown,
): Problem {
  if (!(error instanceof YAMLException)) throw error;
  const mistake = { start: error.mark?.position ?? 0, reason: error.reason };
  const { start, reason } = explainYamlMistake(text, mistake);
  const message = `Cannot parse it as YAML: ${reason}`;
  return { file: path, ...lineAndColumn(text, start), message };
}

/** A mistake as the parser sees it, and the line that it is in. */
interface Mistake extends TextMistake {
  readonly text: string;
  readonly line: string;
  readonly lineStart: number;
  /** What follows the first key of the line. */
  readonly value: string;
}

/**
 * Explains a parser's mistake in the words of whoever writes YAML, where it is one of the common
 * slips: what the parser trips over is rarely what is wrong.
 */
export function explainYamlMistake(text: string, mistake: TextMistake): TextMistake {
  const { start, reason } = mistake;
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const [line = ""] = text.slice(lineStart).split(/\r?\n/, 1);
  const [, value = ""] = /^\s*(?:- +)*[^\s#'"[{][^:]*: +(.*)$/.exec(line) ?? [];
  for (const explain of SLIPS) {
    const found = explain({ text, start, reason, line, lineStart, value });
    if (typeof found === "string") return { start, reason: found };
    if (found !== undefined) return found;
  }
  return mistake;
}

const SLIPS: readonly ((mistake: Mistake) => TextMistake | string | undefined)[] = [
  duplicateKey,
  secondDocument,
  template,
  ({ reason }) => /\btab\b/.test(reason) ? `${reason}; indent with spaces` : undefined,
  ({ value, reason }) => {
    const needsQuotes = `text that begins with "${value.charAt(0)}" needs quotes: ${quote(value)}`;
    if (/^[@`%]/.test(value)) return needsQuotes;
    return /^[*&!]/.test(value) ? `${reason}; ${needsQuotes}` : undefined;
  },
  ({ line, start, lineStart, value }) =>
    /^[^'"[{|>].*:(?:\s|$)/.test(value) && line.charAt(start - lineStart) === ":"
      ? `text with ": " in it needs quotes: ${quote(value)}`
      : undefined,
  ({ value }) =>
    /^'(?:[^']|'')*'\w/.test(value)
      ? "a ' inside single quotes is written twice: ''"
      : /^"(?:\\.|[^"\\])*"\w/.test(value)
      ? 'a " inside double quotes is written \\"'
      : undefined,
  ({ reason }) =>
    /deficient indentation|unexpected end of the stream/.test(reason)
      ? "a quote or a bracket that is opened before here is not closed"
      : undefined,
  missingSpace,
  ({ reason, line, start, lineStart }) => {
    if (!/^bad indentation/.test(reason)) return undefined;
    return line.indexOf(":") === start - lineStart
      ? "this line is indented further than the one above, which has a value; indent both alike"
      : "the indentation of this line fits none of the lines above; indent it as its neighbours are";
  },
];

function duplicateKey({ text, start, reason }: Mistake): string | undefined {
  if (!reason.startsWith("duplicated mapping key")) return undefined;
  const trees: YamlTree[] = [readYamlTree(text)].filter((tree) => tree.kind !== "mistake");
  for (const tree of trees) {
    const entries = entriesOf(tree);
    const [key] = entries.find(([key]) => key.start === start) ?? [];
    const first = entries.find(([other]) => key !== undefined && textOf(other) === textOf(key))
      ?.[0];
    if (key !== undefined && first !== undefined) {
      const { line } = lineAndColumn(text, first.start);
      return `the key ${JSON.stringify(boundText(textOf(key), 80))} is in line ${line} already; ` +
        "remove one of them";
    }
    trees.push(...entries.map(([, value]) => value), ...tree.kind === "list" ? tree.items : []);
  }
  return undefined;
}

function secondDocument({ text, reason }: Mistake): TextMistake | undefined {
  if (!/single document/.test(reason)) return undefined;
  const [first, second] = text.matchAll(/^(?:---|\.\.\.)(?=\s|$)/gm);
  const hasContent = /^(?!\s*(?:#|$)|%)/m.test(text.slice(0, first?.index));
  return {
    start: (hasContent ? first : second)?.index ?? 0,
    reason: "expected one document, found another one from here on; remove it",
  };
}

function template({ text, reason, line, lineStart }: Mistake): TextMistake | undefined {
  const [from, part] = /complex keys/.test(reason) ? [0, text] : [lineStart, line];
  const found = /(?<![^\s:,[{-])\{[{%].*/.exec(part);
  if (found === null) return undefined;
  const [whole = ""] = /^\{[{%].*?[%}]\}/.exec(found[0]) ?? [found[0]];
  return {
    start: from + found.index,
    reason: `found ${boundText(whole, 80)}, which is a template and not YAML; fill it in, or put ` +
      "the whole text in quotes",
  };
}

/** A key without a space behind its ":" is text, which goes on in the line that is complained of. */
function missingSpace({ text, reason, lineStart }: Mistake): TextMistake | undefined {
  if (!/multiline key/.test(reason)) return undefined;
  const [found] = [...text.slice(0, lineStart).matchAll(/^\s*((?:- +)?[\w-]+):(?=[^\s:/])/gm)]
    .slice(-1);
  if (found === undefined) return undefined;
  const end = found.index + found[0].length;
  return { start: end - 1, reason: `expected a space after the ":" of ${found[1]}` };
}

function quote(value: string): string {
  return JSON.stringify(boundText(value.replace(/\s+#.*$/, "").trimEnd(), 80));
}
