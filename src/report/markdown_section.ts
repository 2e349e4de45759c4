import { link } from "./markdown_text.ts";

/** A part of a report in Markdown, of which lines can be left out where not all of it fits. */
export interface Section {
  /** What it begins with, whether or not there are lines. */
  readonly heading: string;
  /** What comes before the first line: the head of a table. */
  readonly head: string;
  /** The lines, each with its line break: the rows of a table, or items. */
  readonly lines: readonly string[];
  /** What the lines are, in the plural, to say how many are left out. */
  readonly what: string;
  readonly tail: string;
}

/** A table below its title, or below what comes before it where it has none. */
export function tableSection(
  title: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  what: string,
): Section {
  return {
    heading: title === "" ? "\n" : `\n### ${title}\n\n`,
    head: tableRow(columns) + tableRow(columns.map(() => "-")),
    lines: rows.map(tableRow),
    what,
    tail: "",
  };
}

/** Sections of more lines than these are folded. */
const MOST_OPEN = 10;

/** Folds a section that is long until someone opens it. */
export function foldLong(section: Section): Section {
  const { heading, lines, what } = section;
  if (lines.length <= MOST_OPEN) return section;
  const summary = `<details>\n<summary>${lines.length} ${what}</summary>\n\n`;
  return { ...section, heading: `${heading}${summary}`, tail: "\n</details>\n" };
}

export function sectionLength({ heading, head, lines, tail }: Section): number {
  if (lines.length === 0) return 0;
  return lines.reduce((sum, line) => sum + line.length, heading.length + head.length + tail.length);
}

/**
 * Writes a section with as many whole lines as fit, in their order, and says how many it leaves
 * out. A section without lines is left out as well.
 */
export function writeSection(section: Section, room: number, runUrl?: string): string {
  const { heading, head, lines, what, tail } = section;
  if (lines.length === 0) return "";
  if (sectionLength(section) <= room) return `${heading}${head}${lines.join("")}${tail}`;
  const most = leftOut(lines.length, lines.length, what, runUrl).length;
  let space = room - heading.length - head.length - tail.length - most;
  const shown = lines.filter((line) => {
    const fits = line.length <= space;
    if (fits) space -= line.length;
    return fits;
  });
  const rest = leftOut(lines.length - shown.length, lines.length, what, runUrl);
  return shown.length === 0
    ? `${heading}${rest.trimStart()}${tail}`
    : `${heading}${head}${shown.join("")}${rest}${tail}`;
}

function leftOut(left: number, total: number, what: string, runUrl?: string): string {
  if (left === 0) return "";
  const see = runUrl === undefined ? "" : `: see ${link("the run", runUrl)}`;
  return `\n${left} more of ${total} ${what}${see}.\n`;
}

function tableRow(cells: readonly string[]): string {
  return `${cells.map((cell) => cell === "" ? "| " : `| ${cell} `).join("")}|\n`;
}

/** Writes sections one after the other, each with its share of the room. */
export function writeSections(
  sections: readonly Section[],
  room: number,
  runUrl: string | undefined,
): string {
  const shares = fairShares(sections.map(sectionLength), room);
  return sections.map((section, index) => writeSection(section, shares[index] ?? 0, runUrl))
    .join("");
}

/**
 * Divides room fairly: whatever needs less than an equal share gets all it needs, and the others
 * share the rest.
 */
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
