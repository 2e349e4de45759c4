import { UserError } from "../errors.ts";
import type { Status } from "./evaluate.ts";
import type { Annotation, JobRecord, LegRecord, Result, Texts } from "./record.ts";

/** Why a job was skipped whose run was cancelled. */
export const CANCELLED = "the run was cancelled";

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

export function worstResult(results: readonly Result[]): Result {
  return (["failure", "cancelled", "success"] as const)
    .find((result) => results.includes(result)) ?? "skipped";
}

/** Whether a job or a leg is among what runs again when the failed jobs do. */
export function isUndone(of: JobRecord | LegRecord): boolean {
  return of.result === "failure" || of.result === "cancelled" ||
    "why" in of && of.why === CANCELLED;
}

/** How large the outputs of {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs one job} may be: 1 MB, counted as UTF-16. */
const MOST_JOB_BYTES = 1_048_576;

/**
 * What the runner sends of a leg's outputs: what is empty is skipped, and what holds a secret is
 * dropped with a warning.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs}
 */
export function legOutputs(
  outputs: Texts,
  masks: ReadonlySet<string>,
): { readonly values: Texts; readonly warnings: readonly Annotation[] } {
  const values: Record<string, string> = {};
  const warnings: Annotation[] = [];
  for (const [name, value] of Object.entries(outputs)) {
    if (value === "") continue;
    if (masks.values().some((mask) => mask !== "" && value.includes(mask))) {
      const message = `Skip output '${name}' since it may contain secret.`;
      warnings.push({ level: "warning", message });
    } else values[name] = value;
  }
  return { values, warnings };
}

/**
 * Puts the outputs of a job's legs together: legs that set different names add up, and for the
 * same name the leg that finishes last wins. A name that is declared and that no leg set is empty.
 *
 * @see {@link https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/pass-job-outputs}
 */
export function jobOutputs(declared: readonly string[], finished: readonly Texts[]): Texts {
  const empty = Object.fromEntries(declared.map((name) => [name, ""]));
  const values: Texts = Object.assign(empty, ...finished);
  const bytes = Object.values(values).reduce((sum, value) => sum + 2 * value.length, 0);
  if (bytes <= MOST_JOB_BYTES) return values;
  throw new UserError(
    `Cannot go on with the job's outputs: GitHub accepts 1 MB of one job, found ${bytes} bytes`,
  );
}
