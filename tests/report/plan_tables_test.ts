import assert from "node:assert/strict";
import { filteredTables, planTablePieces } from "../../src/report/plan_tables.ts";
import { EMPTY, EXAMPLE, FILTERED } from "./arbitraries.ts";

const PLAIN = { color: false, width: 200 };

const planTables = (...input: Parameters<typeof planTablePieces>) =>
  [...planTablePieces(...input)].join("");

Deno.test("planTablePieces() gives each kind of leg a table, canaries first, then the notices", () => {
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

Deno.test("planTablePieces() says that a plan upgrades nothing, and why", () => {
  assert.equal(planTables(EMPTY, PLAIN), "Nothing is upgraded.\n");
  assert.equal(
    planTables({ ...EMPTY, notices: [{ level: "warning", message: "a\nb" }] }, PLAIN),
    "Nothing is upgraded.\nwarning: a\\nb\n",
  );
});

Deno.test("planTablePieces() leaves out a table without rows", () => {
  const { prod, support_and_staging } = EXAMPLE;
  assert.doesNotMatch(planTables({ ...EMPTY, prod }, PLAIN), /First:/);
  assert.doesNotMatch(planTables({ ...EMPTY, support_and_staging }, PLAIN), /Then:/);
});

// deno-lint-ignore no-control-regex -- colour is made of control characters
const COLOR = /\x1b\[\d+m/g;

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

Deno.test("planTablePieces() and filteredTables() use colour only where it is wanted, line by line", () => {
  const notices = [...EXAMPLE.notices, { level: "warning" as const, message: "a" }];
  const draw = (color: boolean) =>
    [{ ...EXAMPLE, notices }, { ...EMPTY, notices }].map((plan) =>
      planTables(plan, { color, width: 99 })
    )
      .concat(filteredTables(FILTERED, { color, width: 99 }));
  draw(true).forEach((colored, index) => {
    assert.match(colored, COLOR);
    assert.equal(colored.replace(COLOR, ""), draw(false)[index]);
    for (const line of colored.split("\n")) assert.equal((line.match(COLOR) ?? []).length % 2, 0);
  });
});

Deno.test("planTablePieces() gives each wave that upgrades anything its tables, in order", () => {
  const titles = (plan: typeof EXAMPLE) =>
    planTables(plan, PLAIN).split("\n").flatMap((line) =>
      /^(?:Wave|First|Then)/.test(line) ? [line] : /^│ (?!Cluster)\w+/.exec(line)?.[0] ?? []
    );
  assert.deepEqual(titles({ ...EXAMPLE, waves: [["venus"], [], ["earth", "mars"]] }), [
    "Wave 1",
    "Then: prod hubs, where the canaries of their cluster passed",
    "│ venus",
    "Wave 3, where nothing failed in wave 1",
    "First: support charts and staging hubs",
    "│ earth",
    "│ mars",
    "Then: prod hubs, where the canaries of their cluster passed",
    "│ earth",
  ]);
  const fleet = titles({ ...EXAMPLE, gate: "fleet", waves: [["venus", "earth", "mars"]] });
  assert.ok(
    fleet.includes("Then: prod hubs, where the canaries of all clusters of the wave passed"),
  );
});
