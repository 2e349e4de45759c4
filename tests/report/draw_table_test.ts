import assert from "node:assert/strict";
import fc from "fast-check";
import { drawTable } from "../../src/report/draw_table.ts";

Deno.test("drawTable() draws a frame around cells of one line and of several", () => {
  assert.equal(
    drawTable(["Cluster", "Hubs", "Why"], [["earth", "a\nbcdef", "x"], ["", "", ""]], 80),
    `\
┌─────────┬───────┬─────┐
│ Cluster │ Hubs  │ Why │
├─────────┼───────┼─────┤
│ earth   │ a     │ x   │
│         │ bcdef │     │
├─────────┼───────┼─────┤
│         │       │     │
└─────────┴───────┴─────┘
`,
  );
});

Deno.test("drawTable() draws the head alone where there are no rows", () => {
  assert.equal(drawTable(["A", "B"], [], 80), "┌───┬───┐\n│ A │ B │\n└───┴───┘\n");
});

Deno.test("drawTable() breaks the last column at spaces so that a row fits the width", () => {
  const why = "config/a.yaml (rule: all hubs); config/b.yaml (rule: all hubs)";
  assert.equal(
    drawTable(["Hub", "Why"], [["prod", why]], 46),
    `\
┌──────┬─────────────────────────────────┐
│ Hub  │ Why                             │
├──────┼─────────────────────────────────┤
│ prod │ config/a.yaml (rule: all hubs); │
│      │ config/b.yaml (rule: all hubs)  │
└──────┴─────────────────────────────────┘
`,
  );
});

Deno.test("drawTable() breaks a word that is longer than a line", () => {
  const lines = drawTable(["Why"], [["x".repeat(50)]], 28).split("\n");
  assert.deepEqual(lines.slice(3, 6), [
    `│ ${"x".repeat(24)} │`,
    `│ ${"x".repeat(24)} │`,
    `│ ${"xx".padEnd(24)} │`,
  ]);
});

const word = fc.string({ unit: fc.constantFrom(..."abcé-;,()/.日"), minLength: 1, maxLength: 40 });
const line = fc.array(word, { maxLength: 12 }).map((words) => words.join(" "));
const cell = fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join("\n"));

const table = fc.integer({ min: 1, max: 5 }).chain((columns) => {
  const row = fc.array(cell, { minLength: columns, maxLength: columns });
  return fc.record({
    head: fc.array(word, { minLength: columns, maxLength: columns }),
    rows: fc.array(row, { maxLength: 5 }),
    width: fc.integer({ min: 10, max: 300 }),
  });
});

/** The cells of a drawn table: the lines of each, without the space around them. */
function cellsOf(drawn: string): readonly (readonly (readonly string[])[])[] {
  return drawn.split(/^[├┌└].*\n/m).slice(1, -1).map((row) => {
    const lines = row.trimEnd().split("\n").map((line) =>
      line.slice(1, -1).split("│").map((cell) => cell.trim())
    );
    return (lines[0] ?? []).map((_, column) => lines.map((line) => line[column] ?? ""));
  });
}

const squeeze = (text: string) => text.replace(/\s/g, "");

Deno.test("drawTable() shows every character of every cell, in order", () => {
  fc.assert(
    fc.property(table, ({ head, rows, width }) => {
      const found = cellsOf(drawTable(head, rows, width)).map((row) =>
        row.map((lines) => lines.join(""))
      );
      assert.deepEqual(
        found.map((row) => row.map(squeeze)),
        [head, ...rows].map((row) => row.map(squeeze)),
      );
    }),
    { seed: 1, numRuns: 1_000 },
  );
});

Deno.test("drawTable() breaks no word that would fit on a line of its own", () => {
  fc.assert(
    fc.property(table, ({ head, rows, width }) => {
      const cells = cellsOf(drawTable(head, rows, Math.max(width, 250)));
      const words = cells.flat().flat().flatMap((line) => line.split(/\s+/));
      const expected = [head, ...rows].flat().flatMap((cell) => cell.split(/\s+/));
      assert.deepEqual(
        words.filter((word) => word !== "").sort(),
        expected.filter((word) => word !== "").sort(),
      );
    }),
    { seed: 2, numRuns: 500 },
  );
});

Deno.test("drawTable() draws lines of one length, within the width wherever the columns allow it", () => {
  let broken = 0;
  fc.assert(
    fc.property(table, ({ head, rows, width }) => {
      const lines = drawTable(head, rows, width).trimEnd().split("\n");
      const lengths = new Set(lines.map((line) => line.length));
      assert.equal(lengths.size, 1);
      const [length = 0] = lengths;
      const others = head.slice(0, -1).map((_, column) =>
        Math.max(
          ...[head, ...rows].flatMap((row) => (row[column] ?? "").split("\n")).map((line) =>
            line.length
          ),
        )
      );
      const least = others.reduce((sum, size) => sum + size + 3, 0) + 24 + 4;
      assert.ok(length <= Math.max(width, least), `${length} of ${width}`);
      if (width >= least && length === width) broken++;
    }),
    { seed: 3, numRuns: 1_000 },
  );
  assert.ok(broken > 20, `${broken} tables fill the width`);
});
