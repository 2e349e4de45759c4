import assert from "node:assert/strict";
import { planMarkdown } from "../../src/report/markdown.ts";
import { planMermaid } from "../../src/report/mermaid.ts";
import { planTablePieces } from "../../src/report/plan_tables.ts";
import { countUpgrades } from "../../src/report/summary.ts";
import type { Plan } from "../../src/plan/schema.ts";
import { EMPTY, EXAMPLE } from "./arbitraries.ts";

/** A plan that upgrades two add-ons, and hubs behind them. */
const PLAN: Plan = {
  ...EMPTY,
  support_and_staging: [{
    cluster_name: "earth",
    provider: "gcp",
    upgrade_support: false,
    support_reason: "",
    staging_hubs: ["staging"],
    staging_reason: "demo (rule: staging before prod)",
    addons: ["ingress", "pods"],
    addons_reason: "pods/a.yaml (rule: release file)",
  }],
  prod: EXAMPLE.prod.filter(({ cluster_name }) => cluster_name === "earth"),
};

Deno.test("planTablePieces() names add-ons beside the support chart, with their reason", () => {
  const text = [...planTablePieces(PLAN, { color: false, width: 200 })].join("");
  assert.match(text, /^Upgrades 0 support charts, 2 add-ons, 1 staging hub and 1 prod hub/);
  assert.match(text, /│ ingress +│ staging +│ add-ons: pods\/a\.yaml \(rule: release file\)/);
  assert.match(text, /│ pods +│/);
});

Deno.test("planMarkdown() names add-ons, and why they are upgraded", () => {
  const text = planMarkdown(PLAN, { limit: 10_000 });
  assert.match(text, /<code>ingress<\/code> <code>pods<\/code> \| <code>staging<\/code>/);
  assert.match(text, /pods\/a\.yaml .*add-ons <code>ingress<\/code> <code>pods<\/code>/);
});

Deno.test("planMermaid() draws add-ons before the staging hubs", () => {
  assert.ok(planMermaid(PLAN).includes('canary0["earth: ingress, pods, staging"]'));
});

Deno.test("countUpgrades() counts add-ons where there are any", () => {
  assert.match(countUpgrades(PLAN), /, 2 add-ons, /);
  assert.doesNotMatch(countUpgrades(EXAMPLE), /add-on/);
});
