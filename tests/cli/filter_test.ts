import assert from "node:assert/strict";
import { FakeGitHub, TOKEN } from "../github/fake_github.ts";
import { hubwright, printed, type Ran } from "./fake_io.ts";
import { stepFiles } from "./step_files.ts";

const prodLeg = (cluster_name: string, hub_name: string) => (
  { cluster_name, provider: "gcp", hub_name }
);
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

/** Runs `filter` with those variables but for a change: a variable without a value is not set. */
async function filtered(change: Readonly<Record<string, string | undefined>> = {}): Promise<
  Ran & { readonly passed: unknown; readonly summary: string }
> {
  await using step = await stepFiles();
  const set = Object.entries({ ...RUN, ...FINE, ...step.env, ...change })
    .filter((entry): entry is [string, string] => entry[1] !== undefined);
  const ran = await hubwright(["filter"], { env: Object.fromEntries(set) });
  const { "prod-hub-matrix-jobs": passed, shards, ...more } = await step.outputs();
  assert.deepEqual(more, {});
  assert.equal(shards && JSON.stringify(JSON.parse(shards).flat()), passed);
  return {
    ...ran,
    passed: passed === undefined ? undefined : JSON.parse(passed),
    summary: await step.summary(),
  };
}

Deno.test("filter lets everything through where all canaries passed", async () => {
  const { code, out, err, passed, summary } = await filtered();
  assert.deepEqual([code, err, passed], [0, "", [MARS, EARTH, EARTH_2]]);
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
  assert.deepEqual([code, err, passed], [1, "", [MARS, EARTH_2]]);
  assert.match(
    out,
    /Prod hubs that are blocked: 1\n(?:.*\n){3}│ earth +│ prod +│ the canary failed │/,
  );
  assert.match(summary, /2 may deploy, 1 blocked\./);
  assert.match(summary, /\| <code>earth<\/code> \| <code>prod<\/code> \| <code>the canary failed/);
});

Deno.test("filter blocks every hub or none, as the canaries say", async () => {
  const none = { CANARY_OUTPUTS: "{}", PROD_HUB_MATRIX_JOBS: JSON.stringify([EARTH]) };
  const blocked = await filtered({ ...none, CANARY_RESULT: "cancelled" });
  assert.deepEqual([blocked.code, blocked.passed], [1, []]);
  const free = await filtered({ ...none, CANARY_RESULT: "skipped", CANARY_CLUSTERS: "[]" });
  assert.deepEqual([free.code, free.passed], [0, [EARTH]]);
});

Deno.test("filter annotates what it blocks inside GitHub Actions", async () => {
  const { err } = await filtered({
    GITHUB_ACTIONS: "true",
    PROD_HUB_MATRIX_JOBS: JSON.stringify([EARTH, prodLeg("earth", "x\n::error::y")]),
    CANARY_RESULT: "failure",
    CANARY_OUTPUTS: JSON.stringify({ success_earth: "no%0A" }),
  });
  const why = 'of earth is blocked: the canary recorded "no%250A", which is not a verdict';
  assert.deepEqual(err.split("\n"), [
    `::error::The prod hub prod ${why}`,
    `::error::The prod hub x\\n::error::y ${why}`,
    "",
  ]);
});

Deno.test("filter of a wave decides about its clusters alone, by what all its canary jobs say", async () => {
  const canaries = [
    { success_earth: "", "success_azure-mars": "success@1" },
    { success_earth: "failure@1", "success_azure-mars": "" },
  ];
  const wave = {
    CANARY_OUTPUTS: JSON.stringify(canaries),
    CANARY_RESULT: "success failure",
    WAVE_CLUSTERS: '["azure.mars","earth"]',
    EARLIER_RESULTS: "success skipped",
  };
  const { code, passed, err } = await filtered(wave);
  assert.deepEqual([code, err, passed], [1, "", [MARS]]);
  const stopped = await filtered({ ...wave, EARLIER_RESULTS: "success cancelled" });
  assert.deepEqual([stopped.code, stopped.passed], [1, []]);
});

Deno.test("filter prints what it decides outside a workflow as well", async () => {
  assert.match(
    await printed(["filter"], { env: { ...RUN, ...FINE } }),
    /^Prod hubs that may deploy: 3\n/,
  );
});

/** What no list may be: it is what GitHub makes of an output that holds a secret. */
const DROPPED = 'found the text ""; GitHub drops an output that contains a masked secret';

for (
  const [name, value, message] of [
    ["PROD_HUB_MATRIX_JOBS", undefined, "found nothing"],
    ["PROD_HUB_MATRIX_JOBS", "", DROPPED],
    ["PROD_HUB_MATRIX_JOBS", "{}", "expected a list"],
    ["PROD_HUB_MATRIX_JOBS", '[{"cluster_name":"a","provider":"b","hub":"c"}]', "[0]"],
    ["CANARY_CLUSTERS", "", DROPPED],
    ["CANARY_CLUSTERS", "[", 'expected a list of clusters as JSON, found the text "["'],
    ["CANARY_OUTPUTS", '{"success_earth":true}', "expected text"],
    ["CANARY_OUTPUTS", "[]", "expected a mapping"],
    ["CANARY_RESULT", "", "expected it not to be empty"],
    ["GITHUB_RUN_ATTEMPT", undefined, "found nothing"],
    ["GITHUB_RUN_ATTEMPT", "0", "a whole number from 1"],
  ] as const
) {
  Deno.test(`filter lets nothing through where ${name} is ${JSON.stringify(value)}`, async () => {
    const { err, ...ran } = await filtered({ [name]: value });
    assert.deepEqual(ran, { code: 1, out: "", passed: undefined, summary: "" });
    assert.ok(err.startsWith(`Cannot read "${name}`), err);
    assert.ok(err.includes(message), err);
    const setter = name.startsWith("GITHUB")
      ? "GitHub's runner"
      : 'the step that calls "hubwright filter"';
    assert.ok(err.endsWith(`; ${setter} sets this variable\n`), err);
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

Deno.test("filter believes in a re-run only what the latest attempt of a leg recorded", async () => {
  const earth = ["Canary (earth, gcp, true)", 1] as const;
  const mars = "Canary (azure.mars, gcp, true)";
  const jobs = [["Generate jobs", 1], earth, [mars, 1], [mars, 2], ["Filter", 2]] as const;
  const { code, passed, err, calls } = await filteredAgain(jobs);
  assert.deepEqual({ code, passed, err }, { code: 1, passed: [EARTH, EARTH_2], err: "" });
  const list = "/repos/octo/infrastructure/actions/runs/456/jobs?filter=all&per_page=100";
  assert.deepEqual(calls, [list]);
  const verdicts = { "success_azure-mars": "success@2", success_earth: "success@1" };
  const again = await filteredAgain(jobs, { CANARY_OUTPUTS: JSON.stringify(verdicts) });
  assert.deepEqual([again.code, again.passed], [0, [MARS, EARTH, EARTH_2]]);
});

for (
  const [what, change, message] of [
    ["a token", { GITHUB_TOKEN: "" }, /expected a token, found none/],
    ["an address", { GITHUB_API_URL: "" }, /set GITHUB_API_URL/],
    ["a token that may read jobs", { GITHUB_TOKEN: "other" }, /^Cannot read the jobs of run 456: /],
  ] as const
) {
  Deno.test(`filter lets nothing through in a re-run without ${what}`, async () => {
    const { code, passed, err } = await filteredAgain([["Canary (earth, gcp, true)", 2]], change);
    assert.deepEqual({ code, passed }, { code: 1, passed: undefined });
    assert.match(err, message);
  });
}
