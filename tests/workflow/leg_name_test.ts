import assert from "node:assert/strict";
import { isLegOf, legName } from "../../src/workflow/leg_name.ts";

const LAKE = { cluster_name: "lake", provider: "gcp", upgrade_support: true, staging_hubs: ["a"] };
const LONG = "c".repeat(99);

Deno.test("legName() is the job's name with all that is in the matrix, as GitHub makes it", () => {
  const cases: readonly (readonly [matrix: unknown, name: string])[] = [
    [{ jobs: LAKE }, "Canary (lake, gcp, true, a)"],
    [{ jobs: { ...LAKE, upgrade_support: false, staging_hubs: [] } }, "Canary (lake, gcp, false)"],
    [{ os: "linux", node: 20, x: null, empty: "" }, "Canary (linux, 20)"],
    [{}, "Canary"],
    [{ jobs: { a: "x".repeat(90) } }, `Canary (${"x".repeat(90)})`],
    [{ jobs: { a: LONG } }, `Canary (${"c".repeat(89)}...`],
  ];
  for (const [matrix, name] of cases) assert.equal(legName("Canary", matrix), name);
});

Deno.test("isLegOf() knows a leg by the first value of its matrix, however long it is", () => {
  const of = (cluster: string) => legName("Canary", { jobs: { ...LAKE, cluster_name: cluster } });
  for (const cluster of ["lake", "lake-west", "a", LONG, LONG.slice(10), LONG.slice(11)]) {
    assert.ok(isLegOf(of(cluster), "Canary", cluster), cluster);
    assert.ok(isLegOf(legName("Canary", { cluster }), "Canary", cluster), cluster);
  }
  for (const name of [of("lake-west"), of("lak"), "Canary", "Canary (lake", "Prod hub (lake, a)"]) {
    assert.ok(!isLegOf(name, "Canary", "lake"), name);
  }
});
