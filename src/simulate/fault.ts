import { UsageError, UserError } from "../errors.ts";
import type { Cluster } from "../plan/cluster.ts";
import { listNames } from "../text/list_names.ts";
import { didYouMean } from "../text/nearest.ts";
import { type Deployment, FATES, type Fault, type RunRecord } from "./record.ts";
import { allJobs, allLegs, deploymentsIn } from "./all_jobs.ts";
import { releasesOf } from "./release.ts";
import { withCalled } from "./read_workflow.ts";
import type { Workflow } from "./workflow_file.ts";

const WANTED =
  "expected support:CLUSTER, support:CLUSTER/NAME, staging:CLUSTER/HUB, prod:CLUSTER/HUB, " +
  "check:CLUSTER/HUB or job:ID, with =fail, =cancel, =timeout, =lost or =cancel-run after it";

const TARGET =
  /^(?:job:(?<job>.+)|(?<kind>support|staging|prod|check):(?<cluster>[^/]+)(?:\/(?<hub>[^/]+))?)$/;

const ACTIONS: Readonly<Record<string, Deployment["action"]>> = {
  support: "upgrade-support",
  staging: "upgrade-hub",
  prod: "upgrade-hub",
  check: "check-hub",
};

export function parseFault(spec: string): Fault {
  const [, target = "", fateText = "fail"] = /^([^=]*)(?:=(.*))?$/.exec(spec) ?? [];
  const fate = FATES.find((name) => name === fateText);
  const { job, kind = "", cluster = "", hub } = TARGET.exec(target)?.groups ?? {};
  const action = ACTIONS[kind];
  const isWhole = hub !== undefined || kind === "support";
  const call = action !== undefined && isWhole ? { action, cluster, hub } : undefined;
  if (fate !== undefined && (job ?? call) !== undefined) return { target, job, call, fate };
  throw new UsageError(`Cannot read --fail ${JSON.stringify(spec)}: ${WANTED}`);
}

export function isAbout({ call }: Fault, { action, cluster, hub }: Deployment): boolean {
  return call?.action === action && call.cluster === cluster && call.hub === hub;
}

export function checkFaults(
  faults: readonly Fault[],
  workflows: readonly Workflow[],
  clusters: readonly Cluster[],
): void {
  const known = [
    ...withCalled(workflows).flatMap(({ jobs }) => Object.keys(jobs).map((id) => `job:${id}`)),
    ...releasesOf(clusters).flatMap(({ kind, cluster, hub }) => [
      `${kind}:${cluster}${hub === "" ? "" : `/${hub}`}`,
      ...kind === "support" ? [] : [`check:${cluster}/${hub}`],
    ]),
  ];
  const problems = faults.flatMap(({ target, job }) => {
    // Where the change cannot be planned, the clusters are not known, and none deploys anyway.
    if (known.includes(target) || job === undefined && clusters.length === 0) return [];
    const kind = target.slice(0, target.indexOf(":") + 1);
    const same = known.filter((name) => name.startsWith(kind));
    const wanted = listNames(same) || "nothing of that kind";
    const hint = didYouMean({ word: target, known });
    return [{ message: `Cannot let "${target}" go wrong: expected ${wanted}${hint}` }];
  });
  if (problems.length > 0) throw new UserError(problems);
}

/** Faults that did not happen: what they are about was not planned, or was blocked by another. */
export function unusedFaults(faults: readonly Fault[], runs: readonly RunRecord[]): string[] {
  const jobs = runs.flatMap((run) => allJobs(run.jobs));
  const calls = deploymentsIn(jobs.flatMap((job) => job.legs))
    .filter(({ fate }) => fate !== undefined);
  return faults.filter((fault) =>
    fault.job === undefined
      ? !calls.some((call) => isAbout(fault, call))
      : !allLegs(jobs.filter(({ id }) => id === fault.job)).some((leg) => leg.called === undefined)
  ).map(({ target, fate }) => `${target}=${fate} did not come into play`);
}
