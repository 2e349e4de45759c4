import type { GitHub } from "./api.ts";
import { readRunJobs } from "./run_jobs.ts";

/**
 * Reads the latest attempt in which each job of a run was run, by the job's name.
 *
 * @throws {UserError} If GitHub does not say.
 */
export async function latestAttempts(
  github: GitHub,
  runId: number,
): Promise<ReadonlyMap<string, number>> {
  const latest = new Map<string, number>();
  for (const { name, run_attempt } of await readRunJobs(github, runId)) {
    latest.set(name, Math.max(run_attempt, latest.get(name) ?? 0));
  }
  return latest;
}
