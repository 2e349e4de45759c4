import assert from "node:assert/strict";
import { parseOutputs } from "../workflows/shell.ts";
import { hubwright, type Ran } from "./fake_io.ts";
import { Sandbox } from "./sandbox.ts";

const prodLeg = (cluster_name: string, hub_name: string) => ({
  cluster_name,
  provider: "gcp",
  hub_name,
});
const canaryLeg = (cluster_name: string) => ({
  cluster_name,
  provider: "gcp",
  upgrade_support: true,
  staging_hubs: ["staging"],
});

const EARTH = prodLeg("earth", "prod");
const EARTH_2 = prodLeg("earth-2", "prod");
const MARS = prodLeg("azure.mars", "rover");

/** Four variables that let everything through. */
const FINE = {
  PROD_HUB_MATRIX_JOBS: JSON.stringify([MARS, EARTH, EARTH_2]),
  SUPPORT_AND_STAGING_MATRIX_JOBS: JSON.stringify([canaryLeg("azure.mars"), canaryLeg("earth")]),
  CANARY_RESULT: "success",
  CANARY_OUTPUTS: JSON.stringify({ "success_azure-mars": "true", success_earth: "true" }),
};

async function filtered(change: Readonly<Record<string, string | undefined>> = {}): Promise<
  Ran & { readonly passed: unknown; readonly summary: string }
> {
  await using temp = await Sandbox.create({ output: "", summary: "" });
  const env: Record<string, string> = {
    ...FINE,
    GITHUB_OUTPUT: temp.join("output"),
    GITHUB_STEP_SUMMARY: temp.join("summary"),
  };
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) delete env[name];
    else env[name] = value;
  }
  const ran = await hubwright(["filter"], { env });
  const { "prod-hub-matrix-jobs": passed, ...more } = parseOutputs(await temp.read("output"));
  assert.deepEqual(more, {});
  return {
    ...ran,
    passed: passed === undefined ? undefined : JSON.parse(passed),
    summary: await temp.read("summary"),
  };
}

Deno.test("filter lets everything through where all canaries passed", async () => {
  const { code, out, err, passed, summary } = await filtered();
  assert.deepEqual({ code, err }, { code: 0, err: "" });
  assert.deepEqual(passed, [MARS, EARTH, EARTH_2]);
  assert.match(out, /^Prod hubs that may deploy: 3\n/);
  assert.equal(out.includes("blocked"), false);
  assert.match(summary, /^## Prod hubs\n\n3 may deploy, 0 blocked\.\n/);
});

Deno.test("filter ends with 1 where it blocks a hub, and says the others all the same", async () => {
  const verdicts = { "success_azure-mars": "true", success_earth: "failure" };
  const { code, out, err, passed, summary } = await filtered({
    CANARY_RESULT: "failure",
    CANARY_OUTPUTS: JSON.stringify(verdicts),
  });
  assert.deepEqual({ code, err }, { code: 1, err: "" });
  assert.deepEqual(passed, [MARS, EARTH_2]);
  assert.match(
    out,
    /Prod hubs that are blocked: 1\n(?:.*\n){3}│ earth +│ prod +│ the canary failed │/,
  );
  assert.match(summary, /2 may deploy, 1 blocked\./);
  assert.match(summary, /\| <code>earth<\/code> \| <code>prod<\/code> \| <code>the canary failed/);
});

Deno.test("filter sets an empty list where it blocks every hub", async () => {
  const { code, passed } = await filtered({
    PROD_HUB_MATRIX_JOBS: JSON.stringify([EARTH]),
    CANARY_RESULT: "cancelled",
    CANARY_OUTPUTS: "{}",
  });
  assert.deepEqual({ code, passed }, { code: 1, passed: [] });
});

Deno.test("filter lets hubs through where no canary was planned", async () => {
  const { code, passed } = await filtered({
    SUPPORT_AND_STAGING_MATRIX_JOBS: "[]",
    CANARY_RESULT: "skipped",
    CANARY_OUTPUTS: "{}",
  });
  assert.deepEqual({ code, passed }, { code: 0, passed: [MARS, EARTH, EARTH_2] });
});

Deno.test("filter annotates what it blocks inside GitHub Actions", async () => {
  const { err } = await filtered({
    GITHUB_ACTIONS: "true",
    PROD_HUB_MATRIX_JOBS: JSON.stringify([EARTH, prodLeg("earth", "x\n::error::y")]),
    CANARY_RESULT: "failure",
    CANARY_OUTPUTS: JSON.stringify({ success_earth: "no%0A" }),
  });
  assert.deepEqual(err.split("\n"), [
    '::error::The prod hub prod of earth is blocked: the canary recorded "no%250A", which is no ' +
    "success",
    '::error::The prod hub x\\n::error::y of earth is blocked: the canary recorded "no%250A", ' +
    "which is no success",
    "",
  ]);
});

Deno.test("filter prints what it decides outside a workflow as well", async () => {
  const { code, out } = await hubwright(["filter"], { env: FINE });
  assert.equal(code, 0);
  assert.match(out, /^Prod hubs that may deploy: 3\n/);
});

for (
  const [what, change, message] of [
    ["without a variable", { PROD_HUB_MATRIX_JOBS: undefined }, "found nothing"],
    ["with an empty list's text missing", { PROD_HUB_MATRIX_JOBS: "" }, 'found the text ""'],
    [
      "with no JSON",
      { SUPPORT_AND_STAGING_MATRIX_JOBS: "[" },
      'expected a list of canary legs as JSON, found the text "["',
    ],
    ["with a mapping for a list", { PROD_HUB_MATRIX_JOBS: "{}" }, "expected a list"],
    [
      "with a misspelt field",
      { PROD_HUB_MATRIX_JOBS: '[{"cluster_name":"a","provider":"b","hub":"c"}]' },
      "[0]",
    ],
    [
      "with verdicts that are no text",
      { CANARY_OUTPUTS: '{"success_earth":true}' },
      "expected text",
    ],
    ["with verdicts in a list", { CANARY_OUTPUTS: "[]" }, "expected a mapping"],
    ["without a result", { CANARY_RESULT: "" }, "expected it not to be empty"],
  ] as const
) {
  Deno.test(`filter lets nothing through ${what}`, async () => {
    const { code, out, err, passed, summary } = await filtered(change);
    assert.deepEqual({ code, out, passed, summary }, {
      code: 1,
      out: "",
      passed: undefined,
      summary: "",
    });
    const [name = ""] = Object.keys(change);
    assert.ok(err.startsWith(`Cannot read "${name}`), err);
    assert.ok(err.includes(message), err);
    assert.match(err, /; the step that calls "hubwright filter" sets this variable\n$/);
  });
}

Deno.test("filter says all that is wrong with its variables at once", async () => {
  const { code, err } = await hubwright(["filter"]);
  assert.equal(code, 1);
  assert.deepEqual(
    err.trimEnd().split("\n").map((line) => /^Cannot read "(\w+)"/.exec(line)?.[1]),
    Object.keys(FINE),
  );
});
