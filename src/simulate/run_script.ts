import { inWorkspace } from "./modelled_actions.ts";
import { fillText } from "./evaluate.ts";
import {
  type Acted,
  failed,
  type Frame,
  type Leg,
  succeeded,
  suffer,
  type Surroundings,
} from "./leg.ts";
import type { ScriptRequest, ScriptResult } from "./machine.ts";
import { parseCommandFile, readLogCommands } from "./script_output.ts";
import { type Step, unmodelled } from "./workflow_file.ts";
import { defaultVariables } from "./world.ts";

/** The shells of a Linux runner that are modelled, with the flags that GitHub gives them. */
const SHELLS: Readonly<Record<string, string>> = {
  bash: "bash --noprofile --norc -e -o pipefail {0}",
  sh: "sh -e {0}",
  python: "python {0}",
};

/** How GitHub {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell starts a script}. A step that names no shell gets bash without `pipefail`. */
export function shellOf(name = "bash -e {0}", file: string): ScriptRequest["shell"] {
  const text = Object.hasOwn(SHELLS, name) ? SHELLS[name] ?? "" : name;
  const [program = "", ...args] = text.trim().split(/\s+/);
  if (args.pop() === "{0}") return { program, args };
  throw unmodelled(`the shell "${name}"`, file);
}

/** Runs the script of a step, and takes in what it wrote to the runner's files. */
export async function runScript(
  leg: Leg,
  frame: Frame,
  step: Step,
  { env, scope }: Surroundings,
): Promise<Acted> {
  const { machine, level: { run } } = leg;
  const { commands, faults } = run.world;
  const given = step["working-directory"] ?? frame.defaults.folder ?? ".";
  const folder = fillText(given, scope("working-directory"));
  const result = await machine.run({
    shell: shellOf(step.shell ?? frame.defaults.shell, frame.file),
    script: fillText(step.run ?? "", scope("run")),
    cwd: folder === "." ? machine.workspace : inWorkspace(machine.workspace, folder),
    env: { ...env, ...defaultVariables(run, leg.id), ...machine.variables, ...frame.variables },
    path: leg.path,
  }, commands.fatesOf(faults));
  const deployments = result.calls.flatMap(({ argv, fate }) => {
    const call = commands.read(argv);
    return call === undefined ? [] : [{ ...call, fate }];
  });
  const fate = result.calls.find(({ fate }) => fate !== undefined && fate !== "fail")?.fate;
  const outcome = fate && suffer(leg, fate);
  if (leg.lost) return { ...failed(result.log), deployments };
  const taken = { ...takeIn(leg, result), deployments };
  if (outcome !== undefined) return { ...taken, outcome };
  return result.code === 0 ? taken : { ...taken, outcome: "failure" };
}

function takeIn(leg: Leg, { log, outputs, env, path, summary }: ScriptResult): Acted {
  const { annotations, masks } = readLogCommands(log);
  leg.annotations.push(...annotations);
  for (const mask of masks) leg.masks.add(mask);
  if (summary !== "") leg.summary.push(summary);
  try {
    leg.path.unshift(...path.split(/\r?\n/).filter((line) => line !== "").toReversed());
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
