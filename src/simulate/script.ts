import { parseCommandFile, parsePathFile } from "./command_file.ts";
import { fillText, type Scope } from "./expression.ts";
import type { Frame } from "./frame.ts";
import { defaultVariables } from "./github_context.ts";
import { type Acted, type Leg, suffer } from "./leg.ts";
import type { ScriptResult } from "./machine.ts";
import type { DeploymentRecord } from "./record.ts";
import { shellOf } from "./shell.ts";
import { readLogCommands } from "./workflow_command.ts";
import type { Step } from "./workflow_file.ts";
import { fatesOf } from "./world.ts";

/** What a script runs with. */
export interface ScriptSurroundings {
  /** The variables of the step and around it. */
  readonly env: Readonly<Record<string, string>>;
  /** What its expressions read. */
  readonly scopeOf: (env: Readonly<Record<string, string>>, name: string) => Scope;
  /** Takes the deployment commands that it called. */
  readonly deployments: DeploymentRecord[];
}

/**
 * Runs the script of a step, and takes in what it wrote to the runner's files.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#environment-files}
 */
export async function runScript(
  leg: Leg,
  frame: Frame,
  step: Step,
  { env, scopeOf, deployments }: ScriptSurroundings,
): Promise<Acted> {
  const { machine, run } = leg;
  const folder = step["working-directory"] ?? frame.defaults.folder;
  const cwd = folder === undefined
    ? machine.workspace
    : resolve(machine.workspace, fillText(folder, scopeOf(env, "working-directory")));
  const result = await machine.run({
    shell: shellOf(step.shell ?? frame.defaults.shell, frame.file),
    script: fillText(step.run ?? "", scopeOf(env, "run")),
    cwd,
    env: { ...env, ...defaultVariables(run, leg.job), ...machine.variables, ...frame.variables },
    path: leg.path,
  }, fatesOf(run.world.commands, run.world.faults));
  for (const { argv, fate } of result.calls) {
    deployments.push({ ...run.world.commands.read(argv), fate });
  }
  const fate = result.calls.find(({ fate }) => fate !== undefined && fate !== "fail")?.fate;
  const outcome = fate === undefined ? undefined : suffer(leg, fate);
  if (leg.lost) return { outcome: "failure", log: result.log };
  const taken = takeIn(leg, result);
  if (outcome !== undefined) return { ...taken, outcome };
  return result.code === 0 ? taken : { ...taken, outcome: "failure" };
}

function takeIn(leg: Leg, { log, outputs, env, path, summary }: ScriptResult): Acted {
  const { annotations, masks } = readLogCommands(log);
  leg.annotations.push(...annotations);
  leg.run.masks.push(...masks);
  if (summary !== "") leg.summary.push(summary);
  try {
    leg.path.unshift(...parsePathFile(path).toReversed());
    for (const [name, value] of parseCommandFile(env)) {
      if (name === "NODE_OPTIONS") throw new SyntaxError("Can't store NODE_OPTIONS output");
      leg.env[name] = value;
    }
    return { outcome: "success", log, outputs: Object.fromEntries(parseCommandFile(outputs)) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { outcome: "failure", log: `${log}Error: ${error.message}\n` };
  }
}

function resolve(workspace: string, folder: string): string {
  return folder.startsWith("/") ? folder : `${workspace}/${folder}`;
}
