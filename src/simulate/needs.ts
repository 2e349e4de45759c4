import { UserError } from "../errors.ts";
import type { Status } from "./expression.ts";
import type { Workflow } from "./workflow_file.ts";

/** How a job ended, as `needs.<job>.result` says. */
export type Result = "success" | "failure" | "cancelled" | "skipped";

/**
 * The jobs in an order in which each comes after those that it needs.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idneeds}
 * @throws {UserError} Where a job needs one that is not there, or itself by way of others.
 */
export function jobOrder({ path, jobs }: Pick<Workflow, "path" | "jobs">): readonly string[] {
  const order: string[] = [];
  const visiting = new Set<string>();
  const visit = (id: string, by: string): void => {
    if (order.includes(id)) return;
    const job = jobs[id];
    const message = job === undefined
      ? `Cannot run the job "${by}": it needs "${id}", which is not there`
      : visiting.has(id)
      ? `Cannot run the job "${id}": it needs itself by way of others`
      : undefined;
    if (message !== undefined) throw new UserError({ file: path, message });
    visiting.add(id);
    for (const need of job?.needs ?? []) visit(need, id);
    order.push(id);
  };
  for (const id of Object.keys(jobs)) visit(id, id);
  return order;
}

/** All jobs that a job needs, by way of others too. */
export function ancestors({ jobs }: Pick<Workflow, "jobs">, id: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (of: string): void => {
    for (const need of jobs[of]?.needs ?? []) {
      if (found.has(need)) continue;
      found.add(need);
      visit(need);
    }
  };
  visit(id);
  return found;
}

/**
 * What the status functions say in a job's condition. `success()` looks at the whole chain: a job
 * that was skipped, however far up, is no success. `failure()` looks at it too; `cancelled()` is
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

/** What the results of several legs come to as the result of their job. */
export function worstResult(results: readonly Result[]): Result {
  return (["failure", "cancelled", "success"] as const)
    .find((result) => results.includes(result)) ?? "skipped";
}
