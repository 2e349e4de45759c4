/** `filter` on hostile legs and verdicts, as a broken job before it might hand them over. */
import assert from "node:assert/strict";
import { NAMES } from "./names.ts";
import { Stage } from "./stage.ts";

/** How many legs GitHub makes of one matrix. */
const MOST = 256;

const NOTHING = {
  CANARY_RESULT: "success",
  CANARY_OUTPUTS: "{}",
  PROD_HUB_MATRIX_JOBS: "[]",
  CANARY_CLUSTERS: "[]",
};

const RUN = { GITHUB_RUN_ID: "456", GITHUB_RUN_ATTEMPT: "1" };

async function filter(stage: Stage, env: Partial<typeof NOTHING>) {
  const { code, outputs } = await stage.run(["filter"], { env: { ...RUN, ...NOTHING, ...env } });
  return [code, outputs["prod-hub-matrix-jobs"]];
}

const legOf = (cluster_name: string, hub_name: string) => ({
  cluster_name,
  provider: "gcp",
  hub_name,
});

const legsOf = (prod: readonly object[], canaries: readonly string[]) => ({
  PROD_HUB_MATRIX_JOBS: JSON.stringify(prod),
  CANARY_CLUSTERS: JSON.stringify(canaries),
});

Deno.test(`filter refuses hostile legs or shows them as text: ${NAMES.length} tried`, async () => {
  await using stage = await Stage.set();
  const { names } = stage.trap;
  for (const some of [names.slice(0, MOST), names.slice(MOST)]) {
    // Those of `earth` have no canary; every other has one that said nothing.
    const passing = some.map((name) => legOf("earth", name));
    const prod = some.flatMap((name, index) => [legOf(name, name), passing[index] ?? {}]);
    const [code, passed] = await filter(stage, legsOf(prod, some));
    assert.equal(code, 1);
    if (passed !== undefined) assert.deepEqual(passed, passing);
  }
});

Deno.test(`filter blocks hostile verdicts, and shows them as text: ${NAMES.length} tried`, async () => {
  await using stage = await Stage.set();
  const names = stage.trap.names.filter((name) => name !== "success@1");
  const clusters = names.map((_, index) => `c${index}`);
  const prod = clusters.map((cluster) => legOf(cluster, "prod"));
  const verdicts = names.map((name, index) => [`success_c${index}`, name]);
  for (const outputs of [verdicts, names.map((name) => [name, "success@1"])]) {
    const CANARY_OUTPUTS = JSON.stringify(Object.fromEntries(outputs));
    const ended = await filter(stage, { ...legsOf(prod, clusters), CANARY_OUTPUTS });
    assert.deepEqual(ended, [1, []]);
  }
  const one = legsOf(prod.slice(0, 1), clusters);
  for (const name of names.filter((name) => !name.includes("\0"))) {
    assert.deepEqual(await filter(stage, { ...one, CANARY_RESULT: name }), [1, []]);
  }
});

Deno.test(`filter refuses hostile text in place of JSON: ${NAMES.length} tried`, async () => {
  await using stage = await Stage.set();
  const [, ...variables] = Object.keys(NOTHING);
  for (const [index, text] of stage.trap.names.entries()) {
    const ended = await filter(stage, { [variables[index % variables.length] ?? ""]: text });
    assert.deepEqual(ended, [1, undefined]);
  }
});
