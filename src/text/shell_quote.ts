/** Quotes text without NUL characters, where it needs it, so that a POSIX shell reads one word. */
export function shellQuote(text: string): string {
  return /^[\w@%+:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
