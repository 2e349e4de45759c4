import * as z from "../zod.ts";
import type { GitHub } from "./api.ts";

const Run = z.object({
  run_number: z.int(),
  workflow_id: z.int(),
  event: z.string(),
  head_branch: z.nullable(z.string()),
});

const Runs = z.object({
  workflow_runs: z.array(
    z.object({
      id: z.int(),
      run_number: z.int(),
      event: z.string(),
      status: z.nullable(z.string()),
    }),
  ),
});

/** The events whose runs deploy. */
const DEPLOYING = ["push", "workflow_dispatch", "schedule"];

/** What a run that has not begun says. */
const WAITING = ["queued", "pending", "requested", "waiting"];

/**
 * The id of a later run of the same workflow that may have begun to deploy; `undefined` where there
 * is none. GitHub lists the newest 100 runs first: a run that is older than that has one.
 *
 * @throws {UserError} If GitHub does not say.
 */
export async function laterRun(github: GitHub, id: number): Promise<number | undefined> {
  const words = {
    failing: `Cannot tell whether a later run than ${id} has begun to deploy`,
    subject: `run ${id}`,
    permission: "actions: read",
  };
  const run = await github.request({ ...words, path: `actions/runs/${id}`, answer: Run });
  const branch = encodeURIComponent(run.head_branch ?? "");
  const { workflow_runs } = await github.request({
    ...words,
    path: `actions/workflows/${run.workflow_id}/runs?branch=${branch}&per_page=100`,
    answer: Runs,
  });
  return workflow_runs.find(({ run_number, event, status }) =>
    run_number > run.run_number && DEPLOYING.includes(event) && !WAITING.includes(status ?? "")
  )?.id;
}
