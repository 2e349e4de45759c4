import assert from "node:assert/strict";
import fc from "fast-check";
import { csvCell, replayCsv } from "../../src/replay/replay_csv.ts";
import { replayReport } from "./reports.ts";

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

Deno.test("replayCsv() writes one row per push under the names of the columns", () => {
  const [head = [], ...rows] = readCsv(replayCsv(replayReport(["first", "b"])));
  const columns = [
    "subject",
    "date",
    "cluster_prod_hubs",
    "cluster_total",
    "hub_total",
    "avoided_total",
  ];
  const records = rows.map((row) => columns.map((name) => row[head.indexOf(name)]));
  const counts = ["2026-01-02T03:04:05+00:00", "1", "1", "0", "1"];
  assert.deepEqual(records, [["first", ...counts], ["b", ...counts]]);
});

const SUBJECTS = fc.string({
  unit: fc.constantFrom(..."a=+-@|,;\"' \t\r\n\0\x1b\u202e\uff1d%!é😀"),
  maxLength: 8,
});

Deno.test("replayCsv() keeps every row in its place, whatever a message says", () => {
  fc.assert(
    fc.property(fc.array(SUBJECTS, { maxLength: 4 }), (subjects) => {
      const csv = replayCsv(replayReport(subjects));
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
  assert.deepEqual(
    ["=1+1", "+1", "-1", "@a", " =1", "a=b", -1].map(csvCell),
    ["'=1+1", "'+1", "'-1", "'@a", "' =1", "a=b", "-1"],
  );
});
