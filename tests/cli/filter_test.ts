import assert from "node:assert/strict";
import { FakeGitHub, TOKEN } from "../github/fake_github.ts";
import { parseOutputs } from "../workflows/shell.ts";
import { hubwright, type Ran } from "./fake_io.ts";
import { Sandbox } from "./sandbox.ts";

const prodLeg = (cluster_name: string, hub_name: string) => ({
  cluster_name,
  provider: "gcp",
  hub_name,
});
const EARTH = prodLeg("earth", "prod");
const EARTH_2 = prodLeg("earth-2", "prod");
const MARS = prodLeg("azure.mars", "rover");

/** The run, as the runner describes it. */
const RUN = { GITHUB_RUN_ID: "456", GITHUB_RUN_ATTEMPT: "1" };

/** Four variables that let everything through. */
const FINE = {
  PROD_HUB_MATRIX_JOBS: JSON.stringify([MARS, EARTH, EARTH_2]),
  CANARY_CLUSTERS: JSON.stringify(["azure.mars", "earth"]),
  CANARY_RESULT: "success",
  CANARY_OUTPUTS: JSON.stringify({ "success_azure-mars": "success@1", success_earth: "success@1" }),
};

async function filtered(change: Readonly<Record<string, string | undefined>> = {}): Promise<
  Ran & { readonly passed: unknown; readonly summary: string }
> {
  await using temp = await Sandbox.create({ output: "", summary: "" });
  const env: Record<string, string> = {
    ...RUN,
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
  const verdicts = { "success_azure-mars": "success@1", success_earth: "failure@1" };
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
    CANARY_CLUSTERS: "[]",
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
    '::error::The prod hub prod of earth is blocked: the canary recorded "no%250A", which is ' +
    "not a verdict",
    '::error::The prod hub x\\n::error::y of earth is blocked: the canary recorded "no%250A", ' +
    "which is not a verdict",
    "",
  ]);
});

Deno.test("filter prints what it decides outside a workflow as well", async () => {
  const { code, out } = await hubwright(["filter"], { env: { ...RUN, ...FINE } });
  assert.equal(code, 0);
  assert.match(out, /^Prod hubs that may deploy: 3\n/);
});

for (
  const [what, change, message] of [
    ["without a variable", { PROD_HUB_MATRIX_JOBS: undefined }, "found nothing"],
    [
      "where GitHub dropped a list",
      { PROD_HUB_MATRIX_JOBS: "" },
      'found the text ""; GitHub drops an output that contains a masked secret',
    ],
    ["where GitHub dropped the canaries", { CANARY_CLUSTERS: "" }, "contains a masked secret"],
    ["without an attempt", { GITHUB_RUN_ATTEMPT: undefined }, "found nothing"],
    ["with an attempt that is none", { GITHUB_RUN_ATTEMPT: "0" }, "a whole number from 1"],
    [
      "with no JSON",
      { CANARY_CLUSTERS: "[" },
      'expected a list of clusters as JSON, found the text "["',
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
    assert.match(
      err,
      /; (?:the step that calls "hubwright filter"|\S+ runner) sets this variable\n$/,
    );
  });
}

Deno.test("filter says all that is wrong with its variables at once", async () => {
  const { code, err } = await hubwright(["filter"]);
  assert.equal(code, 1);
  assert.deepEqual(
    err.trimEnd().split("\n").map((line) => /^Cannot read "(\w+)"/.exec(line)?.[1]),
    [...Object.keys(FINE), ...Object.keys(RUN)],
  );
});

/** A run that is run again, with the jobs that GitHub lists of it. */
async function filteredAgain(
  jobs: readonly (readonly [name: string, attempt: number])[],
  change: Readonly<Record<string, string>> = {},
) {
  await using github = new FakeGitHub();
  github.jobs.push(...jobs.map(([name, run_attempt]) => ({ name, run_attempt })));
  const ran = await filtered({
    GITHUB_API_URL: github.url,
    GITHUB_REPOSITORY: github.repository,
    GITHUB_RUN_ATTEMPT: "2",
    GITHUB_TOKEN: TOKEN,
    ...change,
  });
  return { ...ran, calls: github.requests.map(({ path, query }) => `${path}${query}`) };
}

const MARS_AGAIN = [["Canary: azure.mars", 1], ["Canary: azure.mars", 2]] as const;

Deno.test("filter believes in a re-run only what the latest attempt of a leg recorded", async () => {
  const { code, passed, err, calls } = await filteredAgain([
    ["Generate jobs", 1],
    ["Canary: earth", 1],
    ...MARS_AGAIN,
    ["Filter prod hubs", 2],
  ]);
  assert.deepEqual({ code, passed, err }, { code: 1, passed: [EARTH, EARTH_2], err: "" });
  assert.deepEqual(calls, [
    "/repos/octo/infrastructure/actions/runs/456/jobs?filter=all&per_page=100",
  ]);
});

Deno.test("filter lets through in a re-run what was run again and succeeded", async () => {
  const verdicts = { "success_azure-mars": "success@2", success_earth: "success@1" };
  const { code, passed } = await filteredAgain([["Canary: earth", 1], ...MARS_AGAIN], {
    CANARY_OUTPUTS: JSON.stringify(verdicts),
  });
  assert.deepEqual({ code, passed }, { code: 0, passed: [MARS, EARTH, EARTH_2] });
});

for (
  const [what, change, message] of [
    ["a token", { GITHUB_TOKEN: "" }, /expected a token, found none/],
    ["an address", { GITHUB_API_URL: "" }, /set GITHUB_API_URL/],
    ["a token that may read jobs", { GITHUB_TOKEN: "other" }, /^Cannot read the jobs of run 456: /],
  ] as const
) {
  Deno.test(`filter lets nothing through in a re-run without ${what}`, async () => {
    const { code, passed, err } = await filteredAgain([["Canary: earth", 2]], change);
    assert.deepEqual({ code, passed }, { code: 1, passed: undefined });
    assert.match(err, message);
  });
}
