/** The last column is at least so wide, however narrow the terminal. */
const NARROWEST = 24;

/**
 * Draws a table with a frame. A cell may have several lines; the last column, which holds reasons,
 * is broken so that a row fits the width.
 */
export function drawTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  return [...tablePieces(head, rows, width)].join("");
}

/**
 * Draws a table as {@linkcode drawTable} does, piece by piece: it may be too long to be held twice.
 */
export function* tablePieces(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): Generator<string> {
  const all = [head, ...rows];
  const last = head.length - 1;
  const others = head.slice(0, -1).map((_, column) => widest(all, column, splitLines));
  const room = Math.max(NARROWEST, width - others.reduce((sum, size) => sum + size + 3, 0) - 4);
  const broken = lineBreaker(room);
  const widths = [...others, widest(all, last, broken)];
  const rule = (left: string, cross: string, right: string) =>
    `${left}${widths.map((size) => "─".repeat(size + 2)).join(cross)}${right}\n`;
  const between = rule("├", "┼", "┤");
  let before = rule("┌", "┬", "┐");
  for (const row of all) {
    const cells = row.map((cell, column) => column === last ? broken(cell) : splitLines(cell));
    yield before + drawRow(cells, widths);
    before = between;
  }
  yield rule("└", "┴", "┘");
}

type Cell = readonly string[];

function drawRow(cells: readonly Cell[], widths: readonly number[]): string {
  const height = Math.max(...cells.map((cell) => cell.length));
  const line = (index: number) =>
    widths.map((size, column) => ` ${(cells[column]?.[index] ?? "").padEnd(size)} `).join("│");
  return Array.from({ length: height }, (_, index) => `│${line(index)}│\n`).join("");
}

function splitLines(cell: string): Cell {
  return cell.split("\n");
}

/** Breaks the lines of cells, many of which may be the same. */
function lineBreaker(room: number): (cell: string) => Cell {
  const known = new Map<string, Cell>();
  return (cell) => {
    const lines = known.get(cell) ?? splitLines(cell).flatMap((line) => breakLine(line, room));
    known.set(cell, lines);
    return lines;
  };
}

/** Breaks a line at spaces; a word that is longer than a line is broken where the line ends. */
function breakLine(line: string, room: number): string[] {
  const lines = [""];
  for (const word of line.split(" ").flatMap((word) => chunks(word, room))) {
    const current = lines.at(-1) ?? "";
    if (current === "") lines[lines.length - 1] = word;
    else if (current.length + 1 + word.length <= room) lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}

function chunks(word: string, size: number): string[] {
  if (word.length <= size) return [word];
  return word.match(new RegExp(`.{1,${size}}`, "gu")) ?? [""];
}

function widest(
  rows: readonly (readonly string[])[],
  column: number,
  linesOf: (cell: string) => Cell,
): number {
  return rows.reduce(
    (most, row) =>
      linesOf(row[column] ?? "").reduce((size, line) => Math.max(size, line.length), most),
    0,
  );
}
