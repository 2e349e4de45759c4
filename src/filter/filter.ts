import { VERDICT_SUCCESS, verdictOutput } from "./verdict.ts";
import type { ProdHubJob, SupportAndStagingJob } from "../plan/schema.ts";
import { visible } from "../text/visible.ts";

/** What is known once the canary job is over. */
export interface FilterInput {
  /** The prod legs that were planned. */
  readonly prod: readonly ProdHubJob[];
  /** The canary legs that were planned. */
  readonly canaries: readonly SupportAndStagingJob[];
  /** The result of the canary job as a whole: `success`, `failure`, `cancelled` or `skipped`. */
  readonly canaryResult: string;
  /** The outputs of the canary job: verdict output to what the leg recorded. */
  readonly verdicts: Readonly<Record<string, string>>;
}

/** A prod leg that may not deploy. */
export interface Blocked {
  /** The prod leg. */
  readonly job: ProdHubJob;
  /** Why it may not deploy, as one line. */
  readonly reason: string;
}

/** What may deploy and what may not. */
export interface Filtered {
  /** The prod legs that may deploy, in the order in which they were planned. */
  readonly passed: readonly ProdHubJob[];
  /** The prod legs that may not, each with its reason. */
  readonly blocked: readonly Blocked[];
}

/**
 * Decides which prod hubs may deploy once the canaries are over. Fails closed: a prod hub passes
 * only if no canary was planned for its own cluster, or that canary recorded success. A failure, a
 * cancellation, a time-out, a lost runner and an absent verdict all block it. One cluster's
 * canary never decides about another cluster.
 */
export function filter({ prod, canaries, canaryResult, verdicts }: FilterInput): Filtered {
  const withCanary = new Set(canaries.map((canary) => canary.cluster_name));
  const passed: ProdHubJob[] = [];
  const blocked: Blocked[] = [];
  for (const job of prod) {
    if (!withCanary.has(job.cluster_name)) {
      passed.push(job);
      continue;
    }
    const output = verdictOutput(job.cluster_name);
    const verdict = Object.hasOwn(verdicts, output) ? verdicts[output] : undefined;
    if (verdict === VERDICT_SUCCESS) passed.push(job);
    else blocked.push({ job, reason: whyBlocked(verdict, canaryResult) });
  }
  return { passed, blocked };
}

function whyBlocked(verdict: string | undefined, canaryResult: string): string {
  switch (verdict) {
    case "failure":
      return "the canary failed";
    case "cancelled":
      return "the canary was cancelled or timed out";
    case undefined:
    case "":
      return whyAbsent(canaryResult);
    default:
      return `the canary recorded "${visible(verdict)}", which is no success`;
  }
}

const OR_MISSING = "or the workflow does not know this cluster (generate it anew)";

function whyAbsent(canaryResult: string): string {
  switch (canaryResult) {
    case "failure":
      return `the canary recorded no verdict: its runner was lost or never started, ${OR_MISSING}`;
    case "cancelled":
      return `the canary recorded no verdict: it was cancelled, its runner was lost, ${OR_MISSING}`;
    case "skipped":
      return "the canary was planned and never ran";
    case "success":
      return "the canary recorded no verdict although its job succeeded: this cluster is missing " +
        "in the workflow; generate the workflows anew";
    default:
      return `the canary recorded no verdict; its job ended as "${visible(canaryResult)}"`;
  }
}
