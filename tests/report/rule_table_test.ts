import assert from "node:assert/strict";
import { RULE_IDS, RULE_TEXTS } from "../../src/plan/rules.ts";
import { ruleTable } from "../../src/report/rule_table.ts";

const INPUT = {
  patterns: { "all hubs": ["deployer/**", "!**/*.md"], "all support charts": ["support/**"] },
  clustersDir: "clusters",
  labels: [["skip", "nothing is upgraded"]],
} as const;

/** The cells of each row of the tables. */
const rows = ruleTable(INPUT).split("\n").filter((line) => /^\| [^-]/.test(line))
  .map((line) => line.slice(1, -1).split(" | ").map((cell) => cell.trim()));

const row = (rule: string) => rows.find(([first]) => first === rule);

Deno.test("ruleTable() has a row for every rule", () => {
  for (const id of RULE_IDS) assert.equal(row(id)?.[2], RULE_TEXTS[id].upgrades, id);
});

Deno.test("ruleTable() gives the patterns of the rules that have them", () => {
  assert.deepEqual(row("all hubs"), [
    "all hubs",
    "`deployer/**`, `!**/*.md`",
    RULE_TEXTS["all hubs"].upgrades,
  ]);
  assert.equal(row("all support charts")?.[1], "`support/**`");
  assert.equal(row("cluster file")?.[1], RULE_TEXTS["cluster file"].changed);
});

Deno.test("ruleTable() says what follows where no file decides", () => {
  assert.ok(row("staging before prod") !== undefined && row("unknown base") !== undefined);
  assert.deepEqual(row("(no rule)")?.slice(0, 2), ["(no rule)", "anything else in `clusters`"]);
});

Deno.test("ruleTable() has a second table for the labels", () => {
  assert.deepEqual(ruleTable(INPUT).split("\n\n").length, 2);
  assert.deepEqual(row("`skip`"), ["`skip`", "nothing is upgraded"]);
});
