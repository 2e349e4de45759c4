import type { data } from "@actions/expressions";
import type { Fate } from "./fault.ts";
import type { Machine } from "./machine.ts";
import type { Annotation, StepRecord } from "./record.ts";
import type { Run } from "./world.ts";

/** A leg of a job in progress. */
export interface Leg {
  readonly run: Run;
  /** The id of its job. */
  readonly job: string;
  readonly machine: Machine;
  /** The contexts that stay the same from its first step to its last. */
  readonly contexts: Readonly<Record<string, data.ExpressionData>>;
  /** Whether the job's condition still holds once the run is cancelled. */
  readonly survivesCancellation: () => boolean;
  /** The variables of the workflow, of the job, and those that steps wrote to `GITHUB_ENV`. */
  readonly env: Record<string, string>;
  /** What steps wrote to `GITHUB_PATH`, the newest first. */
  readonly path: string[];
  readonly annotations: Annotation[];
  readonly summary: string[];
  readonly steps: StepRecord[];
  /** `job.status`. */
  status: "success" | "failure" | "cancelled";
  /** Whether its runner is lost: nothing further happens then. */
  lost: boolean;
  /** What befalls the first step that runs. */
  fate: Fate | undefined;
}

/** What a step came to. */
export interface Acted {
  readonly outcome: "success" | "failure" | "cancelled";
  readonly log: string;
  readonly outputs?: Readonly<Record<string, string>>;
}

/**
 * Lets a fate befall a leg.
 *
 * On a lost runner no further step runs, `always()` included. A time-out and a cancellation stop
 * the step; steps whose condition asks for it still run. When the run is cancelled, a job whose
 * condition still holds goes on.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-cancellation}
 */
export function suffer(leg: Leg, fate: Fate): Acted["outcome"] | undefined {
  switch (fate) {
    case "fail":
      return "failure";
    case "lost":
      leg.lost = true;
      return "failure";
    case "cancel":
    case "timeout":
      leg.status = "cancelled";
      return "cancelled";
    case "cancel-run":
      leg.run.cancelled = true;
      if (leg.survivesCancellation()) return undefined;
      leg.status = "cancelled";
      return "cancelled";
  }
}
