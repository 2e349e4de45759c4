import { data } from "@actions/expressions";
import { type Contexts, StrictDictionary, toData } from "./context_data.ts";
import type { Scope, Status } from "./evaluate.ts";
import type { Machine } from "./machine.ts";
import type { Annotation, DeploymentRecord, Fate, Result, StepRecord, Texts } from "./record.ts";
import { conditionHolds, type StartedJob } from "./started_job.ts";
import type { OwnJob } from "./workflow_file.ts";

/** A leg on its machine; its contexts are those that stay the same from its first step to its last. */
export interface Leg extends StartedJob<OwnJob> {
  readonly machine: Machine;
  /** The variables of the workflow, of the job, and those that steps wrote to `GITHUB_ENV`. */
  readonly env: Record<string, string>;
  /** What steps wrote to `GITHUB_PATH`, the newest first. */
  readonly path: string[];
  /** What its runner masks: the secrets that it read, and what steps asked for. */
  readonly masks: Set<string>;
  readonly annotations: Annotation[];
  readonly summary: string[];
  readonly steps: StepRecord[];
  /** `job.status`. */
  status: "success" | "failure" | "cancelled";
  /** Whether its runner is lost: nothing further happens then. */
  lost: boolean;
  /** What goes wrong in the first step that runs. */
  fate: Fate | undefined;
}

/** A list of steps in progress: those of a job, or those of a composite action. */
export interface Frame {
  /** The workflow or the action, and where the steps are in it. */
  readonly file: string;
  readonly at: string;
  /** The contexts that differ from the leg's: an action's inputs, and its own `github`. */
  readonly contexts: Contexts;
  /** The variables of the step that called the action. */
  readonly env: Texts;
  readonly variables: Texts;
  readonly steps: Map<string, Pick<StepRecord, "outcome" | "conclusion"> & { outputs: Texts }>;
  readonly defaults: { readonly shell?: string | undefined; readonly folder?: string | undefined };
  /** For an action, whether one of its own steps failed. */
  readonly action: { failed: boolean } | undefined;
}

export interface Surroundings {
  /** The variables of the step and around it. */
  readonly env: Texts;
  readonly scope: (key: string) => Scope;
}

export interface Acted {
  readonly outcome: Result;
  readonly log: string;
  readonly outputs?: Texts;
  /** What it called of the deployment commands. */
  readonly deployments?: readonly DeploymentRecord[];
}

export const succeeded = (log: string): Acted => ({ outcome: "success", log });
export const failed = (log: string): Acted => ({ outcome: "failure", log });

/**
 * Lets something go wrong in a leg, and says how its step ends; `undefined` where it goes on.
 *
 * On a lost runner no further step runs, `always()` included. A time-out and a cancellation stop
 * the step; steps whose condition asks for it still run. When the run is cancelled, a job whose
 * condition still holds goes on.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-cancellation}
 */
export function suffer(leg: Leg, fate: Fate): Acted["outcome"] | undefined {
  leg.lost ||= fate === "lost";
  if (fate === "fail" || fate === "lost") return "failure";
  if (fate === "cancel-run") {
    leg.level.run.cancelled = true;
    if (conditionHolds(leg, true)) return undefined;
  }
  return leg.status = "cancelled";
}

/** What the status functions say; in an action, they are about the action's own steps. */
export function stepStatus({ status }: Leg, { action }: Frame): Status {
  const cancelled = status === "cancelled";
  const failed = action === undefined ? status === "failure" : action.failed;
  return { success: !failed && !cancelled, failure: failed && !cancelled, cancelled };
}

export function stepContexts(leg: Leg, frame: Frame, env: Texts): Contexts {
  const steps = [...frame.steps].map(([id, { outputs, outcome, conclusion }]) => {
    const pairs = Object.entries(outputs)
      .map(([key, value]) => ({ key, value: new data.StringData(value) }));
    const values = {
      // No step declares its outputs, so one that it did not set is no mistake.
      outputs: new data.Dictionary(...pairs),
      outcome: new data.StringData(outcome),
      conclusion: new data.StringData(conclusion),
    };
    return [id, new StrictDictionary(`steps.${id}`, values)];
  });
  return {
    ...leg.contexts,
    ...frame.contexts,
    env: toData("env", env),
    job: toData("job", { status: leg.status }),
    steps: new StrictDictionary("steps", Object.fromEntries(steps)),
  };
}
