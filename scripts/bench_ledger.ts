/**
 * Measures `plan` with a ledger as whole processes, beside `plan --base` without one, in turn, so that
 * all of them meet the same machine. GitHub is a server on loopback that answers at once. What is
 * built is measured, or the entry that is given.
 *
 * @module
 */
import type { Plan } from "../src/plan/schema.ts";
import { drawTable } from "../src/report/draw_table.ts";
import { Sandbox } from "../tests/cli/sandbox.ts";
import { makeHistory } from "./fleet_history.ts";
import { mustRun } from "./must_run.ts";
import { print } from "./print.ts";

const SIZE = { clusters: 30, hubs: 171 };
const PUSHES = 200;
const OWED = 50;
const RUNS = 30;
/** How many times a plan without a ledger one with it may take where nothing is owed. */
const MOST = 1.2;

const built = new URL("../dist/hubwright.js", import.meta.url).pathname;
const entry = Deno.realPathSync(Deno.args[0] ?? built);
const flags = entry === built ? ["--no-npm", "--no-remote", "--no-lock", "-A"] : ["-A"];

await using repository = await Sandbox.create();
await repository.git("init", "--quiet", "--initial-branch=main");
await makeHistory(repository.path, SIZE, PUSHES);
await repository.git("checkout", "--quiet", "main");
const line = await repository.git("rev-list", "--reverse", "main");
const [first = "", ...pushes] = line.split("\n");
const [before = "", head = ""] = pushes.slice(-2);

/** Each of some hubs was up to date at another commit, in turn blocked and failed since. */
const owed = Array.from({ length: OWED }, (_, index) => ({
  cluster: `cluster-${index % SIZE.clusters}`,
  release: index < SIZE.clusters ? "hub-1" : "hub-2",
  base: pushes[Math.floor(index * PUSHES / OWED)] ?? first,
  outcome: index % 2 === 0 ? "blocked" : "failed",
  run: 1,
  attempt: 1,
}));
const RECORDS: Readonly<Record<string, { readonly as_of: string; readonly owed: unknown[] }>> = {
  nothing: { as_of: before, owed: [] },
  owed: { as_of: before, owed },
  lost: { as_of: first, owed: [] },
};
await repository.write("plain.ts", "export default {};\n");
for (const name of Object.keys(RECORDS)) {
  const ledger = JSON.stringify({ since: first, environment: name });
  await repository.write(`${name}.ts`, `export default { ledger: ${ledger} };\n`);
}
await repository.write("empty.js", "");
await repository.write(
  "request.js",
  "await (await fetch(Deno.env.get('GITHUB_API_URL'))).text();\n",
);

await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);

/** Answers as GitHub does: no pull request is behind a commit, and each environment has a record. */
function answer({ url }: Request): Response {
  const environment = new URL(url).searchParams.get("environment") ?? "";
  const record = RECORDS[environment];
  if (record === undefined) return Response.json([]);
  return Response.json([{
    id: 1,
    sha: record.as_of,
    task: "deploy:hubwright",
    environment,
    payload: { version: 1, ...record },
    created_at: "2026-11-26T12:00:00Z",
  }]);
}

const plan = (config: string, ...args: readonly string[]) => [
  ...[...flags, entry, "plan", "--format", "json", "--labels", "[]"],
  ...["--config", repository.join(`${config}.ts`), "--head", head, ...args],
];
const PUSH = { GITHUB_EVENT_NAME: "push" };
const PROCESSES = [
  { name: "empty script", args: ["-A", "empty.js"] },
  { name: "a script that asks once", args: ["-A", "request.js"] },
  { name: "plan --base, no ledger", args: plan("plain", "--base", before) },
  { name: "plan, nothing owed", args: plan("nothing", "--before", before), env: PUSH },
  {
    name: `plan, ${OWED} owed over ${PUSHES} pushes`,
    args: plan("owed", "--before", before),
    env: PUSH,
  },
  {
    name: `plan, ${PUSHES} pushes without a record`,
    args: plan("lost", "--before", before),
    env: PUSH,
  },
];

const times = PROCESSES.map((): number[] => []);
const planned = PROCESSES.map(() => "");
for (let round = -2; round < RUNS; round++) {
  for (const [index, { args, env = {} }] of PROCESSES.entries()) {
    const start = performance.now();
    const out = await mustRun(Deno.execPath(), ["run", ...args], {
      cwd: repository.path,
      env: {
        ...{ GITHUB_ACTIONS: "", GITHUB_OUTPUT: "", GITHUB_STEP_SUMMARY: "", RERUN: "" },
        ...{ GITHUB_TOKEN: "token", GITHUB_REPOSITORY: "octo/infrastructure" },
        ...{
          GITHUB_EVENT_NAME: "",
          GITHUB_API_URL: `http://127.0.0.1:${server.addr.port}`,
          ...env,
        },
      },
    });
    // The first rounds fill Deno's caches.
    if (round >= 0) times[index]?.push(performance.now() - start);
    else if (out !== "") planned[index] = `${countUpgrades(JSON.parse(out))}`;
  }
}
const medians = times.map((all) => all.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0);
const [empty = 0, asking = 0, without = 1, ...withLedger] = medians;
const ratios = withLedger.map((time) => (time - (asking - empty)) / without);
print(
  `${SIZE.clusters} clusters, ${SIZE.hubs} hubs; ${RUNS} runs of each; ratios without the request\n`,
);
print(
  drawTable(
    ["process", "upgrades", "median", "fastest", "times plan --base", "goal"],
    PROCESSES.map(({ name }, index) => [
      name,
      planned[index] ?? "",
      `${medians[index]?.toFixed(1)} ms`,
      `${Math.min(...times[index] ?? []).toFixed(1)} ms`,
      ratios[index - 3]?.toFixed(2) ?? "",
      index === 3 ? `at most ${MOST}` : "",
    ]),
    { color: false, width: 120 },
  ),
);

function countUpgrades({ support_and_staging, prod }: Plan): number {
  return support_and_staging.reduce(
    (sum, { upgrade_support, staging_hubs }) => sum + Number(upgrade_support) + staging_hubs.length,
    prod.length,
  );
}
