/** Adds the lines that a text does not have yet at its end, with the line endings that it has. */
export function addLines(text: string, lines: readonly string[]): string {
  const there = text.split(/\r?\n/).map((line) => line.trim());
  const missing = lines.filter((line) => !there.includes(line));
  if (missing.length === 0) return text;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const gap = text === "" || text.endsWith("\n") ? "" : eol;
  return `${text}${gap}${missing.map((line) => `${line}${eol}`).join("")}`;
}
