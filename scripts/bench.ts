/**
 * Measures what is built as whole processes beside a bare `deno run` of an empty script.
 *
 * @module
 */
import { Sandbox } from "../tests/cli/sandbox.ts";
import { FILTER_VARIABLES } from "./filter_variables.ts";
import { makeFleet } from "./fleet.ts";
import { ENTRY, FLAGS, measureInTurn, type Process } from "./measure_process.ts";
import { mustRun } from "./must_run.ts";
import { print, printTable } from "./print.ts";

const RUNS = 30;
const SIZE = { clusters: 30, hubs: 171 };
const CHANGED = "config/clusters/cluster-7/hub-2.values.yaml";

const hubwright = (...args: readonly string[]) => [...FLAGS, ENTRY, ...args];

/** Processes, and how many times an empty script each may take. */
const PROCESSES: readonly (Process & { readonly most?: number })[] = [
  { name: "empty script", args: ["empty.js"] },
  {
    name: "plan --changed-files",
    args: hubwright("plan", "--changed-files", CHANGED, "--format=json"),
    most: 2.2,
  },
  { name: "plan --base", args: hubwright("plan", "--base=HEAD^", "--format=json"), most: 2.8 },
  { name: "filter", args: hubwright("filter"), most: 1.8, env: FILTER_VARIABLES },
  { name: "generate --check", args: hubwright("generate", "--check"), most: 5 },
  { name: "validate", args: hubwright("validate"), most: 5.5 },
  { name: "explain", args: hubwright("explain", "cluster-7/hub-2", "--base=HEAD^"), most: 3.5 },
];

await using repository = await Sandbox.create();
await repository.git("init", "--quiet", "--initial-branch=main");
await makeFleet(repository.path, SIZE);
await repository.write("empty.js", "");
await mustRun(Deno.execPath(), ["run", ...hubwright("generate")], { cwd: repository.path });
await repository.commit("Add a fleet");
await repository.write(CHANGED, "# changed\n");
await repository.commit("Change one values file");
const measured = await measureInTurn(PROCESSES, repository.path, RUNS);
const empty = measured[0]?.median ?? NaN;
print(`${SIZE.clusters} clusters, ${SIZE.hubs} hubs, one changed file; ${RUNS} runs of each\n`);
printTable(
  ["process", "median", "fastest", "times empty", "goal"],
  PROCESSES.map(({ name, most }, index) => {
    const { median = NaN, times: [fastest = NaN] = [] } = measured[index] ?? {};
    return [
      name,
      `${median.toFixed(1)} ms`,
      `${fastest.toFixed(1)} ms`,
      (median / empty).toFixed(2),
      most === undefined ? "" : `at most ${most}`,
    ];
  }),
);
