import assert from "node:assert/strict";
import fc from "fast-check";
import type { Filtered } from "../../src/filter/filter.ts";
import { filteredTables, planTables } from "../../src/report/plan_tables.ts";
import { EMPTY, EXAMPLE, nasty, plans } from "./arbitraries.ts";

const PLAIN = { color: false, width: 200 };

Deno.test("planTables() gives each kind of leg a table, canaries first, then the notices", () => {
  assert.equal(
    planTables({ ...EXAMPLE, support_and_staging: EXAMPLE.support_and_staging.slice(0, 1) }, PLAIN),
    `\
Upgrades 1 support chart, 2 staging hubs and 2 prod hubs on 2 clusters

First: support charts and staging hubs
┌─────────┬──────────┬─────────┬──────────────┬──────────────────────────────────────────────────────────────────┐
│ Cluster │ Provider │ Support │ Staging hubs │ Why                                                              │
├─────────┼──────────┼─────────┼──────────────┼──────────────────────────────────────────────────────────────────┤
│ earth   │ gcp      │ yes     │ dask-staging │ support: config/clusters/earth/cluster.yaml (rule: cluster file) │
│         │          │         │ staging      │ staging: demo (rule: staging before prod)                        │
└─────────┴──────────┴─────────┴──────────────┴──────────────────────────────────────────────────────────────────┘

Then: prod hubs, where the canaries of their cluster passed
┌─────────┬────────────┬──────┬────────────────────────────────────────────────────────────────┐
│ Cluster │ Provider   │ Hub  │ Why                                                            │
├─────────┼────────────┼──────┼────────────────────────────────────────────────────────────────┤
│ earth   │ gcp        │ demo │ config/clusters/earth/demo.values.yaml (rule: hub values file) │
├─────────┼────────────┼──────┼────────────────────────────────────────────────────────────────┤
│ venus   │ kubeconfig │ prod │ deployer/a.py                                                  │
└─────────┴────────────┴──────┴────────────────────────────────────────────────────────────────┘

notice: Cluster venus has no staging hub
`,
  );
});

Deno.test("planTables() says that a plan upgrades nothing, and why", () => {
  assert.equal(planTables(EMPTY, PLAIN), "Nothing is upgraded.\n");
  assert.equal(
    planTables({ ...EMPTY, notices: [{ level: "warning", message: "a\nb" }] }, PLAIN),
    "Nothing is upgraded.\nwarning: a\\nb\n",
  );
});

Deno.test("planTables() leaves out a table without rows", () => {
  const { prod, support_and_staging } = EXAMPLE;
  assert.doesNotMatch(planTables({ ...EMPTY, prod }, PLAIN), /First:/);
  assert.doesNotMatch(planTables({ ...EMPTY, support_and_staging }, PLAIN), /Then:/);
});

Deno.test("planTables() fits the width", () => {
  for (const width of [90, 100, 120, 200]) {
    const lines = planTables(EXAMPLE, { color: false, width }).split("\n");
    assert.ok(lines.every((line) => line.length <= width), `${width}\n${lines.join("\n")}`);
  }
  const narrow = planTables(EXAMPLE, { color: false, width: 90 });
  assert.ok(narrow.split("\n").length > planTables(EXAMPLE, PLAIN).split("\n").length);
});

// deno-lint-ignore no-control-regex -- colour is made of control characters
const COLOR = /\x1b\[\d+m/g;

Deno.test("planTables() uses colour only where it is asked for, and says the same", () => {
  const plan = {
    ...EXAMPLE,
    notices: [...EXAMPLE.notices, { level: "warning" as const, message: "a" }],
  };
  for (const some of [plan, { ...EMPTY, notices: plan.notices }]) {
    const plain = planTables(some, PLAIN);
    const colored = planTables(some, { ...PLAIN, color: true });
    assert.doesNotMatch(plain, COLOR);
    assert.match(colored, COLOR);
    assert.equal(colored.replace(COLOR, ""), plain);
  }
});

Deno.test("planTables() ends each colour on the line where it begins", () => {
  const colored = planTables(EXAMPLE, { ...PLAIN, color: true });
  for (const line of colored.split("\n")) {
    const codes = line.match(COLOR) ?? [];
    assert.ok(codes.length % 2 === 0, JSON.stringify(line));
  }
});

Deno.test("planTables() hides nothing, and lets no line be a workflow command", () => {
  fc.assert(
    fc.property(plans(nasty), (plan) => {
      for (const line of planTables(plan, PLAIN).trimEnd().split("\n")) {
        assert.doesNotMatch(line, /[\p{C}\p{Zl}\p{Zp}]/u);
        assert.doesNotMatch(line, /^\s*::|##\[/);
      }
    }),
    { seed: 1, numRuns: 1_000 },
  );
});

Deno.test("planTables() has every row of a plan", () => {
  const name = fc.string({ unit: fc.constantFrom(..."abc"), minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(plans(name, 12), (plan) => {
      const text = planTables(plan, { color: false, width: 120 });
      const rows = text.split("\n").filter((line) => line.startsWith("│"))
        .map((line) => line.slice(1, -1).split("│").map((cell) => cell.trim()));
      const canaries = plan.support_and_staging.map((row) => [
        row.cluster_name,
        row.provider,
        row.upgrade_support ? "yes" : "",
        row.staging_hubs[0] ?? "",
      ]);
      const prod = plan.prod.map((row) => [row.cluster_name, row.provider, row.hub_name]);
      const found = (expected: readonly string[]) =>
        rows.some((row) => expected.every((cell, column) => row[column] === cell));
      for (const expected of [...canaries, ...prod]) {
        assert.ok(found(expected), `${expected}\n${text}`);
      }
      const frames = text.split("\n").filter((line) => line.startsWith("├")).length;
      assert.equal(frames, plan.support_and_staging.length + plan.prod.length);
    }),
    { seed: 2, numRuns: 500 },
  );
});

const FILTERED: Filtered = {
  passed: [{ cluster_name: "earth", provider: "gcp", hub_name: "prod" }],
  blocked: [{
    job: { cluster_name: "mars", provider: "aws", hub_name: "demo" },
    reason: "the canary failed",
  }],
};

Deno.test("filteredTables() says which hubs may deploy, which are blocked, and why", () => {
  assert.equal(
    filteredTables(FILTERED, PLAIN),
    `\
Prod hubs that may deploy: 1
┌─────────┬──────┐
│ Cluster │ Hub  │
├─────────┼──────┤
│ earth   │ prod │
└─────────┴──────┘

Prod hubs that are blocked: 1
┌─────────┬──────┬───────────────────┐
│ Cluster │ Hub  │ Why               │
├─────────┼──────┼───────────────────┤
│ mars    │ demo │ the canary failed │
└─────────┴──────┴───────────────────┘
`,
  );
});

Deno.test("filteredTables() leaves out a table without rows", () => {
  const { passed, blocked } = FILTERED;
  assert.doesNotMatch(filteredTables({ passed, blocked: [] }, PLAIN), /blocked/);
  assert.doesNotMatch(filteredTables({ passed: [], blocked }, PLAIN), /may deploy/);
});

Deno.test("filteredTables() uses colour only where it is asked for", () => {
  const colored = filteredTables(FILTERED, { ...PLAIN, color: true });
  assert.match(colored, COLOR);
  assert.equal(colored.replace(COLOR, ""), filteredTables(FILTERED, PLAIN));
});
