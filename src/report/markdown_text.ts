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
 * @returns Markdown for one line, also inside a table; ASCII alone, so that a character is a byte.
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

/**
 * Writes a link of which the address cannot be more than an address.
 *
 * @param text What people click on: Markdown of our own.
 * @param url The address.
 * @returns Markdown; ASCII alone.
 * @example
 * ```ts
 * import { link } from "./markdown_text.ts";
 *
 * console.assert(link("a", "https://b.c/(d)") === "[a](https://b.c/%28d%29)");
 * ```
 */
export function link(text: string, url: string): string {
  const encoder = new TextEncoder();
  const safe = url.replace(
    /[^A-Za-z0-9:/?#@&=+$,;._~%-]/gu,
    (character) =>
      [...encoder.encode(character)]
        .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join(""),
  );
  return `[${text}](${safe})`;
}
