import type { Fate } from "./fault.ts";
import type { Machine } from "./machine.ts";
import type { Permissions } from "./permissions.ts";
import type { Annotation, StepRecord, Texts } from "./record.ts";
import type { Contexts } from "./strict_dictionary.ts";
import type { Run } from "./world.ts";

/** A leg of a job in progress. */
export interface Leg {
  readonly run: Run;
  readonly job: string;
  readonly machine: Machine;
  readonly permissions: Permissions;
  readonly token: string;
  /** The contexts that stay the same from its first step to its last. */
  readonly contexts: Contexts;
  /** Whether the job's condition still holds once the run is cancelled. */
  readonly survivesCancellation: () => boolean;
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

/** What a step came to. */
export interface Acted {
  readonly outcome: "success" | "failure" | "cancelled";
  readonly log: string;
  readonly outputs?: Texts;
}

/** A step that did what it should. */
export function succeeded(log: string): Acted {
  return { outcome: "success", log };
}

export function failed(log: string): Acted {
  return { outcome: "failure", log };
}

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
  switch (fate) {
    case "fail":
      return "failure";
    case "lost":
      leg.lost = true;
      return "failure";
    case "cancel-run":
      leg.run.cancelled = true;
      if (leg.survivesCancellation()) return undefined;
      break;
  }
  leg.status = "cancelled";
  return "cancelled";
}
