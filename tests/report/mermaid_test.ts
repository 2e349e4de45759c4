import assert from "node:assert/strict";
import fc from "fast-check";
import { visible } from "../../src/text/visible.ts";
import { planMermaid } from "../../src/report/mermaid.ts";
import { EMPTY, EXAMPLE, nasty, plans } from "./arbitraries.ts";

Deno.test("planMermaid() draws which canary gates which prod hubs", () => {
  assert.equal(
    planMermaid(EXAMPLE),
    `\`\`\`mermaid
flowchart LR
  canary0["earth: support chart, dask-staging, staging"]
  canary1["mars: support chart"]
  canary0 -->|passed| prod0(["earth: demo"])
  prod1(["venus: prod"])
\`\`\`
`,
  );
});

Deno.test("planMermaid() draws nothing for a plan that upgrades nothing", () => {
  assert.equal(planMermaid(EMPTY), "");
  assert.equal(planMermaid({ ...EMPTY, notices: EXAMPLE.notices }), "");
});

Deno.test("planMermaid() draws nothing where a picture would say less than the tables", () => {
  const [row] = EXAMPLE.prod;
  assert.ok(row !== undefined);
  assert.ok(planMermaid({ ...EMPTY, prod: Array(30).fill(row) }).includes("prod29"));
  assert.equal(planMermaid({ ...EMPTY, prod: Array(500).fill(row) }), "");
  const long = { ...row, hub_name: "h".repeat(2_000) };
  assert.equal(planMermaid({ ...EMPTY, prod: Array(30).fill(long) }), "");
});

Deno.test("planMermaid() takes a cluster's name for a name alone, not for one that it begins", () => {
  const prod = EXAMPLE.prod.map((row) => ({ ...row, cluster_name: "earth-2" }));
  assert.doesNotMatch(planMermaid({ ...EXAMPLE, prod }), /-->/);
});

/** A line of the chart: a canary, or a prod hub with or without what gates it. */
const LINE =
  /^ {2}(?:canary\d+\["(?<canary>[^"]*)"\]|(?:canary\d+ -->\|passed\| )?prod\d+\(\["(?<prod>[^"]*)"\]\))$/;

Deno.test("planMermaid() lets no name be more than a label", () => {
  let drawn = 0;
  fc.assert(
    fc.property(plans(nasty), (plan) => {
      const text = planMermaid(plan);
      if (text === "") return;
      drawn++;
      const lines = text.split("\n");
      assert.deepEqual(lines.slice(0, 2), ["```mermaid", "flowchart LR"]);
      assert.deepEqual(lines.slice(-2), ["```", ""]);
      const labels = lines.slice(2, -2).map((line) => {
        const { canary, prod } = LINE.exec(line)?.groups ?? {};
        const label = canary ?? prod ?? `no line of a chart: ${line}`;
        assert.match(label, /^(?:[A-Za-z0-9 ,.:_-]|#\d+;)*$/);
        return label.replace(/#(\d+);/g, (_, point) => String.fromCodePoint(Number(point)));
      });
      assert.deepEqual(labels, [
        ...plan.support_and_staging.map((row) => {
          const steps = [...row.upgrade_support ? ["support chart"] : [], ...row.staging_hubs];
          return visible(`${row.cluster_name}: ${steps.join(", ")}`);
        }),
        ...plan.prod.map((row) => visible(`${row.cluster_name}: ${row.hub_name}`)),
      ]);
    }),
    { seed: 1, numRuns: 1_000 },
  );
  assert.ok(drawn > 500, `${drawn} charts`);
});
