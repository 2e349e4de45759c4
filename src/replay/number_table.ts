import { visible } from "../plan/visible.ts";
import { drawTable } from "../report/draw_table.ts";

/**
 * Draws a table in which numbers stand below each other at their right end. Nothing in a cell can
 * hide.
 *
 * @param head The columns' names.
 * @param rows The rows, each with a cell for every column.
 * @param width How many characters a line has.
 * @returns The text, with a final line break.
 * @example
 * ```ts
 * import { numberTable } from "./number_table.ts";
 *
 * const text = numberTable(["n", "Hub"], [["1", "a"], ["12", "b"]], 80);
 * console.assert(text.includes("│  1 │ a"));
 * ```
 */
export function numberTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const cells = rows.map((row) => row.map(visible));
  const widths = head.map((name, column) => {
    const below = cells.map((row) => row[column] ?? "");
    const numbers = below.every((cell) => /^[\d,]*$/.test(cell));
    return numbers ? Math.max(...[name, ...below].map((cell) => cell.length)) : 0;
  });
  const aligned = cells.map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)));
  return drawTable(head, aligned, width);
}
