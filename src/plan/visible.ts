/**
 * Makes text from elsewhere (a file name, say) safe to print on a line of a log: what cannot be
 * seen, moves the cursor, reverses the reading direction or starts a
 * {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands workflow command}
 * is written as an escape sequence instead.
 *
 * @param text Any text.
 * @returns The same text on one line, with nothing hidden in it.
 * @example
 * ```ts
 * import { visible } from "./visible.ts";
 *
 * console.assert(visible("a\nb") === "a\\nb");
 * console.assert(visible("::error::x") === "\\u{3a}:error::x");
 * ```
 */
export function visible(text: string): string {
  return text
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t")
    .replace(/[\p{C}\p{Zl}\p{Zp}\u3164\uffa0\u115f\u1160\u2800]/gu, escapeCharacter)
    .replace(/^(\s*):(?=:)/, "$1\\u{3a}")
    .replaceAll("##[", "#\\u{23}[");
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
