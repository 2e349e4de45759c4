import { FILTER_VARIABLES } from "./filter_variables.ts";
import { makeFleet } from "./fleet.ts";

const CHANGED = "config/clusters/cluster-0/hub-1.values.yaml";

/** What people and workflows run most, and no git: how a pipe's bytes are split up is chance. */
const RUNS = [
  ["plan", "--changed-files", CHANGED],
  ["plan", "--changed-files", CHANGED, "--format", "json"],
  ["filter"],
  ["generate"],
  ["generate", "--check"],
  ["validate"],
  ["explain", "cluster-0/hub-1", "--changed-files", CHANGED],
];

const ENVIRONMENT = { ...FILTER_VARIABLES, GITHUB_ACTIONS: "", NO_COLOR: "1" };

/** Where a function is in a script, as offsets. */
export type Place = `${number}-${number}`;

/** Finds out which functions of a built program, by script, its usual runs call. */
export async function calledFunctions(
  program: string,
  work: string,
): Promise<ReadonlyMap<string, ReadonlySet<Place>>> {
  const [fleet, coverage] = [`${work}/fleet`, `${work}/coverage`];
  await makeFleet(fleet, { clusters: 3, hubs: 9 });
  await Deno.writeTextFile(`${fleet}/hubwright.config.ts`, "export default { rules: {} };\n");
  for (const args of RUNS) {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-lock", `--coverage=${coverage}`, program, ...args],
      cwd: fleet,
      env: ENVIRONMENT,
      stdout: "null",
    }).output();
    if (code !== 0) throw new Error(new TextDecoder().decode(stderr));
  }
  const called = new Map<string, Set<Place>>();
  // As https://chromedevtools.github.io/devtools-protocol/tot/Profiler/ has it: a
  // function's first range is the whole of it.
  for await (const { name } of Deno.readDir(coverage)) {
    const { url, functions } = JSON.parse(await Deno.readTextFile(`${coverage}/${name}`));
    const path = new URL(url).pathname;
    const places = called.getOrInsertComputed(path, () => new Set());
    for (const { ranges: [{ startOffset, endOffset, count }] } of functions) {
      if (count > 0) places.add(`${startOffset}-${endOffset}`);
    }
  }
  return called;
}
