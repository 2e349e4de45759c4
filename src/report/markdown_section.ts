import { link } from "./markdown_text.ts";

/** A part of a report in Markdown, of which lines can be left out where not all of it fits. */
export interface Section {
  /** What it begins with, whether or not there are lines. */
  readonly heading: string;
  /** What stands above the first line: the head of a table. */
  readonly head: string;
  /** The lines, each with its line break: the rows of a table, or items. */
  readonly lines: readonly string[];
  /** What the lines are, in the plural, to say how many are left out. */
  readonly what: string;
  /** What it ends with. */
  readonly tail: string;
}

/** Measures a section with all its lines. */
export function sectionLength({ heading, head, lines, tail }: Section): number {
  return lines.reduce((sum, line) => sum + line.length, heading.length + head.length + tail.length);
}

/** A section as it is written. */
export interface WrittenSection {
  /** The Markdown. */
  readonly text: string;
  /** How many lines are left out. */
  readonly left: number;
}

/**
 * Writes a section with as many whole lines as fit, in their order, and says how many it leaves out.
 */
export function writeSection(section: Section, room: number, runUrl?: string): WrittenSection {
  const { heading, head, lines, what, tail } = section;
  if (sectionLength(section) <= room) {
    return { text: `${heading}${head}${lines.join("")}${tail}`, left: 0 };
  }
  const most = leftOut(lines.length, lines.length, what, runUrl).length;
  let space = room - heading.length - head.length - tail.length - most;
  const shown = lines.filter((line) => {
    const fits = line.length <= space;
    if (fits) space -= line.length;
    return fits;
  });
  const left = lines.length - shown.length;
  const rest = leftOut(left, lines.length, what, runUrl);
  const text = shown.length === 0
    ? `${heading}${rest.trimStart()}${tail}`
    : `${heading}${head}${shown.join("")}${rest}${tail}`;
  return { text, left };
}

/** Says how many things a report leaves out. */
export function leftOut(left: number, total: number, what: string, runUrl?: string): string {
  if (left === 0) return "";
  const see = runUrl === undefined ? "" : `: see ${link("the run", runUrl)}`;
  return `\n${left} more of ${total} ${what}${see}.\n`;
}

/** Writes a row of a table. */
export function tableRow(cells: readonly string[]): string {
  return `${cells.map((cell) => cell === "" ? "| " : `| ${cell} `).join("")}|\n`;
}

/** Writes the head of a table. */
export function tableHead(columns: readonly string[]): string {
  return tableRow(columns) + tableRow(columns.map(() => "-"));
}

/** Divides a room: whoever needs less than an equal share gets all of it, and leaves the rest. */
export function fairShares(needs: readonly number[], room: number): readonly number[] {
  const shares = needs.map(() => 0);
  const order = needs.map((_, index) => index).sort((a, b) => (needs[a] ?? 0) - (needs[b] ?? 0));
  let left = room;
  order.forEach((index, done) => {
    const share = Math.min(needs[index] ?? 0, Math.floor(left / (order.length - done)));
    shares[index] = share;
    left -= share;
  });
  return shares;
}
