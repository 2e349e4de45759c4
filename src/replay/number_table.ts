import { visible } from "../text/visible.ts";
import { drawTable } from "../report/draw_table.ts";

/**
 * Draws a table in which numbers stand below each other at their right end. Nothing in a cell can
 * hide.
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
