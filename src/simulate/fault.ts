import { UsageError, UserError } from "../errors.ts";
import type { Cluster } from "../plan/cluster.ts";
import { listNames } from "../text/list_names.ts";
import { didYouMean } from "../text/nearest.ts";
import { type Deployment, FATES, type Fault, type RunRecord, type Target } from "./record.ts";
import { allJobs, allLegs } from "./all_jobs.ts";
import { withCalled } from "./read_workflow.ts";
import type { Workflow } from "./workflow_file.ts";

const WANTED =
  "expected support:CLUSTER, support:CLUSTER/NAME, staging:CLUSTER/HUB, prod:CLUSTER/HUB, " +
  "check:CLUSTER/HUB or job:ID, with =fail, =cancel, =timeout, =lost or =cancel-run after it";

const TARGET = RegExp(
  "^(?:job:(?<id>.+)|support:(?<support>[^/]+)(?:/(?<addon>[^/]+))?|" +
    "(?<kind>staging|prod|check):(?<cluster>[^/]+)/(?<hub>[^/]+))$",
);

export function parseFault(spec: string): Fault {
  const [, text = "", fateText = "fail"] = /^([^=]*)(?:=(.*))?$/.exec(spec) ?? [];
  const fate = FATES.find((name) => name === fateText);
  const target = parseTarget(text);
  if (fate !== undefined && target !== undefined) return { target, fate };
  throw new UsageError(`Cannot read --fail ${JSON.stringify(spec)}: ${WANTED}`);
}

function parseTarget(text: string): Target | undefined {
  const { id, support, addon, kind, cluster = "", hub = "" } = TARGET.exec(text)?.groups ?? {};
  if (id !== undefined) return { kind: "job", id };
  if (support !== undefined) {
    return { kind: "support", cluster: support, ...(addon !== undefined && { hub: addon }) };
  }
  return kind === undefined
    ? undefined
    : { kind: kind as "staging" | "prod" | "check", cluster, hub };
}

export function targetName(target: Target): string {
  if (target.kind === "job") return `job:${target.id}`;
  return `${target.kind}:${target.cluster}${target.hub === undefined ? "" : `/${target.hub}`}`;
}

/** What a deployment command does in which a fault happens; `undefined` for a fault of a job. */
export function deploymentOf(target: Target): Deployment | undefined {
  if (target.kind === "job") return undefined;
  const { kind, cluster } = target;
  if (kind === "support") return { action: "upgrade-support", cluster, hub: target.hub };
  return { action: kind === "check" ? "check-hub" : "upgrade-hub", cluster, hub: target.hub };
}

/** Whether a call is the one in which a fault happens. */
export function isAbout(target: Target, { action, cluster, hub }: Deployment): boolean {
  const wanted = deploymentOf(target);
  return wanted?.action === action && wanted.cluster === cluster && wanted.hub === hub;
}

export function checkFaults(
  faults: readonly Fault[],
  workflows: readonly Workflow[],
  clusters: readonly Cluster[],
): void {
  const known = [
    ...withCalled(workflows).flatMap(({ jobs }) => Object.keys(jobs).map((id) => `job:${id}`)),
    ...clusters.flatMap(({ name, support, addons = [], hubs }) => [
      ...support === null ? [] : [`support:${name}`],
      ...addons.map((addon) => `support:${name}/${addon.name}`),
      ...hubs.flatMap((hub) => [
        `${hub.staging ? "staging" : "prod"}:${name}/${hub.name}`,
        `check:${name}/${hub.name}`,
      ]),
    ]),
  ];
  const problems = faults.flatMap(({ target }) => {
    const word = targetName(target);
    // Where the change cannot be planned, the clusters are not known, and none deploys anyway.
    if (known.includes(word) || target.kind !== "job" && clusters.length === 0) return [];
    const same = known.filter((name) => name.startsWith(`${target.kind}:`));
    const wanted = listNames(same) || "nothing of that kind";
    const hint = didYouMean({ word, known });
    return [{ message: `Cannot let "${word}" go wrong: expected ${wanted}${hint}` }];
  });
  if (problems.length > 0) throw new UserError(problems);
}

/** Faults that did not happen: what they are about was not planned, or was blocked by another. */
export function unusedFaults(faults: readonly Fault[], runs: readonly RunRecord[]): string[] {
  const jobs = runs.flatMap((run) => allJobs(run.jobs));
  const calls = jobs.flatMap((job) => job.legs).flatMap((leg) => leg.steps)
    .flatMap((step) => step.deployments).filter(({ fate }) => fate !== undefined);
  return faults.filter(({ target }) =>
    target.kind === "job"
      ? !allLegs(jobs.filter(({ id }) => id === target.id)).some((leg) => leg.called === undefined)
      : !calls.some((call) => isAbout(target, call))
  ).map(({ target, fate }) => `${targetName(target)}=${fate} did not come into play`);
}
