import * as z from "../zod.ts";
import type { GitHub } from "./api.ts";

const text = z.nullish(z.string());

const Job = z.object({
  name: z.string(),
  run_attempt: z.int(),
  /** Nothing while it runs. */
  conclusion: text,
  html_url: text,
  /** Which runner took it; nothing where none did. */
  runner_name: text,
  steps: z.nullish(z.array(z.object({ name: z.string(), conclusion: text }))),
});
/** A job of a run, in one of its attempts. */
export type ListedJob = z.infer<typeof Job>;

const Page = z.pipe(z.object({ jobs: z.array(Job) }), z.transform(({ jobs }) => jobs));

/**
 * Reads the jobs of all attempts of a run, with their steps. It asks for all: at times GitHub has
 * left out of the latest attempt those that were not run again.
 *
 * @throws {UserError} If GitHub does not say.
 */
export function readRunJobs(github: GitHub, runId: number): Promise<readonly ListedJob[]> {
  return github.list({
    path: `actions/runs/${runId}/jobs?filter=all`,
    answer: Page,
    failing: `Cannot read the jobs of run ${runId}`,
    subject: `run ${runId}`,
    permission: "actions: read",
  });
}

/** Reads the latest attempt in which each job of a run was run, by the job's name. */
export async function latestAttempts(
  github: GitHub,
  runId: number,
): Promise<ReadonlyMap<string, number>> {
  const jobs = await readRunJobs(github, runId);
  const attempts = jobs.map(({ name, run_attempt }) => [name, run_attempt] as const);
  return new Map(attempts.sort(([, a], [, b]) => a - b));
}
