import stringWidth from "fast-string-width";
import { paint, type ReportOptions, type Style } from "../text/paint.ts";
import { visible } from "../text/visible.ts";

/** The text of a cell, its lines, or painted text. Nothing from elsewhere can hide in it. */
export type Cell =
  | string
  | readonly string[]
  | { readonly text: string; readonly style: Style };

/**
 * Draws a table. The last column, which holds reasons, wraps at spaces to fit the width.
 *
 * No word is ever broken, so that paths can be copied: where one is too long for its column, the
 * rows are written as blocks instead, a line for each cell.
 */
export function drawTable(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  options: ReportOptions,
): string {
  return [...tablePieces(head, rows, options)].join("");
}

/** Draws a table piece by piece: it may be too long to be held twice. */
export function* tablePieces(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  options: ReportOptions,
): Generator<string> {
  const last = head.length - 1;
  const others = head.slice(0, -1).map((name, column) => widest(name, rows, column, linesOf));
  const room = options.width - others.reduce((sum, size) => sum + size + 3, 0) - 4;
  const wrapped = lineWrapper(room);
  const lastWidth = widest(head[last] ?? "", rows, last, wrapped);
  if (lastWidth > room) return yield* blockPieces(head, rows, options);

  const widths = [...others, lastWidth];
  const numbers = head.map((_, column) => rows.every((row) => isNumber(row[column])));
  const rule = (left: string, cross: string, right: string) =>
    `${left}${widths.map((size) => "─".repeat(size + 2)).join(cross)}${right}\n`;
  const drawRow = (row: readonly Cell[]) => {
    const cells = row.map((cell, column) => column === last ? wrapped(cell) : linesOf(cell));
    const height = Math.max(...cells.map((lines) => lines.length));
    const drawCell = (column: number, index: number) => {
      const text = cells[column]?.[index] ?? "";
      const space = " ".repeat((widths[column] ?? 0) - widthOf(text));
      const painted = paintAs(row[column], text, options);
      return numbers[column] ? ` ${space}${painted} ` : ` ${painted}${space} `;
    };
    return Array.from(
      { length: height },
      (_, index) => `│${widths.map((_, column) => drawCell(column, index)).join("│")}│\n`,
    ).join("");
  };
  yield rule("┌", "┬", "┐") + drawRow(head);
  const between = rule("├", "┼", "┤");
  for (const row of rows) yield between + drawRow(row);
  yield rule("└", "┴", "┘");
}

/** Draws a table below its title; nothing where there are no rows. */
export function* titledTable(
  title: string,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  options: ReportOptions,
  style: Style = "bold",
): Generator<string> {
  if (rows.length === 0) return;
  yield `\n${paint(options, style, title)}\n`;
  yield* tablePieces(head, rows, options);
}

/** Writes rows below each other, a blank line between them. Empty cells are left out. */
function* blockPieces(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  options: ReportOptions,
): Generator<string> {
  const indent = Math.max(...head.map((name) => widthOf(name))) + 2;
  const wrapped = lineWrapper(options.width - indent);
  let before = "";
  for (const row of rows) {
    const lines = row.flatMap((cell, column) =>
      wrapped(cell).filter((text) => text !== "").map((text, index) => {
        const name = index === 0 ? head[column] ?? "" : "";
        return `${name.padEnd(indent)}${paintAs(cell, text, options)}\n`;
      })
    );
    yield before + lines.join("");
    before = "\n";
  }
}

type Lines = readonly string[];

function linesOf(cell: Cell): Lines {
  if (typeof cell === "string") return [visible(cell)];
  return "text" in cell ? [visible(cell.text)] : cell.map(visible);
}

/** Wraps the lines of cells, many of which may be the same. */
function lineWrapper(room: number): (cell: Cell) => Lines {
  const known = new Map<string, Lines>();
  const wrap = (line: string): Lines => {
    if (widthOf(line) <= room) return [line];
    const lines = known.get(line) ?? wrapWords(line, room);
    known.set(line, lines);
    return lines;
  };
  return (cell) => linesOf(cell).flatMap(wrap);
}

function wrapWords(line: string, room: number): Lines {
  const lines: string[] = [];
  let left = 0;
  for (const word of line.split(" ")) {
    const width = widthOf(word);
    left -= width + 1;
    if (left >= 0) lines.push(`${lines.pop()} ${word}`);
    else {
      lines.push(word);
      left = room - width;
    }
  }
  return lines;
}

/** How many columns a text takes. Nearly all text is ASCII, where no library has to look. */
function widthOf(text: string): number {
  return /^[ -~]*$/.test(text) ? text.length : stringWidth(text);
}

function widest(
  name: string,
  rows: readonly (readonly Cell[])[],
  column: number,
  linesIn: (cell: Cell) => Lines,
): number {
  return rows.reduce(
    (most, row) =>
      linesIn(row[column] ?? "").reduce((size, line) => Math.max(size, widthOf(line)), most),
    widthOf(name),
  );
}

function isNumber(cell: Cell = ""): boolean {
  return typeof cell === "string" && /^[\d,]*$/.test(cell);
}

function paintAs(cell: Cell | undefined, text: string, options: ReportOptions): string {
  return typeof cell === "object" && "style" in cell ? paint(options, cell.style, text) : text;
}
