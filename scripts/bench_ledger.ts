/**
 * Measures `plan` with a ledger as whole processes, beside `plan --base` without one. GitHub is a
 * server on loopback that answers at once. What is built is measured, or the entry that is given.
 *
 * @module
 */
import type { Plan } from "../src/plan/schema.ts";
import { fleetRepository } from "./fleet_history.ts";
import { ENTRY, FLAGS, measureInTurn } from "./measure_process.ts";
import { print, printTable } from "./print.ts";

const SIZE = { clusters: 30, hubs: 171 };
const PUSHES = 200;
const OWED = 50;
const RUNS = 30;
/** How many times a plan without a ledger one with it may take where nothing is owed. */
const MOST = 1.2;

const entry = Deno.realPathSync(Deno.args[0] ?? ENTRY);
const flags = entry === ENTRY ? FLAGS : ["-A"];

await using repository = await fleetRepository(SIZE, PUSHES);
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
const AT_GITHUB = {
  ...{ RERUN: "", GITHUB_TOKEN: "token", GITHUB_REPOSITORY: "octo/infrastructure" },
  ...{ GITHUB_EVENT_NAME: "", GITHUB_API_URL: `http://127.0.0.1:${server.addr.port}` },
};
const PUSH = { ...AT_GITHUB, GITHUB_EVENT_NAME: "push" };
const PROCESSES = [
  { name: "empty script", args: ["-A", "empty.js"], env: AT_GITHUB },
  { name: "a script that asks once", args: ["-A", "request.js"], env: AT_GITHUB },
  { name: "plan --base, no ledger", args: plan("plain", "--base", before), env: AT_GITHUB },
  ...[
    ["plan, nothing owed", "nothing"] as const,
    [`plan, ${OWED} owed over ${PUSHES} pushes`, "owed"] as const,
    [`plan, ${PUSHES} pushes without a record`, "lost"] as const,
  ].map(([name, record]) => ({ name, args: plan(record, "--before", before), env: PUSH })),
];

const measured = await measureInTurn(PROCESSES, repository.path, RUNS);
const [empty = NaN, asking = NaN, without = NaN] = measured.map(({ median }) => median);
print(
  `${SIZE.clusters} clusters, ${SIZE.hubs} hubs; ${RUNS} runs of each; ratios without the request\n`,
);
printTable(
  ["process", "upgrades", "median", "fastest", "times plan --base", "goal"],
  measured.map(({ median, times: [fastest = NaN], out }, index) => [
    PROCESSES[index]?.name ?? "",
    out === "" ? "" : `${countUpgrades(JSON.parse(out))}`,
    `${median.toFixed(1)} ms`,
    `${fastest.toFixed(1)} ms`,
    index < 3 ? "" : ((median - (asking - empty)) / without).toFixed(2),
    index === 3 ? `at most ${MOST}` : "",
  ]),
);

function countUpgrades({ support_and_staging, prod }: Plan): number {
  return support_and_staging.reduce(
    (sum, { upgrade_support, staging_hubs }) => sum + Number(upgrade_support) + staging_hubs.length,
    prod.length,
  );
}
