import { data } from "@actions/expressions";
import type { ActionSurroundings, Inputs } from "./action.ts";
import { fillAll, fillText } from "./expression.ts";
import { type Frame, stepContexts } from "./frame.ts";
import { githubContext } from "./github_context.ts";
import type { Acted, Leg } from "./leg.ts";
import { PLACES } from "./place.ts";
import { StrictDictionary } from "./strict_dictionary.ts";
import { unmodelled } from "./unmodelled.ts";
import { readAction } from "./workflow_file.ts";

/**
 * Runs a composite action of the repository, as it is in the workspace.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax#runs-for-composite-actions}
 */
export async function runComposite(
  leg: Leg,
  outer: Frame,
  path: string,
  given: Inputs,
  { env, runSteps }: ActionSurroundings,
): Promise<Acted> {
  const folder = `${leg.machine.workspace}/${path.slice(2)}`;
  const found = await readEither(leg, folder, ["action.yml", "action.yaml", "Dockerfile"]);
  if (found === undefined) {
    const log = `Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '${folder}'. ` +
      "Did you forget to run actions/checkout before running your local action?\n";
    return { outcome: "failure", log };
  }
  const file = `${path.slice(2)}/${found.name}`;
  if (found.name === "Dockerfile") throw unmodelled("an action in a container", file);
  const action = readAction(file, found.text);
  const github = githubContext(leg.run, {
    workspace: leg.machine.workspace,
    job: leg.job,
    action_path: folder,
  });
  const defaults = Object.fromEntries(
    Object.entries(action.inputs ?? {}).map(([name, input]) => [name, input?.default ?? ""]),
  );
  const byDefault = fillAll(defaults, {
    at: `${file}: inputs`,
    place: PLACES.step,
    contexts: () => ({ ...leg.contexts, github }),
  });
  const inputs = Object.fromEntries(
    Object.entries(byDefault).map(([name, value]) => [name, given[name] ?? value]),
  );
  const frame: Frame = {
    file,
    at: "runs.steps",
    contexts: { github, inputs: dictionary("inputs", inputs) },
    env,
    variables: { ...outer.variables, GITHUB_ACTION_PATH: folder },
    steps: new Map(),
    defaults: {},
    action: { failed: false },
  };
  const missing = action.runs.steps?.find((step) => step.run !== undefined && !step.shell);
  if (missing !== undefined) {
    return { outcome: "failure", log: "Required property is missing: shell\n" };
  }
  await runSteps(leg, frame, action.runs.steps ?? []);
  if (leg.lost) return { outcome: "failure", log: "" };
  const outputs = Object.fromEntries(
    Object.entries(action.outputs ?? {}).map(([name, { value }]) => [
      name,
      fillText(value, {
        at: `${file}: outputs.${name}`,
        place: PLACES.step,
        contexts: () => stepContexts(leg, frame, env),
      }),
    ]),
  );
  const outcome = leg.status === "cancelled"
    ? "cancelled"
    : frame.action?.failed
    ? "failure"
    : "success";
  return { outcome, log: "", outputs };
}

async function readEither({ machine }: Leg, folder: string, names: readonly string[]) {
  for (const name of names) {
    const text = await machine.readText(`${folder}/${name}`);
    if (text !== undefined) return { name, text };
  }
  return undefined;
}

function dictionary(name: string, texts: Readonly<Record<string, string>>): data.Dictionary {
  return new StrictDictionary(
    name,
    ...Object.entries(texts).map(([key, value]) => ({ key, value: new data.StringData(value) })),
  );
}
