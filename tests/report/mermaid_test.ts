import assert from "node:assert/strict";
import fc from "fast-check";
import { visible } from "../../src/text/visible.ts";
import { planMermaid } from "../../src/report/mermaid.ts";
import { EMPTY, EXAMPLE, nasty, plans } from "./arbitraries.ts";

Deno.test("planMermaid() draws nothing where a picture would say less than the tables", () => {
  const [leg] = EXAMPLE.support_and_staging;
  const [row] = EXAMPLE.prod;
  assert.ok(leg !== undefined && row !== undefined);
  const hubs = (count: number, hub_name = row.hub_name) => Array(count).fill({ ...row, hub_name });
  const draw = (prod: readonly (typeof row)[]) =>
    planMermaid({ ...EMPTY, support_and_staging: [leg], prod: [...prod] });
  assert.ok(draw(hubs(2)).includes('prod0(["earth: demo, demo"])'));
  assert.ok(draw(hubs(100)).includes('prod0(["earth: 100 prod hubs"])'));
  assert.equal(draw(hubs(20, "h".repeat(2_000))), "", "long names");
  assert.equal(planMermaid({ ...EMPTY, prod: hubs(5) }), "", "no gate");
  const many = Array.from({ length: 11 }, (_, index) => ({ ...row, cluster_name: `c${index}` }));
  assert.equal(draw(many), "", "many clusters");
});

Deno.test("planMermaid() takes a cluster's name for a name alone, not for one that it begins", () => {
  const prod = EXAMPLE.prod.map((row) => ({ ...row, cluster_name: "earth-2" }));
  assert.doesNotMatch(planMermaid({ ...EXAMPLE, prod }), /-->/);
});

/** A line of the chart: a canary, prod hubs, or both. */
const LINE =
  /^ {2}(?:canary\d+\["(?<canary>[^"]*)"\])?(?: -->\|passed\| )?(?:prod\d+\(\["(?<prod>[^"]*)"\]\))?$/;

Deno.test("planMermaid() lets no name be more than a label", () => {
  let drawn = 0;
  fc.assert(
    fc.property(plans(nasty), (random) => {
      const clusters = random.support_and_staging.map((row) => row.cluster_name);
      const prod = random.prod.map((row, index) => ({
        ...row,
        cluster_name: clusters[index % clusters.length] ?? row.cluster_name,
      }));
      const plan = { ...random, prod };
      const text = planMermaid(plan);
      if (text === "") return;
      drawn++;
      const lines = text.split("\n");
      assert.deepEqual(lines.slice(0, 3), ["", "```mermaid", "flowchart LR"]);
      assert.deepEqual(lines.slice(-2), ["```", ""]);
      const labels = lines.slice(3, -2).flatMap((line) => {
        const { canary, prod } = LINE.exec(line)?.groups ?? {};
        assert.ok((canary ?? prod) !== undefined, line);
        return [canary, prod].filter((label) => label !== undefined);
      }).map((label) => {
        assert.match(label, /^(?:[A-Za-z0-9 ,.:_-]|#\d+;)*$/);
        return label.replace(/#(\d+);/g, (_, point) => String.fromCodePoint(Number(point)));
      });
      for (const [cluster, rows] of Map.groupBy(plan.prod, (row) => row.cluster_name)) {
        const hubs = rows.map((row) => row.hub_name).join(", ");
        assert.ok(labels.includes(visible(`${cluster}: ${hubs}`)), `${cluster} in ${labels}`);
      }
    }),
    { seed: 1, numRuns: 1_000 },
  );
  assert.ok(drawn > 200, `${drawn} charts`);
});

Deno.test("planMermaid() draws one gate for a fleet that is one", () => {
  const prod = EXAMPLE.prod.map((row) => ({ ...row, cluster_name: "earth-2" }));
  const picture = planMermaid({ ...EXAMPLE, prod, gate: "fleet" });
  assert.match(picture, /canary\d\["earth: .*"\] --> gate\{\{"all passed"\}\}/);
  assert.match(picture, /gate\{\{"all passed"\}\} --> prod\d\(\["earth-2: /);
  assert.equal(planMermaid({ ...EXAMPLE, support_and_staging: [], gate: "fleet" }), "");
});

Deno.test("planMermaid() puts waves around their clusters, one after the other", () => {
  const text = planMermaid({ ...EXAMPLE, waves: [["mars"], [], ["earth", "venus"]] });
  assert.equal(
    text,
    `
\`\`\`mermaid
flowchart LR
  subgraph wave1["wave 1"]
    canary0["mars: support chart"]
  end
  subgraph wave3["wave 3"]
    canary1["earth: support chart, dask-staging, staging"] -->|passed| prod1(["earth: demo"])
    prod2(["venus: prod"])
  end
  wave1 -->|nothing failed| wave3
\`\`\`
`,
  );
});

Deno.test("planMermaid() gives each wave of a fleet a gate, and draws waves that have none", () => {
  const gated = planMermaid({ ...EXAMPLE, gate: "fleet", waves: [["earth"], ["mars", "venus"]] });
  assert.match(gated, /canary0\["earth: .*"\] --> gate1\{\{/);
  assert.match(gated, /gate2\{\{"all passed"\}\} --> prod2\(\["venus: /);
  const [, venus] = EXAMPLE.prod;
  assert.ok(venus !== undefined);
  const prod = [{ ...venus, cluster_name: "mars" }, venus];
  const ungated = { ...EMPTY, prod };
  assert.match(planMermaid({ ...ungated, waves: [["mars"], ["venus"]] }), /wave1 -->.* wave2/);
  assert.equal(planMermaid({ ...ungated, waves: [["mars", "venus"]] }), "");
});
