/** The last column is at least so wide, however narrow the terminal. */
const NARROWEST = 24;

/**
 * Draws a table with a frame. A cell may have several lines; the last column, which holds reasons,
 * is broken so that a row fits the width.
 *
 * @param head The columns' names.
 * @param rows The rows, each with a cell for every column, of characters that are one column wide.
 * @param width How many characters a line has.
 * @returns The text, with a final line break; the first three lines are the head.
 * @example
 * ```ts
 * import { drawTable } from "./draw_table.ts";
 *
 * const text = drawTable(["Hub"], [["prod"]], 80);
 * console.assert(text === "┌──────┐\n│ Hub  │\n├──────┤\n│ prod │\n└──────┘\n");
 * ```
 */
export function drawTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const cells = breakLastColumn(
    [head, ...rows].map((row) => row.map((cell) => cell.split("\n"))),
    width,
  );
  const widths = head.map((_, column) => widest(cells, column));
  const rule = (left: string, cross: string, right: string) =>
    `${left}${widths.map((size) => "─".repeat(size + 2)).join(cross)}${right}\n`;
  const drawn = cells.map((row) => {
    const height = Math.max(...row.map((cell) => cell.length));
    return Array.from(
      { length: height },
      (_, line) =>
        `│${
          widths.map((size, column) => ` ${(row[column]?.[line] ?? "").padEnd(size)} `).join("│")
        }│\n`,
    ).join("");
  });
  return `${rule("┌", "┬", "┐")}${drawn.join(rule("├", "┼", "┤"))}${rule("└", "┴", "┘")}`;
}

type Cell = readonly string[];

function breakLastColumn(rows: readonly (readonly Cell[])[], width: number): readonly Cell[][] {
  const last = (rows[0]?.length ?? 0) - 1;
  const others = Array.from({ length: last }, (_, column) => widest(rows, column) + 3);
  const room = Math.max(NARROWEST, width - others.reduce((sum, size) => sum + size, 0) - 4);
  return rows.map((row) =>
    row.map((cell, column) =>
      column === last ? cell.flatMap((line) => breakLine(line, room)) : cell
    )
  );
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
  return word.match(new RegExp(`.{1,${size}}`, "gu")) ?? [""];
}

function widest(rows: readonly (readonly Cell[])[], column: number): number {
  // More rows than a call may have arguments are possible.
  return rows.flatMap((row) => row[column] ?? [])
    .reduce((most, line) => Math.max(most, line.length), 0);
}
