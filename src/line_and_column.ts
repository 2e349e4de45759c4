/** A place in a text, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Finds the line and the column of a place in a text.
 *
 * @param text The text.
 * @param offset How many characters stand before the place.
 * @returns The place, counted from 1.
 * @example
 * ```ts
 * import { lineAndColumn } from "./line_and_column.ts";
 *
 * const { line, column } = lineAndColumn("one\ntwo", 5);
 * console.assert(line === 2 && column === 2);
 * ```
 */
export function lineAndColumn(text: string, offset: number): Position {
  const before = text.slice(0, Math.max(offset, 0));
  return {
    line: before.split("\n").length,
    column: before.length - before.lastIndexOf("\n"),
  };
}
