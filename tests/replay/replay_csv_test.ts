import assert from "node:assert/strict";
import fc from "fast-check";
import { csvCell, replayCsv } from "../../src/replay/replay_csv.ts";
import { pushReport } from "./reports.ts";

/** Reads CSV as RFC 4180 describes it: rows of cells. */
function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (
    const [, quoted, plain = "", end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)
  ) {
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

Deno.test("replayCsv() writes a row a push under the names of the columns", () => {
  const [head = [], ...rows] = readCsv(replayCsv({
    history: [pushReport({ subject: "first" }), pushReport({ subject: "second", unreadable: 2 })],
  }));
  const records = rows.map((row) =>
    Object.fromEntries(row.map((cell, i) => [head[i] ?? "", cell]))
  );
  assert.deepEqual(records.map(({ subject, unreadable }) => [subject, unreadable]), [
    ["first", "0"],
    ["second", "2"],
  ]);
  const { commit, date, cluster_prod_hubs, cluster_total, hub_total, avoided_prod_hubs } =
    records[0] ?? {};
  assert.deepEqual(
    [commit?.length, date, cluster_prod_hubs, cluster_total, hub_total, avoided_prod_hubs],
    [40, "2026-01-02T03:04:05+00:00", "1", "1", "0", "1"],
  );
});

Deno.test("replayCsv() writes the names of the columns alone where there is no push", () => {
  const rows = readCsv(replayCsv({ history: [] }));
  assert.equal(rows.length, 1);
  assert.equal(rows[0]?.[0], "commit");
});

const SUBJECTS = fc.string({
  unit: fc.constantFrom(..."a=+-@|,;\"' \t\r\n\0\x1b\u202e\uff1d%!é😀"),
  maxLength: 8,
});

Deno.test("replayCsv() keeps every row in its place, whatever a message says", () => {
  fc.assert(
    fc.property(fc.array(SUBJECTS, { maxLength: 4 }), (subjects) => {
      const csv = replayCsv({ history: subjects.map((subject) => pushReport({ subject })) });
      const [head = [], ...rows] = readCsv(csv);
      assert.equal(rows.length, subjects.length);
      for (const row of rows) assert.equal(row.length, head.length);
      assert.doesNotMatch(csv.replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
    }),
    { seed: 1, numRuns: 500 },
  );
});

Deno.test("csvCell() lets no text begin like a formula", () => {
  fc.assert(
    fc.property(SUBJECTS, (subject) => {
      const [[cell = ""] = []] = readCsv(`${csvCell(subject)}\n`);
      assert.doesNotMatch(cell.trimStart(), /^[=+\-@\uff1d]/);
    }),
    { seed: 1, numRuns: 1000 },
  );
  assert.deepEqual(["=1+1", "+1", "-1", "@a", " =1"].map(csvCell), [
    "'=1+1",
    "'+1",
    "'-1",
    "'@a",
    "' =1",
  ]);
  assert.equal(csvCell("a=b"), "a=b");
  assert.equal(csvCell(-1), "-1");
});
