import { UserError } from "../errors.ts";
import { runAction } from "./modelled_actions.ts";
import { toData } from "./context_data.ts";
import { fillAll, fillText, fillValue, holds, isTrue, PLACES, type Scope } from "./evaluate.ts";
import {
  type Acted,
  failed,
  type Frame,
  type Leg,
  stepContexts,
  stepStatus,
  succeeded,
  suffer,
  type Surroundings,
} from "./leg.ts";
import { findAction, readAction } from "./local_action.ts";
import type { Texts } from "./record.ts";
import { runScript } from "./run_script.ts";
import { type Step, unmodelled } from "./workflow_file.ts";
import { githubContext } from "./world.ts";

export async function runSteps(leg: Leg, frame: Frame, steps: readonly Step[]): Promise<void> {
  for (const [index, step] of steps.entries()) {
    if (leg.lost) return;
    try {
      await runStep(leg, frame, step, `${frame.at}[${index}]`);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const { file } = frame;
      throw new UserError(error.problems.map((each) => ({ ...each, file: each.file ?? file })));
    }
  }
}

/** Runs a step: its condition, its action or script, and what its end means for those after it. */
async function runStep(leg: Leg, frame: Frame, step: Step, at: string): Promise<void> {
  const outer = { ...leg.env, ...frame.env };
  const scopes = (env: Texts) => {
    const { workspace } = leg.machine;
    const scope = { place: PLACES.step, contexts: stepContexts(leg, frame, env), workspace };
    return (key: string): Scope => ({ at: `${at}.${key}`, ...scope });
  };
  // GitHub fills in the variables before it looks at the condition. What a step that does not run
  // reads from the payload of another event is not a mistake, so this stops only a step that runs.
  let [env, problem]: [Texts, UserError?] = [outer];
  try {
    env = { ...outer, ...fillAll(step.env, scopes(outer)("env")) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problem = error;
  }
  const scope = scopes(env);
  const name = step.name === undefined
    ? `Run ${step.uses ?? step.run?.trim().split("\n")[0]}`
    : fillText(step.name, scope("name"));
  const finish = ({ outcome, log, outputs = {}, deployments = [] }: Acted) => {
    const forgiven = outcome === "failure" && !leg.lost &&
      isTrue(fillValue(step["continue-on-error"] ?? false, scope("continue-on-error")));
    const conclusion = forgiven ? "success" : outcome;
    if (step.id !== undefined) frame.steps.set(step.id, { outputs, outcome, conclusion });
    if (conclusion === "failure" && frame.action !== undefined) frame.action.failed = true;
    else if (conclusion === "failure" && leg.status === "success") leg.status = "failure";
    const indent = frame.action === undefined ? "" : "  ";
    leg.steps.push({ name: `${indent}${name}`, outcome, conclusion, log, deployments });
  };
  const condition = { ...scope("if"), place: PLACES.stepIf, status: stepStatus(leg, frame) };
  if (!holds(step.if, condition)) return finish({ outcome: "skipped", log: "" });
  if (problem !== undefined) throw problem;
  const { fate } = leg;
  leg.fate = undefined;
  const suffered = fate && suffer(leg, fate);
  if (suffered !== undefined) return finish({ outcome: suffered, log: `simulated: ${fate}\n` });
  finish(
    step.uses === undefined
      ? await runScript(leg, frame, step, { env, scope })
      : await useAction(leg, frame, step, step.uses, { env, scope }),
  );
}

async function useAction(
  leg: Leg,
  frame: Frame,
  step: Step,
  uses: string,
  { env, scope }: Surroundings,
): Promise<Acted> {
  const inputs = fillAll(step.with, scope("with"));
  const [name = ""] = uses.split("@");
  if (leg.level.run.world.skippedActions.includes(name)) {
    return succeeded(`simulated: ${name} is skipped, as if it had succeeded\n`);
  }
  return name.startsWith("./")
    ? await runLocalAction(leg, frame, name.slice(2), inputs, env)
    : await runAction(leg, frame.file, uses, inputs);
}

/** Runs a composite action of the repository, as it is in the workspace. */
async function runLocalAction(
  leg: Leg,
  outer: Frame,
  path: string,
  given: Texts,
  env: Texts,
): Promise<Acted> {
  const { machine: { workspace, readText }, level: { run }, id: job, token } = leg;
  const folder = `${workspace}/${path}`;
  const found = await findAction(folder, readText);
  if (found === undefined) {
    return failed(
      `Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '${folder}'. ` +
        "Did you forget to run actions/checkout before running your local action?\n",
    );
  }
  const file = `${path}/${found.name}`;
  if (found.name === "Dockerfile") throw unmodelled("an action in a container", file);
  const action = readAction(file, found.text);
  if (action.runs.steps.some((step) => step.run !== undefined && !step.shell)) {
    return failed("Required property is missing: shell\n");
  }
  const github = githubContext(run, { token, workspace, job, action_path: folder });
  const scope = { place: PLACES.step, workspace };
  const contexts = { ...leg.contexts, github };
  const inputs = fillAll(action.inputs, { ...scope, at: `${file}: inputs`, contexts });
  for (const name of Object.keys(inputs)) inputs[name] = given[name] ?? inputs[name] ?? "";
  const own = { failed: false };
  const frame: Frame = {
    file,
    at: "runs.steps",
    contexts: { github, inputs: toData("inputs", inputs) },
    env,
    variables: { ...outer.variables, GITHUB_ACTION_PATH: folder },
    steps: new Map(),
    defaults: {},
    action: own,
  };
  await runSteps(leg, frame, action.runs.steps);
  if (leg.lost) return failed("");
  const outputs = fillAll(action.outputs, {
    ...scope,
    at: `${file}: outputs`,
    contexts: stepContexts(leg, frame, env),
  });
  const ended = own.failed ? "failure" : "success";
  return { outcome: leg.status === "cancelled" ? "cancelled" : ended, log: "", outputs };
}
