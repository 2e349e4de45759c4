type Escape = (character: string) => string;

/** Escapes what cannot be seen, moves the cursor or reverses the reading direction. */
export function escapeHidden(text: string, escape: Escape): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu, escape);
}

/** Escapes accents beyond those that any script piles up: they cover the lines above and below. */
export function escapePiledUp(text: string, escape: Escape): string {
  return text.replace(/(?<=\p{M}{4})\p{M}/gu, escape);
}

/** Text that is safe as it is, as nearly all text is: looking further takes longer. */
const PLAIN = /^(?!\s*::)(?!.*##\[)[ -~]*$/;

/**
 * Makes text from elsewhere (a file name, say) safe to print on a line of a log: what cannot be
 * seen, moves the cursor, reverses the reading direction, covers other lines or starts a
 * {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands workflow command}
 * is written as an escape sequence instead.
 */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  const broken = text.replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t");
  return escapeHidden(escapePiledUp(broken, escapeCharacter), escapeCharacter)
    .replace(/^(\s*):(?=:)/, "$1\\u{3a}")
    .replaceAll("##[", "#\\u{23}[");
}

export function visibleLines(text: string): string {
  return text.split("\n").map(visible).join("\n");
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
