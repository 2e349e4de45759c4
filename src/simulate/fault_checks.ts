import { UserError } from "../errors.ts";
import type { Cluster } from "../plan/cluster.ts";
import { type Fault, targetName } from "./fault.ts";
import type { RunRecord } from "./record.ts";
import type { Workflow } from "./workflow_file.ts";

/**
 * Checks that what is to go wrong is there.
 *
 * @throws {UserError} With every fault that is about nothing.
 */
export function checkFaults(
  faults: readonly Fault[],
  { workflows, clusters }: {
    readonly workflows: readonly Workflow[];
    readonly clusters: readonly Cluster[];
  },
): void {
  const known = [
    ...workflows.flatMap(({ jobs }) => Object.keys(jobs).map((id) => `job:${id}`)),
    ...clusters.flatMap(({ name, support, hubs }) => [
      ...support === null ? [] : [`support:${name}`],
      ...hubs.flatMap((hub) => [
        `${hub.staging ? "staging" : "prod"}:${name}/${hub.name}`,
        `check:${name}/${hub.name}`,
      ]),
    ]),
  ];
  // Where the change cannot be planned, nobody knows the clusters: nothing deploys then anyway.
  const checked = faults.filter(({ target }) => target.kind === "job" || clusters.length > 0);
  const unknown = checked.filter(({ target }) => !known.includes(targetName(target)));
  if (unknown.length === 0) return;
  throw new UserError(unknown.map(({ target }) => {
    const same = known.filter((name) => name.startsWith(`${target.kind}:`));
    return {
      message: `Cannot let "${targetName(target)}" go wrong: expected ${
        same.length === 0 ? "nothing of that kind" : same.join(", ")
      }`,
    };
  }));
}

/** Faults that nothing met: what they are about was not planned, or was blocked by another one. */
export function unusedFaults(faults: readonly Fault[], runs: readonly RunRecord[]): string[] {
  const jobs = runs.flatMap((run) => run.jobs);
  const calls = jobs.flatMap((job) => job.legs).flatMap((leg) => leg.steps)
    .flatMap((step) => step.deployments);
  return faults.filter(({ target }) => {
    if (target.kind === "job") {
      return !jobs.some((job) => job.id === target.id && job.legs.length > 0);
    }
    const hub = target.kind === "support" ? undefined : target.hub;
    const checks = target.kind === "check";
    return !calls.some((call) =>
      call.cluster === target.cluster && call.hub === hub &&
      (call.action === "check-hub") === checks && call.fate !== undefined
    );
  }).map(({ target, fate }) => `${targetName(target)}=${fate} did not come into play`);
}
