/** `filter` on hostile legs and verdicts, as a broken job before it might hand them over. */
import assert from "node:assert/strict";
import { hubwright } from "../cli/fake_io.ts";
import { Sandbox } from "../cli/sandbox.ts";
import { assertInertLog, assertOutputs } from "./inert.ts";
import { assertInertMarkdown } from "./inert_markdown.ts";
import { NAMES } from "./names.ts";
import { Trap } from "./trap.ts";

/** How many legs GitHub makes of one matrix. */
const MOST = 256;

/** Runs `filter`, and checks that whatever it says is text. */
async function filter(env: Readonly<Record<string, string>>) {
  await using temp = await Sandbox.create({ output: "", summary: "" });
  const ran = await hubwright(["filter"], {
    env: {
      GITHUB_ACTIONS: "true",
      GITHUB_OUTPUT: temp.join("output"),
      GITHUB_STEP_SUMMARY: temp.join("summary"),
      CANARY_RESULT: "success",
      CANARY_OUTPUTS: "{}",
      PROD_HUB_MATRIX_JOBS: "[]",
      SUPPORT_AND_STAGING_MATRIX_JOBS: "[]",
      ...env,
    },
  });
  assertInertLog(ran.out);
  assertInertLog(ran.err, { annotations: true });
  assertInertMarkdown(await temp.read("summary"));
  const output = await temp.read("output");
  return {
    ...ran,
    passed: output === ""
      ? undefined
      : assertOutputs(output, ["prod-hub-matrix-jobs"])["prod-hub-matrix-jobs"],
  };
}

const canaryOf = (cluster_name: string) => ({
  cluster_name,
  provider: "gcp",
  upgrade_support: true,
  staging_hubs: [cluster_name],
});

Deno.test(`filter refuses hostile legs or shows them as text: ${NAMES.length} tried`, async () => {
  await using trap = await Trap.set();
  const names = NAMES.map(({ text }) => trap.arm(text));
  for (const some of [names.slice(0, MOST), names.slice(MOST)]) {
    const prod = some.flatMap((name) => [
      { cluster_name: name, provider: name, hub_name: name },
      { cluster_name: "earth", provider: "gcp", hub_name: name },
    ]);
    const legs = {
      PROD_HUB_MATRIX_JOBS: JSON.stringify(prod),
      SUPPORT_AND_STAGING_MATRIX_JOBS: JSON.stringify(some.map(canaryOf)),
    };
    const { code, passed } = await filter(legs);
    assert.equal(code, 1);
    // Those of `earth` have no canary; every other has one that said nothing.
    if (passed !== undefined) assert.deepEqual(passed, prod.filter((_, index) => index % 2 === 1));
  }
  await trap.assertUnsprung();
});

Deno.test(`filter blocks hostile verdicts, and shows them as text: ${NAMES.length} tried`, async () => {
  await using trap = await Trap.set();
  const names = NAMES.map(({ text }) => trap.arm(text)).filter((name) => name !== "true");
  const prod = names.map((_, index) => ({
    cluster_name: `c${index}`,
    provider: "gcp",
    hub_name: "prod",
  }));
  const legs = {
    PROD_HUB_MATRIX_JOBS: JSON.stringify(prod),
    SUPPORT_AND_STAGING_MATRIX_JOBS: JSON.stringify(prod.map((leg) => canaryOf(leg.cluster_name))),
  };
  const verdicts = names.map((name, index) => [`success_c${index}`, name]);
  const named = names.map((name) => [name, "true"]);
  for (const outputs of [verdicts, named]) {
    const CANARY_OUTPUTS = JSON.stringify(Object.fromEntries(outputs));
    const { code, passed } = await filter({ ...legs, CANARY_OUTPUTS });
    assert.deepEqual([code, passed], [1, []]);
  }
  for (const name of names.filter((name) => !name.includes("\0"))) {
    const one = { ...legs, PROD_HUB_MATRIX_JOBS: JSON.stringify(prod.slice(0, 1)) };
    const { code, passed } = await filter({ ...one, CANARY_RESULT: name });
    assert.deepEqual([code, passed], [1, []]);
  }
  await trap.assertUnsprung();
});

Deno.test(`filter refuses hostile text in place of JSON: ${NAMES.length} tried`, async () => {
  await using trap = await Trap.set();
  for (const [index, { text }] of NAMES.entries()) {
    const variables = [
      "PROD_HUB_MATRIX_JOBS",
      "SUPPORT_AND_STAGING_MATRIX_JOBS",
      "CANARY_OUTPUTS",
    ] as const;
    const { code, passed } = await filter({ [variables[index % 3] ?? ""]: trap.arm(text) });
    assert.deepEqual([code, passed], [1, undefined]);
  }
  await trap.assertUnsprung();
});
