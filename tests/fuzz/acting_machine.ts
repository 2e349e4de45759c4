import type {
  Call,
  Fates,
  Machine,
  Machines,
  ScriptRequest,
  ScriptResult,
} from "../../src/simulate/machine.ts";
import { hubwright, type Ran } from "../cli/fake_io.ts";
import type { CaseFolder } from "./case_folder.ts";

/** The local action that the default setup uses. */
const SETUP = `name: Setup
inputs: { provider: { required: true } }
runs: { using: composite, steps: [{ run: "true", shell: bash }] }
`;

/** What the machines are made for. */
export interface Scene {
  /** The infrastructure repository. */
  readonly repo: string;
  /** The changed files. */
  readonly changed: string;
  /** The folder of the case. */
  readonly folder: CaseFolder;
}

/**
 * Machines that know the scripts of generated workflows by their looks and do what these do, which
 * takes a hundredth of the time that a shell takes: `plan` and `filter` run in this process.
 */
export function actingMachines(scene: Scene): Machines {
  const temp = `${scene.folder.path}/temp`;
  Deno.mkdirSync(temp, { recursive: true });
  const machine: Machine = {
    workspace: `${temp}/workspace`,
    temp,
    denoFolder: `${temp}/deno`,
    variables: { RUNNER_TEMP: temp, GITHUB_WORKSPACE: `${temp}/workspace` },
    checkOut: () => Promise.resolve(),
    readText: (path) => Promise.resolve(path.endsWith("/action.yml") ? SETUP : undefined),
    run: (request, fates) => act(request, fates, scene),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return { start: () => Promise.resolve(machine) };
}

async function act(
  { script, env }: ScriptRequest,
  fates: Fates,
  { repo, changed, folder }: Scene,
): Promise<ScriptResult> {
  if (/ plan( |$)/m.test(script)) {
    const labels = `--labels=${env.LABELS ?? ""}`;
    const args = ["plan", "--repo", repo, `--changed-files=${changed}`, labels];
    return await inProcess(args, env, folder);
  }
  if (/ filter$/m.test(script)) return await inProcess(["filter"], env, folder);
  if (script.startsWith("mkdir ")) {
    folder.write("temp/pr/plan.json", { text: "{}" });
    folder.write("temp/pr/number", { text: env.NUMBER ?? "" });
  }
  if (script.startsWith("echo success_")) {
    return result(0, { outputs: `success_${env.CLUSTER?.replaceAll(".", "-")}=${env.VERDICT}\n` });
  }
  if (script.startsWith("deployer ")) {
    const argv = script.split(" ").map((word) => env[/^"\$(\w+)"$/.exec(word)?.[1] ?? ""] ?? word);
    const call: Call = { argv, fate: fates.of(argv) };
    return result(call.fate === undefined ? 0 : 1, { calls: [call] });
  }
  return result(/^exit 1$/m.test(script) ? 1 : 0);
}

async function inProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  folder: CaseFolder,
): Promise<ScriptResult> {
  const output = folder.write("temp/output", { text: "" });
  const { code, out, err }: Ran = await hubwright(args, { env: { ...env, GITHUB_OUTPUT: output } });
  if (code === 70) throw new Error(err);
  return result(code, { log: out + err, outputs: Deno.readTextFileSync(output) });
}

function result(code: number, more: Partial<ScriptResult> = {}): ScriptResult {
  return { code, log: "", outputs: "", env: "", path: "", summary: "", calls: [], ...more };
}
