import { parseCommandFile, parsePathFile } from "./command_file.ts";
import { fillText } from "./evaluate.ts";
import type { Frame, Surroundings } from "./frame.ts";
import { type Acted, failed, type Leg, succeeded, suffer } from "./leg.ts";
import type { ScriptResult } from "./machine.ts";
import type { DeploymentRecord } from "./record.ts";
import { defaultVariables } from "./run_context.ts";
import { shellOf } from "./shell.ts";
import { readLogCommands } from "./workflow_command.ts";
import type { Step } from "./workflow_file.ts";

/**
 * Runs the script of a step, and takes in what it wrote to the runner's files. The deployment
 * commands that it called are added to `deployments`.
 */
export async function runScript(
  leg: Leg,
  frame: Frame,
  step: Step,
  { env, scope }: Surroundings,
  deployments: DeploymentRecord[],
): Promise<Acted> {
  const { machine, run } = leg;
  const { commands, faults } = run.world;
  const folder = step["working-directory"] ?? frame.defaults.folder ?? ".";
  const result = await machine.run({
    shell: shellOf(step.shell ?? frame.defaults.shell, frame.file),
    script: fillText(step.run ?? "", scope("run")),
    cwd: resolve(machine.workspace, fillText(folder, scope("working-directory"))),
    env: { ...env, ...defaultVariables(run, leg.job), ...machine.variables, ...frame.variables },
    path: leg.path,
  }, commands.fatesOf(faults));
  for (const { argv, fate } of result.calls) deployments.push({ ...commands.read(argv), fate });
  const fate = result.calls.find(({ fate }) => fate !== undefined && fate !== "fail")?.fate;
  const outcome = fate && suffer(leg, fate);
  if (leg.lost) return failed(result.log);
  const taken = takeIn(leg, result);
  if (outcome !== undefined) return { ...taken, outcome };
  return result.code === 0 ? taken : { ...taken, outcome: "failure" };
}

function takeIn(leg: Leg, { log, outputs, env, path, summary }: ScriptResult): Acted {
  const { annotations, masks } = readLogCommands(log);
  leg.annotations.push(...annotations);
  for (const mask of masks) leg.masks.add(mask);
  if (summary !== "") leg.summary.push(summary);
  try {
    leg.path.unshift(...parsePathFile(path).toReversed());
    for (const [name, value] of parseCommandFile(env)) {
      if (name === "NODE_OPTIONS") throw new SyntaxError("Can't store NODE_OPTIONS output");
      leg.env[name] = value;
    }
    return { ...succeeded(log), outputs: Object.fromEntries(parseCommandFile(outputs)) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return failed(`${log}Error: ${error.message}\n`);
  }
}

function resolve(workspace: string, folder: string): string {
  if (folder === ".") return workspace;
  return folder.startsWith("/") ? folder : `${workspace}/${folder}`;
}
