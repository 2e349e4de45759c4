import * as z from "../zod.ts";
import type { GitHub } from "./api.ts";

const Page = z.pipe(
  z.object({ jobs: z.array(z.object({ name: z.string(), run_attempt: z.int() })) }),
  z.transform(({ jobs }) => jobs),
);

/**
 * Reads the latest attempt in which each job of a run was run, by the job's name. It asks for the
 * jobs of all attempts: at times GitHub has left out of the latest those that were not run again.
 */
export async function latestAttempts(
  github: GitHub,
  runId: number,
): Promise<ReadonlyMap<string, number>> {
  const jobs = await github.list({
    path: `actions/runs/${runId}/jobs?filter=all`,
    answer: Page,
    failing: `Cannot read the jobs of run ${runId}`,
    subject: `run ${runId}`,
    permission: "actions: read",
  });
  const attempts = jobs.map(({ name, run_attempt }) => [name, run_attempt] as const);
  return new Map(attempts.sort(([, a], [, b]) => a - b));
}
