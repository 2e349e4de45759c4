import { fillAll, fillText } from "./evaluate.ts";
import { type Frame, stepContexts } from "./frame.ts";
import { type Acted, failed, type Leg } from "./leg.ts";
import { PLACES } from "./place.ts";
import type { Texts } from "./record.ts";
import { githubContext } from "./run_context.ts";
import { toData } from "./strict_dictionary.ts";
import { unmodelled } from "./unmodelled.ts";
import { type Action, readAction } from "./workflow_file.ts";

/** A composite action whose steps are about to run, or have run. */
interface OpenAction {
  readonly action: Action;
  readonly frame: Frame;
}

/**
 * Opens a composite action of the repository, as it is in the workspace, or says why GitHub would
 * fail the step.
 */
export async function openAction(
  leg: Leg,
  outer: Frame,
  path: string,
  given: Texts,
  env: Texts,
): Promise<OpenAction | Acted> {
  const { machine: { workspace }, run, job, token } = leg;
  const folder = `${workspace}/${path.slice(2)}`;
  const found = await findAction(folder, (path) => leg.machine.readText(path));
  if (found === undefined) {
    return failed(
      `Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '${folder}'. ` +
        "Did you forget to run actions/checkout before running your local action?\n",
    );
  }
  const file = `${path.slice(2)}/${found.name}`;
  if (found.name === "Dockerfile") throw unmodelled("an action in a container", file);
  const action = readAction(file, found.text);
  if (action.runs.steps?.some((step) => step.run !== undefined && !step.shell)) {
    return failed("Required property is missing: shell\n");
  }
  const github = githubContext(run, { token, workspace, job, action_path: folder });
  const defaults = Object.entries(action.inputs ?? {})
    .map(([name, input]) => [name, input?.default ?? ""] as const);
  const byDefault = fillAll(Object.fromEntries(defaults), {
    at: `${file}: inputs`,
    place: PLACES.step,
    contexts: () => ({ ...leg.contexts, github }),
    workspace,
  });
  const inputs = Object.fromEntries(
    Object.entries(byDefault).map(([name, value]) => [name, given[name] ?? value]),
  );
  const frame: Frame = {
    file,
    at: "runs.steps",
    contexts: { github, inputs: toData("inputs", inputs) },
    env,
    variables: { ...outer.variables, GITHUB_ACTION_PATH: folder },
    steps: new Map(),
    defaults: {},
    action: { failed: false },
  };
  return { action, frame };
}

/** What a composite action came to once its steps have run. */
export function closeAction(leg: Leg, { action, frame }: OpenAction): Acted {
  if (leg.lost) return failed("");
  const outputs = Object.fromEntries(
    Object.entries(action.outputs ?? {}).map(([name, { value }]) => [
      name,
      fillText(value, {
        at: `${frame.file}: outputs.${name}`,
        place: PLACES.step,
        contexts: () => stepContexts(leg, frame, frame.env),
        workspace: leg.machine.workspace,
      }),
    ]),
  );
  const ended = frame.action?.failed ? "failure" : "success";
  return { outcome: leg.status === "cancelled" ? "cancelled" : ended, log: "", outputs };
}

/** Finds the file of an action in its folder. */
export async function findAction(
  folder: string,
  read: (path: string) => Promise<string | undefined>,
): Promise<{ readonly name: string; readonly text: string } | undefined> {
  for (const name of ["action.yml", "action.yaml", "Dockerfile"]) {
    const text = await read(`${folder}/${name}`);
    if (text !== undefined) return { name, text };
  }
  return undefined;
}
