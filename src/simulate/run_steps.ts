import { UserError } from "../errors.ts";
import { closeAction, openAction } from "./composite.ts";
import { fillAll, fillText, fillValue, holds, isTrue, type Scope } from "./evaluate.ts";
import { type Frame, stepContexts, stepStatus, type Surroundings } from "./frame.ts";
import { type Acted, type Leg, succeeded, suffer } from "./leg.ts";
import { PLACES } from "./place.ts";
import type { DeploymentRecord, Texts } from "./record.ts";
import { runAction } from "./run_action.ts";
import { runScript } from "./run_script.ts";
import type { Step } from "./workflow_file.ts";

export async function runSteps(leg: Leg, frame: Frame, steps: readonly Step[]): Promise<void> {
  for (const [index, step] of steps.entries()) {
    if (leg.lost) return;
    try {
      await runStep(leg, frame, step, `${frame.at}[${index}]`);
    } catch (error) {
      throw error instanceof UserError ? inFile(error, frame.file) : error;
    }
  }
}

/** Runs a step: its condition, its action or script, and what its end means for those after it. */
async function runStep(leg: Leg, frame: Frame, step: Step, at: string): Promise<void> {
  const outer = { ...leg.env, ...frame.env };
  const scopes = (env: Texts) => {
    const contexts = once(() => stepContexts(leg, frame, env));
    const { workspace } = leg.machine;
    return (key: string): Scope => ({
      at: `${at}.${key}`,
      place: PLACES.step,
      contexts,
      workspace,
    });
  };
  // GitHub fills in the variables before it looks at the condition. What a step that does not run
  // reads from the payload of another event is not a mistake, so this stops only a step that runs.
  const { env, problem } = tryFill(outer, () => fillAll(step.env, scopes(outer)("env")));
  const scope = scopes(env);
  const deployments: DeploymentRecord[] = [];
  const name = step.name === undefined
    ? `Run ${step.uses ?? step.run?.trim().split("\n")[0]}`
    : fillText(step.name, scope("name"));
  const finish = (outcome: Acted["outcome"] | "skipped", log: string, outputs: Texts = {}) => {
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
  if (!holds(step.if, condition)) return finish("skipped", "");
  if (problem !== undefined) throw problem;
  const { fate } = leg;
  leg.fate = undefined;
  const suffered = fate && suffer(leg, fate);
  if (suffered !== undefined) return finish(suffered, `simulated: ${fate}\n`);
  const { outcome, log, outputs } = step.uses === undefined
    ? await runScript(leg, frame, step, { env, scope }, deployments)
    : await useAction(leg, frame, step, step.uses, { env, scope });
  finish(outcome, log, outputs);
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
  if (leg.run.world.skippedActions.includes(name)) {
    return succeeded(`simulated: ${name} is taken for done\n`);
  }
  if (!name.startsWith("./")) return await runAction(leg, frame.file, uses, inputs);
  const opened = await openAction(leg, frame, name, inputs, env);
  if ("outcome" in opened) return opened;
  await runSteps(leg, opened.frame, opened.action.runs.steps ?? []);
  return closeAction(leg, opened);
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

function tryFill(
  outer: Texts,
  fill: () => Texts,
): { readonly env: Texts; readonly problem?: UserError } {
  try {
    return { env: { ...outer, ...fill() } };
  } catch (error) {
    if (error instanceof UserError) return { env: outer, problem: error };
    throw error;
  }
}

function inFile({ problems }: UserError, file: string): UserError {
  return new UserError(problems.map((problem) => ({ ...problem, file: problem.file ?? file })));
}
