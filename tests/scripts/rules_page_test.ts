import assert from "node:assert/strict";
import { PRECISE_RULE_IDS, RULE_IDS, RULE_TEXTS } from "../../src/plan/decision.ts";
import { rulesPage } from "../../scripts/rules_page.ts";

/** The cells of the rows of all tables. */
const ROWS = rulesPage().text.split("\n").filter((line) => line.startsWith("|"))
  .map((line) => line.slice(1, -1).split("|").map((cell) => cell.trim()));

Deno.test("rulesPage() has a row for every rule, with the patterns of those that have some", () => {
  const patterns: Readonly<Record<string, string>> = {
    "all hubs": "`deployer/**`, `helm-charts/basehub/**`, `helm-charts/daskhub/**`",
    "all support charts": "`helm-charts/support/**`",
  };
  for (const id of [...RULE_IDS, ...PRECISE_RULE_IDS]) {
    const { changed, upgrades } = RULE_TEXTS[id];
    const row = [id, patterns[id] ?? changed, upgrades];
    assert.ok(ROWS.some((cells) => cells.join() === row.join()), id);
  }
});
