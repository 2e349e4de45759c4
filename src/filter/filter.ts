import type { ProdHubJob } from "../plan/schema.ts";
import { visible } from "../text/visible.ts";
import { readVerdict, verdictOutput } from "./verdict.ts";

/** What is known once the canary job is over. */
export interface FilterInput {
  readonly prod: readonly ProdHubJob[];
  /** The clusters for which a canary leg was planned. */
  readonly canaries: readonly string[];
  /** The result of the canary job as a whole: `success`, `failure`, `cancelled` or `skipped`. */
  readonly canaryResult: string;
  /** The outputs of the canary job: verdict output to what the leg recorded. */
  readonly verdicts: Readonly<Record<string, string>>;
  /** The results of all jobs of the waves before. */
  readonly earlierResults?: readonly string[] | undefined;
  /** The result of the job that builds what is deployed; nothing where there is no such job. */
  readonly buildResult?: string | undefined;
  /** Whose canaries stand before a prod hub: those of its own cluster, or those of all clusters. */
  readonly gate?: "cluster" | "fleet" | undefined;
  /** The latest attempt in which a cluster's canary leg was run; `undefined` where there is none. */
  readonly latestAttempt: (cluster: string) => number | undefined;
}

export interface Blocked {
  readonly job: ProdHubJob;
  readonly reason: string;
}

/** The prod legs that may deploy, and those that may not, in the order of the plan. */
export interface Filtered {
  readonly passed: readonly ProdHubJob[];
  readonly blocked: readonly Blocked[];
}

/**
 * Decides which prod hubs may deploy once the canaries are over. Fails closed: a prod hub passes
 * only if no canary was planned for its own cluster, or that canary's latest attempt recorded
 * success. A failure, a cancellation, a time-out, a lost runner and an absent verdict all block it.
 * So does a build that did not succeed, and a wave before this one. One cluster's canary never
 * decides about another cluster, but where the whole fleet is one gate.
 */
export function filter(input: FilterInput): Filtered {
  const whyAll = whyAllBlocked(input);
  const withCanary = new Set(input.canaries);
  const passed: ProdHubJob[] = [];
  const blocked: Blocked[] = [];
  for (const job of input.prod) {
    const { cluster_name } = job;
    const reason = whyAll ??
      (withCanary.has(cluster_name) ? whyBlocked(cluster_name, input) : undefined);
    if (reason === undefined) passed.push(job);
    else blocked.push({ job, reason });
  }
  return { passed, blocked };
}

/** What stands before every prod hub and did not succeed, in words. */
function whyAllBlocked(input: FilterInput): string | undefined {
  const { canaries, gate, buildResult, earlierResults = [] } = input;
  if (buildResult !== undefined && buildResult !== "success") {
    return `what it deploys is not built: that job ended as "${visible(buildResult)}"`;
  }
  const stopped = earlierResults.find((result) => !["success", "skipped"].includes(result));
  if (stopped !== undefined) {
    return `a wave before did not succeed: a job of it ended as "${visible(stopped)}"`;
  }
  if (gate !== "fleet") return undefined;
  const [why, ...others] = canaries.flatMap((cluster) => {
    const reason = whyBlocked(cluster, input);
    return reason === undefined ? [] : [`on ${visible(cluster)}, ${reason}`];
  });
  const count = others.length;
  if (why === undefined || count === 0) return why;
  return `${why}; ${count} more ${count === 1 ? "canary" : "canaries"} did not succeed`;
}

function whyBlocked(
  cluster: string,
  { canaryResult, verdicts, latestAttempt }: FilterInput,
): string | undefined {
  const output = verdictOutput(cluster);
  const text = Object.hasOwn(verdicts, output) ? verdicts[output] : undefined;
  if (text === undefined || text === "") return whyAbsent(canaryResult);
  const verdict = readVerdict(text);
  if (verdict === undefined) {
    return `the canary recorded "${visible(text)}", which is not a verdict`;
  }
  if (verdict.status === "failure") return "the canary failed";
  if (verdict.status === "cancelled") return "the canary was cancelled or timed out";
  const latest = latestAttempt(cluster);
  if (latest === verdict.attempt) return undefined;
  const succeeded = `the canary succeeded in attempt ${verdict.attempt}`;
  return latest === undefined
    ? `${succeeded}, and GitHub lists no job of it`
    : `${succeeded}, but recorded no verdict in attempt ${latest}: its runner was lost or never ` +
      "started";
}

/** What else may be behind an absent verdict. */
const OR_ELSE =
  "the workflow does not know this cluster (generate it again), or GitHub dropped an " +
  "output that contains a masked secret (the warnings of the jobs before name it)";

const ABSENT: Readonly<Record<string, string>> = {
  failure: `the canary recorded no verdict: its runner was lost or never started, ${OR_ELSE}`,
  cancelled: `the canary recorded no verdict: it was cancelled, its runner was lost, ${OR_ELSE}`,
  skipped: "the canary was planned and never ran",
  success: `the canary recorded no verdict although its job succeeded: ${OR_ELSE}`,
};

function whyAbsent(canaryResult: string): string {
  if (Object.hasOwn(ABSENT, canaryResult)) return ABSENT[canaryResult] ?? "";
  return `the canary recorded no verdict; its job ended as "${visible(canaryResult)}"`;
}
