import assert from "node:assert/strict";
import { countKinds } from "../../src/replay/counts.ts";
import type { ReplayReport } from "../../src/replay/replay.ts";
import { replayTables } from "../../src/replay/replay_tables.ts";
import { replayReport } from "./reports.ts";

const OPTIONS = { color: false, width: 160 };

/** The tables of a report. */
function tables(report: Partial<ReplayReport> = {}): string {
  return replayTables(replayReport(undefined, report), OPTIONS);
}

/** The cells of the first row that begins with a word. */
function rowOf(text: string, first: string): readonly string[] {
  const line = text.split("\n").find((line) => line.startsWith(`│ ${first} `)) ?? "";
  return line.split("│").slice(1, -1).map((cell) => cell.trim());
}

Deno.test("replayTables() says what was replayed, and what each precision upgrades", () => {
  const text = tables();
  assert.match(text, /^Replayed 1 push: after abababababab, up to c0ffeec0ffee, 2026-01-02 to /);
  assert.deepEqual(rowOf(text, "cluster"), ["cluster", "1", "0", "0", "1", "1"]);
  assert.deepEqual(rowOf(text, "hub"), ["hub", "0", "0", "0", "0", "0"]);
  assert.deepEqual(rowOf(text, "avoided"), ["avoided by hub", "", "0", "0", "1", "1"]);
  assert.match(text, /"hub" avoids 100 % of what "cluster" upgrades\./);
  assert.deepEqual(rowOf(text, "cluster file").slice(-2), ["1", "1 (100 %)"]);
  assert.deepEqual(rowOf(text, "c0ffeec0ffee"), [
    ...["c0ffeec0ffee", "2026-01-02", "1", "0", "Change a comment"],
  ]);
  assert.doesNotMatch(text, /no rule covers|no staging hub|cannot be read|shallow|adds/);
});

Deno.test("replayTables() names what else was found", () => {
  const text = tables({
    shallow: true,
    added: countKinds([{ kind: "prod_hubs" }]),
    unreferenced_files: ["config/clusters/earth/old.values.yaml"],
    clusters_without_canary: [
      { cluster_name: "mars", prod_hubs: ["a", "b"], support_chart: false },
      { cluster_name: "venus", prod_hubs: ["a"], support_chart: true },
    ],
    unreadable_pushes: 3,
    unreadable: [{
      file: "config/clusters/earth/cluster.yaml",
      message: "Cannot parse it",
      first: "ab".repeat(20),
      last: "cd".repeat(20),
      pushes: 3,
    }],
  });
  assert.match(text, /This clone is shallow/);
  assert.match(text, /It adds /);
  assert.match(
    text,
    /no rule covers, at the end: 1\n {2}config\/clusters\/earth\/old\.values\.yaml\n/,
  );
  assert.match(text, /\n {2}mars: 2 prod hubs, gated by nothing\n/);
  assert.match(text, /\n {2}venus: 1 prod hub, gated by the upgrade of its support chart alone\n/);
  assert.match(
    text,
    /in 3 pushes\n {2}config\S+: Cannot parse it \(3 pushes, abababababab to cdcdcdcdcdcd\)\n$/,
  );
});

Deno.test("replayTables() spells out the first of many names, hiding nothing", () => {
  const odd = "config/a\u001b[31m\u202e\n::error::b";
  const names = [odd, ...Array.from({ length: 1233 }, (_, index) => `config/${index}.yaml`)];
  const text = replayTables(replayReport([odd], { unreferenced_files: names }), OPTIONS);
  assert.equal(text.split("\n").filter((line) => line.startsWith("  config/")).length, 20);
  assert.match(text, /at the end: 1,234\n/);
  assert.match(text, / {2}and 1,214 more: --format json has them all\n/);
  assert.doesNotMatch(text.replaceAll("\n", ""), /\p{C}/u);
  assert.doesNotMatch(text, /^\s*::/m);
});

Deno.test("replayTables() says that nothing is upgraded", () => {
  const text = replayTables(replayReport([]), OPTIONS);
  assert.match(text, /^Replayed 0 pushes: after abababababab, up to c0ffeec0ffee\.\n/);
  assert.match(text, /Nothing is upgraded/);
  assert.doesNotMatch(text, /NaN|null|undefined|│/);
});

Deno.test("replayTables() uses colour where it may", () => {
  const colored = replayTables(replayReport(), { ...OPTIONS, color: true });
  assert.ok(colored.includes("\x1b[1mUpgrades\x1b[22m"), colored);
  assert.equal(colored.replaceAll("\x1b[1m", "").replaceAll("\x1b[22m", ""), tables());
});
