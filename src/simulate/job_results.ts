import type { Status } from "./evaluate.ts";
import type { Result } from "./record.ts";

/**
 * What the status functions say in a job's condition. `success()` looks at the whole chain: a job
 * that was skipped, however far up, is not a success. `failure()` looks at it too; `cancelled()` is
 * about the run, not about a job that was cancelled.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#status-check-functions}
 */
export function jobStatus(results: readonly Result[], cancelled: boolean): Status {
  return {
    success: !cancelled && results.every((result) => result === "success"),
    failure: !cancelled && results.includes("failure"),
    cancelled,
  };
}

/** The result of a job from those of its legs, or of a run from those of its jobs. */
export function worstResult(results: readonly Result[]): Result {
  return (["failure", "cancelled", "success"] as const)
    .find((result) => results.includes(result)) ?? "skipped";
}
