import { findPin } from "../workflow/lock.ts";
import type { PinnedAction } from "../workflow/own_lock.ts";
import { downloadArtifact, uploadArtifact } from "./artifact_actions.ts";
import { type Acted, failed, type Leg, succeeded } from "./leg.ts";
import { allows } from "./permissions.ts";
import type { Texts } from "./record.ts";
import { unmodelled } from "./unmodelled.ts";

interface Modelled {
  readonly inputs: readonly string[];
  readonly act: (leg: Leg, inputs: Texts) => Promise<Acted> | Acted;
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
    act: (_leg, { payload = "" }) => succeeded(`simulated: tells Slack ${payload}\n`),
  },
};

/** Runs an action that is not the repository's own. */
export async function runAction(
  leg: Leg,
  file: string,
  uses: string,
  inputs: Texts,
): Promise<Acted> {
  const [name = "", version = ""] = uses.split("@");
  if (!isModelled(name)) throw unmodelled(`the action "${uses}"`, file);
  if (findPin(leg.run.workflow.lock, name)?.commit !== version) {
    throw unmodelled(`the action "${name}" at "${version}"`, file);
  }
  const { inputs: modelled, act } = ACTIONS[name];
  const other = Object.keys(inputs).find((input) => !modelled.includes(input));
  if (other !== undefined) throw unmodelled(`the input "${other}" of "${name}"`, file);
  return await act(leg, inputs);
}

function isModelled(name: string): name is PinnedAction {
  return Object.hasOwn(ACTIONS, name);
}

/** {@link https://github.com/actions/checkout} */
async function checkOut({ machine, run, permissions }: Leg, inputs: Texts): Promise<Acted> {
  const { event } = run;
  if (!allows(permissions, "read", "contents")) return failed("remote: Repository not found.\n");
  const depth = Number(inputs["fetch-depth"] || "1");
  if (!Number.isInteger(depth) || depth < 0) {
    return failed(`Cannot fetch to the depth "${inputs["fetch-depth"]}"\n`);
  }
  const ref = inputs.ref || (event.name === "pull_request" ? event.ref : event.sha);
  await machine.checkOut({ ref, depth });
  return succeeded(`simulated: checks out ${ref}\n`);
}

/** {@link https://github.com/denoland/setup-deno} */
function setUpDeno({ machine, path }: Leg, inputs: Texts): Acted {
  path.unshift(machine.denoFolder);
  const { deno } = Deno.version;
  const wanted = inputs["deno-version"] ?? "";
  const note = wanted === deno ? "" : ` in place of ${wanted}`;
  return succeeded(`simulated: puts Deno ${deno} on PATH${note}\n`);
}
