import { parseCommandFile } from "../../src/simulate/script_output.ts";
import type { StepText } from "./repositories.ts";
import { type Contexts, fillAll } from "./world.ts";

/** How a script ended. */
export type ShellResult = Readonly<{ code: number; out: string; err: string }>;

/** Where a step runs, and the runner's variables; `PATH` and `HOME` are there in any case. */
type ShellOptions = Readonly<{ cwd: string; env?: Readonly<Record<string, string>> }>;

/**
 * Runs a script as GitHub's runner does for `shell: bash`, with no other environment than given.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell}
 */
export async function runScript(
  script: string,
  { cwd, env = {} }: ShellOptions,
): Promise<ShellResult> {
  const inherited = ["PATH", "HOME", "DENO_DIR"].flatMap((name) => {
    const value = Deno.env.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const { code, stdout, stderr } = await new Deno.Command("bash", {
    args: ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
    cwd,
    clearEnv: true,
    env: { ...Object.fromEntries(inherited), NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", ...env },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

/** Runs the script of a step, with its environment filled in. */
export async function runStep(
  step: StepText,
  contexts: Contexts,
  { cwd, env = {} }: ShellOptions,
): Promise<ShellResult> {
  if (step.run === undefined) throw new RangeError(`the step ${step.name} has no script`);
  return await runScript(step.run, { cwd, env: { ...env, ...fillAll(step.env, contexts) } });
}

/** Reads a file of step outputs. */
export function parseOutputs(text: string): Record<string, string> {
  return Object.fromEntries(parseCommandFile(text));
}
