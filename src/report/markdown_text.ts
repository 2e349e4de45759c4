import { visible } from "../plan/visible.ts";

/** An empty comment: what stands on both sides of it is no e-mail address, which would be a link. */
const APART = "<!-- -->";

/**
 * Writes text from elsewhere into Markdown so that it stays text: no markup, no HTML, no link, no
 * mention and no reference to an issue. It stands in a code element, where
 * {@link https://github.github.com/gfm/ GitHub's Markdown} makes no mention, and every character
 * that could be markup is a character reference.
 *
 * @param text Any text, a file name of a fork for instance.
 * @returns Markdown for one line, also inside a table.
 * @example
 * ```ts
 * import { code } from "./markdown_text.ts";
 *
 * console.assert(code("a|b") === "<code>a&#124;b</code>");
 * console.assert(code("") === "");
 * ```
 */
export function code(text: string): string {
  if (text === "") return "";
  const escaped = visible(text).replace(
    /[^A-Za-z0-9 /.,:;()=+-]|(?<=:)\/|(?<=[Ww]{3})\.|^[ ]|[ ]$/gu,
    (character) => `${character === "@" ? APART : ""}&#${character.codePointAt(0)};`,
  );
  return `<code>${escaped}</code>`;
}
