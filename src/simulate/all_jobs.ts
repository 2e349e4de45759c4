import type { DeploymentRecord, JobRecord, LegRecord } from "./record.ts";

/** Some jobs, each before those of the workflows that its legs call. */
export function allJobs(jobs: readonly JobRecord[]): readonly JobRecord[] {
  return jobs.flatMap((job) => [job, ...job.legs.flatMap((leg) => allJobs(leg.called ?? []))]);
}

/** The legs of some jobs, and those of the workflows that they call. */
export function allLegs(jobs: readonly JobRecord[]): readonly LegRecord[] {
  return allJobs(jobs).flatMap((job) => job.legs);
}

export function deploymentsIn(legs: readonly LegRecord[]): readonly DeploymentRecord[] {
  return legs.flatMap((leg) => leg.steps).flatMap((step) => step.deployments);
}
