import * as z from "../zod.ts";
import { UserError } from "../errors.ts";
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

export function isDeploying(event: string): boolean {
  return ["push", "workflow_dispatch", "schedule"].includes(event);
}

/** What to do in place of running an old run again. */
export const TO_MAKE_UP = "to make up what is owed, start the workflow by hand, or push";

/** How many runs GitHub lists at once, the newest first. */
const PAGE = 100;

/** What a run that has not begun says. */
const WAITING = ["queued", "pending", "requested", "waiting"];

/**
 * The id of a later run of the same workflow that may have begun to deploy; `undefined` where there
 * is none.
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
    path: `actions/workflows/${run.workflow_id}/runs?branch=${branch}&per_page=${PAGE}`,
    answer: Runs,
  });
  const later = workflow_runs.filter(({ run_number }) => run_number > run.run_number);
  const deploying = later.find(({ event, status }) =>
    isDeploying(event) && !WAITING.includes(status ?? "")
  );
  if (deploying === undefined && later.length === PAGE) {
    throw new UserError(
      `${words.failing}: GitHub lists ${PAGE} later ones, none of which has, and there may be ` +
        `more; ${TO_MAKE_UP}`,
    );
  }
  return deploying?.id;
}
