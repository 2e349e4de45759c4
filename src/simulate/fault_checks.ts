import { UserError } from "../errors.ts";
import type { Cluster } from "../plan/cluster.ts";
import { listNames } from "../text/list_names.ts";
import { didYouMean } from "../text/nearest.ts";
import { isAbout } from "./deploy_command.ts";
import { type Fault, targetName } from "./fault.ts";
import type { RunRecord } from "./record.ts";
import type { Workflow } from "./workflow_file.ts";

/** Checks that what is to go wrong is there. */
export function checkFaults(
  faults: readonly Fault[],
  workflows: readonly Workflow[],
  clusters: readonly Cluster[],
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
  // Where the change cannot be planned, the clusters are not known, and none deploys anyway.
  const checked = faults.filter(({ target }) => target.kind === "job" || clusters.length > 0);
  const unknown = checked.filter(({ target }) => !known.includes(targetName(target)));
  if (unknown.length === 0) return;
  throw new UserError(unknown.map(({ target }) => {
    const word = targetName(target);
    const same = known.filter((name) => name.startsWith(`${target.kind}:`));
    const wanted = listNames(same) || "nothing of that kind";
    const hint = didYouMean({ word, known });
    return { message: `Cannot let "${word}" go wrong: expected ${wanted}${hint}` };
  }));
}

/** Faults that did not happen: what they are about was not planned, or was blocked by another. */
export function unusedFaults(faults: readonly Fault[], runs: readonly RunRecord[]): string[] {
  const jobs = runs.flatMap((run) => run.jobs);
  const calls = jobs.flatMap((job) => job.legs).flatMap((leg) => leg.steps)
    .flatMap((step) => step.deployments).filter(({ fate }) => fate !== undefined);
  const isUsed = ({ target }: Fault) => {
    if (target.kind === "job") {
      return jobs.some(({ id, legs }) => id === target.id && legs.length > 0);
    }
    return calls.some((call) => isAbout(target, call));
  };
  return faults.filter((fault) => !isUsed(fault))
    .map(({ target, fate }) => `${targetName(target)}=${fate} did not come into play`);
}
