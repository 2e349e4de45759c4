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
  for await (const { name } of Deno.readDir(coverage)) {
    const { url, functions }: Coverage = JSON.parse(await Deno.readTextFile(`${coverage}/${name}`));
    const path = new URL(url).pathname;
    const places = called.get(path) ?? new Set();
    called.set(path, places);
    for (const { ranges: [range] } of functions) {
      if (range !== undefined && range.count > 0) {
        places.add(`${range.startOffset}-${range.endOffset}`);
      }
    }
  }
  return called;
}

/** A script's functions as {@link https://chromedevtools.github.io/devtools-protocol/tot/Profiler/ V8} counts them. */
interface Coverage {
  readonly url: string;
  readonly functions: readonly {
    /** The function as a whole, then parts that were called more or less often. */
    readonly ranges: readonly {
      readonly startOffset: number;
      readonly endOffset: number;
      readonly count: number;
    }[];
  }[];
}
