import assert from "node:assert/strict";
import { buildChartGraph } from "../../src/plan/charts.ts";
import { decide } from "../../src/plan/decide.ts";
import { type Cause, writeCauses } from "../../src/plan/reason.ts";
import { DEFAULT_PATTERNS, fullCluster, inputOf, rulesFor } from "./arbitraries.ts";
import { chartAt } from "./chart_arbitraries.ts";

const GRAPH = buildChartGraph("helm-charts", [
  ...["basehub", "lonely"].map((name) => chartAt(`helm-charts/${name}`)),
]);

for (const chart of ["basehub", "lonely"]) {
  Deno.test(`decide() looks at each hub as often for 500 files of ${chart} as for one`, () => {
    let looks = 0;
    const hub = (index: number) => ({
      ...{ name: `hub-${index}`, staging: index === 0, valuesFiles: [] },
      get chart() {
        looks++;
        return "basehub";
      },
    });
    const hubs = Array.from({ length: 600 }, (_, index) => hub(index));
    const clusters = [{ ...fullCluster, hubs }];
    const rules = rulesFor(DEFAULT_PATTERNS, clusters, GRAPH);
    const decideFor = (count: number) => {
      looks = 0;
      const file = (index: number) => `helm-charts/${chart}/templates/${index}.yaml`;
      const changed = Array.from({ length: count }, (_, index) => file(index));
      decide(inputOf({ clusters, changed, rules, byKeys: true }));
      return looks;
    };
    assert.ok(decideFor(1) >= hubs.length);
    assert.equal(decideFor(500), decideFor(1));
  });
}

Deno.test("writeCauses() looks at causes that releases share once", () => {
  let looks = 0;
  const counting = (rule: string): Cause => ({
    rule,
    get subjects() {
      looks++;
      return ["deployer/a.py"];
    },
  });
  const causes = [counting("all hubs"), counting("chart"), counting("chart")];
  writeCauses(causes);
  const once = looks;
  for (let release = 0; release < 100; release++) writeCauses([...causes]);
  assert.ok(once > 0);
  assert.equal(looks, once);
});
