import { UserError } from "../errors.ts";
import { runAction } from "./action.ts";
import { fillAll, fillText, fillValue, holds, isTrue, type Scope } from "./expression.ts";
import { type Frame, stepContexts, stepStatus } from "./frame.ts";
import { type Acted, type Leg, suffer } from "./leg.ts";
import { PLACES } from "./place.ts";
import type { DeploymentRecord } from "./record.ts";
import { runScript } from "./script.ts";
import type { Step } from "./workflow_file.ts";

/**
 * Runs a list of steps, one after the other.
 *
 * @throws {UserError} Where something is not modelled, or an expression reads what is not there.
 */
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

/**
 * Runs a step: its condition, its action or script, and what its end means for those after it.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/contexts#steps-context}
 */
async function runStep(leg: Leg, frame: Frame, step: Step, at: string): Promise<void> {
  const outer = { ...leg.env, ...frame.env };
  const scopeOf = (env: Readonly<Record<string, string>>, name: string): Scope => ({
    at: `${at}.${name}`,
    place: PLACES.step,
    contexts: once(() => stepContexts(leg, frame, env)),
  });
  // GitHub fills in the variables before it looks at the condition. What a step that does not run
  // reads from a payload of another event is no mistake, so this stops only a step that runs.
  const { env, problem } = tryFill(outer, () => fillAll(step.env ?? {}, scopeOf(outer, "env")));
  const deployments: DeploymentRecord[] = [];
  const finish = (
    acted: Pick<Acted, "log" | "outputs"> & { outcome: Acted["outcome"] | "skipped" },
  ) => {
    const forgiven = acted.outcome === "failure" && !leg.lost &&
      isTrue(fillValue(step["continue-on-error"] ?? false, scopeOf(env, "continue-on-error")));
    const conclusion = forgiven ? "success" : acted.outcome;
    const { outcome, log, outputs = {} } = acted;
    if (step.id !== undefined) frame.steps.set(step.id, { outputs, outcome, conclusion });
    if (conclusion === "failure" && frame.action !== undefined) frame.action.failed = true;
    else if (conclusion === "failure" && leg.status === "success") leg.status = "failure";
    const inside = frame.action === undefined ? "" : "  ";
    leg.steps.push({ name: `${inside}${name}`, outcome, conclusion, log, deployments });
  };
  const named = step.name ?? `Run ${step.uses ?? step.run?.trim().split("\n")[0]}`;
  const name = step.name === undefined ? named : fillText(named, scopeOf(env, "name"));
  const condition = { ...scopeOf(env, "if"), place: PLACES.stepIf, status: stepStatus(leg, frame) };
  if (!holds(step.if, condition)) return finish({ outcome: "skipped", log: "" });
  if (problem !== undefined) throw problem;
  if (leg.fate !== undefined) {
    const fate = leg.fate;
    leg.fate = undefined;
    const outcome = suffer(leg, fate);
    if (outcome !== undefined) return finish({ outcome, log: `simulated: ${fate}\n` });
  }
  finish(
    step.uses === undefined
      ? await runScript(leg, frame, step, { env, scopeOf, deployments })
      : await runAction(leg, frame, step, { env, scopeOf, runSteps }),
  );
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

function tryFill(
  outer: Readonly<Record<string, string>>,
  fill: () => Readonly<Record<string, string>>,
): { readonly env: Readonly<Record<string, string>>; readonly problem?: UserError } {
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
