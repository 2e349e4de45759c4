import assert from "node:assert/strict";
import fc from "fast-check";
import { type Cell, drawTable } from "../../src/report/draw_table.ts";

const draw = (head: readonly string[], rows: readonly (readonly Cell[])[], width = 80) =>
  drawTable(head, rows, { color: false, width });

const WHY = "config/a.yaml (rule: all hubs); config/b.yaml (rule: all hubs)";

for (
  const [what, head, rows, width, drawn] of [
    [
      "frames cells of one line and of several",
      ["Cluster", "Hubs", "Why"],
      [
        ["earth", ["a", "bcdef"], "x"],
        ["", "", ""],
      ],
      80,
      [
        "┌─────────┬───────┬─────┐",
        "│ Cluster │ Hubs  │ Why │",
        "├─────────┼───────┼─────┤",
        "│ earth   │ a     │ x   │",
        "│         │ bcdef │     │",
        "├─────────┼───────┼─────┤",
        "│         │       │     │",
        "└─────────┴───────┴─────┘",
      ],
    ],
    ["draws the head alone where there are no rows", ["A", "B"], [], 80, [
      "┌───┬───┐",
      "│ A │ B │",
      "└───┴───┘",
    ]],
    ["wraps the last column at spaces", ["Hub", "Why"], [["prod", WHY]], 46, [
      "┌──────┬─────────────────────────────────┐",
      "│ Hub  │ Why                             │",
      "├──────┼─────────────────────────────────┤",
      "│ prod │ config/a.yaml (rule: all hubs); │",
      "│      │ config/b.yaml (rule: all hubs)  │",
      "└──────┴─────────────────────────────────┘",
    ]],
    [
      "writes blocks where a word is wider than its column",
      ["Hub", "Support", "Why"],
      [
        ["prod", "", [WHY, `${"x".repeat(40)} y`]],
        ["demo", "yes", ""],
      ],
      36,
      [
        "Hub      prod",
        "Why      config/a.yaml (rule: all",
        "         hubs); config/b.yaml (rule:",
        "         all hubs)",
        `         ${"x".repeat(40)}`,
        "         y",
        "",
        "Hub      demo",
        "Support  yes",
      ],
    ],
    ["counts wide characters as two columns", ["Hub", "Why"], [["日本", "é"], ["ab", "한"]], 80, [
      "┌──────┬─────┐",
      "│ Hub  │ Why │",
      "├──────┼─────┤",
      "│ 日本 │ é   │",
      "├──────┼─────┤",
      "│ ab   │ 한  │",
      "└──────┴─────┘",
    ]],
    ["aligns numbers at their right end", ["Pushes", "By"], [["1,234", "a1"], ["9", "b"]], 80, [
      "┌────────┬────┐",
      "│ Pushes │ By │",
      "├────────┼────┤",
      "│  1,234 │ a1 │",
      "├────────┼────┤",
      "│      9 │ b  │",
      "└────────┴────┘",
    ]],
    ["lets nothing hide in a cell", ["A"], [["a\n::b"], [["\x1b[31m", "::c"]]], 80, [
      "┌────────────┐",
      "│ A          │",
      "├────────────┤",
      "│ a\\n::b     │",
      "├────────────┤",
      "│ \\u{1b}[31m │",
      "│ \\u{3a}:c   │",
      "└────────────┘",
    ]],
  ] as const
) {
  Deno.test(`drawTable() ${what}`, () => {
    assert.deepEqual(draw(head, rows, width).trimEnd().split("\n"), drawn);
  });
}

Deno.test("drawTable() paints a cell where colour is wanted, and nothing around it", () => {
  const rows = [["earth", { text: "failed", style: "red" }, "x"]] as const;
  const head = ["Cluster", "Result of it", "Why"];
  const colored = drawTable(head, rows, { color: true, width: 80 });
  assert.ok(colored.includes("│ \x1b[31mfailed\x1b[39m       │"), colored);
  assert.equal(colored.replace("\x1b[31m", "").replace("\x1b[39m", ""), draw(head, rows));
});

const word = fc.string({ unit: fc.constantFrom(..."abcé-;,()/.日"), minLength: 1, maxLength: 40 });
const line = fc.array(word, { maxLength: 12 }).map((words) => words.join(" "));
const cell = fc.oneof(line, fc.array(line, { minLength: 1, maxLength: 3 }));
const table = fc.integer({ min: 1, max: 5 }).chain((columns) =>
  fc.record({
    head: fc.array(word, { minLength: columns, maxLength: columns }),
    rows: fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { maxLength: 5 }),
    width: fc.integer({ min: 10, max: 300 }),
  })
);

const widthOf = (text: string) => [...text].reduce((sum, one) => sum + (one === "日" ? 2 : 1), 0);
const wordsOf = (text: string) =>
  text.split(/[\s│┌┬┐├┼┤└┴┘─]+/).filter((word) => word !== "").sort();

Deno.test("drawTable() shows every word whole and once, in lines that fit where words do", () => {
  const drawn = { frames: 0, wrapped: 0, blocks: 0 };
  fc.assert(
    fc.property(table, ({ head, rows, width }) => {
      const text = draw(head, rows, width);
      const isFramed = text.startsWith("┌");
      const cells = isFramed
        ? [...head, ...rows.flat(2)]
        : rows.flatMap((row) =>
          row.flatMap((cell, column) => {
            const lines = [cell].flat().filter((line) => line.trim() !== "");
            return lines.length === 0 ? [] : [head[column] ?? "", ...lines];
          })
        );
      assert.deepEqual(wordsOf(text), cells.flatMap((cell) => wordsOf(cell)).sort());
      const widths = text.trimEnd().split("\n").map(widthOf);
      if (isFramed) {
        assert.equal(new Set(widths).size, 1);
        assert.ok(widths.every((size) => size <= width));
        drawn.frames++;
        if (widths.length > rows.flat().flat().length + 4) drawn.wrapped++;
      } else {
        drawn.blocks++;
      }
    }),
    { seed: 1, numRuns: 1_000 },
  );
  assert.ok(Math.min(...Object.values(drawn)) > 20, JSON.stringify(drawn));
});
