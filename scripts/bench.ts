/**
 * Measures what is built as whole processes beside a bare `deno run` of an empty script, in turn, so
 * that all of them meet the same machine.
 *
 * @module
 */
import { drawTable } from "../src/report/draw_table.ts";
import { Sandbox } from "../tests/cli/sandbox.ts";
import { FILTER_VARIABLES } from "./filter_variables.ts";
import { makeFleet } from "./fleet.ts";
import { mustRun } from "./must_run.ts";
import { print } from "./print.ts";

const RUNS = 30;
const SIZE = { clusters: 30, hubs: 171 };
const CHANGED = "config/clusters/cluster-7/hub-2.values.yaml";
const ENTRY = new URL("../dist/hubwright.js", import.meta.url).pathname;

/** A process that is measured, and how many times an empty script it may take. */
interface Measured {
  readonly name: string;
  readonly args: readonly string[];
  readonly most?: number;
  readonly env?: Readonly<Record<string, string>>;
}

const json = ["--format", "json"];
const PROCESSES: readonly Measured[] = [
  { name: "empty script", args: ["empty.js"] },
  {
    name: "plan --changed-files",
    args: hubwright("plan", "--changed-files", CHANGED, ...json),
    most: 2.2,
  },
  { name: "plan --base", args: hubwright("plan", "--base", "HEAD^", ...json), most: 2.8 },
  { name: "filter", args: hubwright("filter"), most: 1.8, env: FILTER_VARIABLES },
  { name: "generate --check", args: hubwright("generate", "--check"), most: 5 },
  { name: "validate", args: hubwright("validate"), most: 5.5 },
  { name: "explain", args: hubwright("explain", "cluster-7/hub-2", "--base", "HEAD^"), most: 3.5 },
];

function hubwright(...args: readonly string[]): readonly string[] {
  return ["--no-npm", "--no-remote", "--no-lock", "-A", ENTRY, ...args];
}

await using repository = await Sandbox.create();
await repository.git("init", "--quiet", "--initial-branch=main");
await makeFleet(repository.path, SIZE);
await repository.write("empty.js", "");
await runOnce({ args: hubwright("generate") });
await repository.commit("Add a fleet");
await repository.write(CHANGED, "# changed\n");
await repository.commit("Change one values file");
const times = await measure(PROCESSES);
const bare = median(times.get("empty script") ?? []);
const rows = PROCESSES.map(({ name, most }) => {
  const all = times.get(name) ?? [];
  return [
    name,
    `${median(all).toFixed(1)} ms`,
    `${Math.min(...all).toFixed(1)} ms`,
    (median(all) / bare).toFixed(2),
    most === undefined ? "" : `at most ${most}`,
  ];
});
print(`${SIZE.clusters} clusters, ${SIZE.hubs} hubs, one changed file; ${RUNS} runs of each\n`);
print(
  drawTable(["process", "median", "fastest", "times empty", "goal"], rows, {
    color: false,
    width: 120,
  }),
);

async function measure(
  processes: readonly Measured[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  const times = new Map(processes.map(({ name }) => [name, [] as number[]]));
  for (let round = -3; round < RUNS; round++) {
    for (const process of processes) {
      const time = await runOnce(process);
      // The first rounds fill Deno's caches.
      if (round >= 0) times.get(process.name)?.push(time);
    }
  }
  return times;
}

async function runOnce({ args, env = {} }: Omit<Measured, "name">): Promise<number> {
  const start = performance.now();
  await mustRun(Deno.execPath(), ["run", ...args], {
    cwd: repository.path,
    env: { GITHUB_ACTIONS: "", GITHUB_OUTPUT: "", GITHUB_STEP_SUMMARY: "", ...env },
  });
  return performance.now() - start;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
