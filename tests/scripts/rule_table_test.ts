import assert from "node:assert/strict";
import { PRECISE_RULE_IDS, RULE_IDS, RULE_TEXTS } from "../../src/plan/decision.ts";
import { type RuleTables, ruleTables } from "../../scripts/rule_table.ts";

const INPUT = {
  patterns: { "all hubs": ["deployer/**", "!**/*.md"], "all support charts": ["support/**"] },
  clustersDir: "clusters",
  labels: [["skip", "nothing is upgraded"]],
} as const;

const TABLES = ruleTables(INPUT);

/** The cells of a row of a table. */
const row = (first: string, table: keyof RuleTables = "files") =>
  TABLES[table].split("\n").map((line) => line.slice(1, -1).split(" | ").map((cell) => cell.trim()))
    .find(([cell]) => cell === first);

Deno.test("ruleTables() have a row for every rule", () => {
  for (const id of RULE_IDS) assert.equal(row(id)?.[2], RULE_TEXTS[id].upgrades, id);
  for (const id of PRECISE_RULE_IDS) {
    assert.deepEqual(row(id, "precise"), [id, RULE_TEXTS[id].changed, RULE_TEXTS[id].upgrades]);
  }
});

Deno.test("ruleTables() give the patterns of the rules that have them", () => {
  assert.deepEqual(row("all hubs"), [
    "all hubs",
    "`deployer/**`, `!**/*.md`",
    RULE_TEXTS["all hubs"].upgrades,
  ]);
  assert.equal(row("all support charts")?.[1], "`support/**`");
  assert.equal(row("cluster file")?.[1], RULE_TEXTS["cluster file"].changed);
});

Deno.test("ruleTables() say what follows where no file decides", () => {
  assert.ok(row("staging before prod") !== undefined && row("unknown base") !== undefined);
  assert.deepEqual(row("(no rule)")?.slice(0, 2), ["(no rule)", "anything else in `clusters`"]);
});

Deno.test("ruleTables() give the labels", () => {
  assert.deepEqual(row("`skip`", "labels"), ["`skip`", "nothing is upgraded"]);
});
