import { drawTable } from "../src/report/draw_table.ts";

/** Writes to the standard output. */
export function print(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(text));
}

export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  print(drawTable(head, rows, { color: false, width: 160 }));
}
