import { visible } from "../text/visible.ts";

/** An empty comment, which keeps an e-mail address apart: it would be a link. */
const APART = "<!-- -->";

/**
 * Writes text from elsewhere into Markdown so that it stays text: no markup, no HTML, no link, no
 * mention and no reference to an issue. It is in a code element, where
 * {@link https://github.github.com/gfm/ GitHub's Markdown} makes no mention, and every character
 * that could be markup is a character reference.
 */
export function code(text: string): string {
  if (text === "") return "";
  const escaped = visible(text).replace(
    /[^A-Za-z0-9 /.,:;()=+-]|(?<=:)\/|(?<=[Ww]{3})\.|^[ ]|[ ]$/gu,
    (character) => `${character === "@" ? APART : ""}&#${character.codePointAt(0)};`,
  );
  return `<code>${escaped}</code>`;
}

/** Writes a link of which the address cannot be more than an address. */
export function link(text: string, url: string): string {
  const safe = url.replace(
    /[^A-Za-z0-9:/?#@&=+$,;._~%-]/gu,
    (character) => [...new TextEncoder().encode(character)].map(percent).join(""),
  );
  return `[${text}](${safe})`;
}

function percent(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}
