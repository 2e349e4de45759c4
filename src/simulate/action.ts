import { findPin } from "../workflow/lock.ts";
import type { PinnedAction } from "../workflow/pins.ts";
import { downloadArtifact, uploadArtifact } from "./artifact_actions.ts";
import { runComposite } from "./composite.ts";
import { fillAll, type Scope } from "./expression.ts";
import type { Frame } from "./frame.ts";
import type { Acted, Leg } from "./leg.ts";
import { unmodelled } from "./unmodelled.ts";
import type { Step } from "./workflow_file.ts";

/** What an action runs with. */
export interface ActionSurroundings {
  /** The variables of the step and around it. */
  readonly env: Readonly<Record<string, string>>;
  /** What its expressions read. */
  readonly scopeOf: (env: Readonly<Record<string, string>>, name: string) => Scope;
  /** Runs the steps of a composite action. */
  readonly runSteps: (leg: Leg, frame: Frame, steps: readonly Step[]) => Promise<void>;
}

/** An action's inputs, by name. */
export type Inputs = Readonly<Record<string, string>>;

interface Modelled {
  /** The inputs that are modelled. */
  readonly inputs: readonly string[];
  readonly act: (leg: Leg, inputs: Inputs) => Promise<Acted> | Acted;
}

/** The actions of the generated workflows, each at the commit of the lock. */
const ACTIONS: Readonly<Record<PinnedAction, Modelled>> = {
  "actions/checkout": { inputs: ["persist-credentials", "fetch-depth", "ref"], act: checkOut },
  "actions/upload-artifact": {
    inputs: ["name", "path", "if-no-files-found", "overwrite"],
    act: uploadArtifact,
  },
  "actions/download-artifact": {
    inputs: ["name", "path", "run-id", "github-token"],
    act: downloadArtifact,
  },
  "denoland/setup-deno": { inputs: ["deno-version"], act: setUpDeno },
  "slackapi/slack-github-action": {
    inputs: ["webhook", "webhook-type", "payload"],
    act: (_leg, inputs) => done(`simulated: tells Slack ${inputs.payload ?? ""}\n`),
  },
};

/**
 * Runs the action of a step.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsuses}
 * @throws {UserError} Where the action, its version or an input is not modelled.
 */
export async function runAction(
  leg: Leg,
  frame: Frame,
  step: Step,
  surroundings: ActionSurroundings,
): Promise<Acted> {
  const { env, scopeOf } = surroundings;
  const uses = step.uses ?? "";
  const [name = "", version = ""] = uses.split("@");
  const inputs = fillAll(step.with ?? {}, scopeOf(env, "with"));
  if (leg.run.world.skippedActions.includes(name)) {
    return done(`simulated: ${name} is taken for done\n`);
  }
  if (name.startsWith("./")) return await runComposite(leg, frame, name, inputs, surroundings);
  if (!isModelled(name)) throw unmodelled(`the action "${uses}"`, frame.file);
  if (findPin(leg.run.workflow.lock, name)?.commit !== version) {
    throw unmodelled(`the action "${name}" at "${version}"`, frame.file);
  }
  const { inputs: modelled, act } = ACTIONS[name];
  const other = Object.keys(inputs).find((input) => !modelled.includes(input));
  if (other !== undefined) throw unmodelled(`the input "${other}" of "${name}"`, frame.file);
  return await act(leg, inputs);
}

function isModelled(name: string): name is PinnedAction {
  return Object.hasOwn(ACTIONS, name);
}

/** {@link https://github.com/actions/checkout} */
async function checkOut({ machine, run }: Leg, inputs: Inputs): Promise<Acted> {
  const { event } = run;
  const depth = Number(inputs["fetch-depth"] || "1");
  if (!Number.isInteger(depth) || depth < 0) {
    return { outcome: "failure", log: `Cannot fetch to the depth "${inputs["fetch-depth"]}"\n` };
  }
  const ref = inputs.ref || (event.name === "pull_request" ? event.ref : event.sha);
  await machine.checkOut({ ref, depth });
  return done(`simulated: checks out ${ref}\n`);
}

/** {@link https://github.com/denoland/setup-deno} */
function setUpDeno({ machine, path }: Leg, inputs: Inputs): Acted {
  path.unshift(machine.denoFolder);
  const wanted = inputs["deno-version"] ?? "";
  const note = wanted === Deno.version.deno ? "" : ` in place of ${wanted}`;
  return done(`simulated: puts Deno ${Deno.version.deno} on PATH${note}\n`);
}

function done(log: string): Acted {
  return { outcome: "success", log };
}
