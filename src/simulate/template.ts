/** Finds the expressions in a text, as GitHub's runner does: `}}` in quotes is text. */
export function splitTemplate(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  for (let start = rest.indexOf("${{"); start >= 0; start = rest.indexOf("${{")) {
    const match = /^(?:'[^']*'|(?!\}\})[^'])*(?=\}\})/s.exec(rest.slice(start + 3));
    if (match === null) throw new SyntaxError(`Cannot read "${text}": expected "}}"`);
    parts.push(rest.slice(0, start), match[0].trim());
    rest = rest.slice(start + 3 + match[0].length + 2);
  }
  return [...parts, rest];
}

/** Whether a text is one expression and nothing else. */
export function isWhole(parts: readonly string[]): boolean {
  return parts.length === 3 && parts[0]?.trim() === "" && parts[2]?.trim() === "";
}
