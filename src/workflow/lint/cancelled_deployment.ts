import type { Finding, LintRule } from "./rule.ts";

/** Runs that a newer run cuts off. */
export const cancelledDeployment: LintRule = {
  id: "cancelled-deployment",
  refuses: "a concurrency that says more than its group, `cancel-in-progress` above all, or that " +
    "is a job's own",
  why:
    "a deployment that is cut off leaves a release half upgraded, and one that is dropped from " +
    "the queue never happens; the generator queues all runs",
  mend: "say the group of the workflow alone",
  check: ({ concurrency, jobs }) => [
    ...surplus(concurrency, ["group"]).map((key): Finding => ({
      message:
        `Cannot use "${key}" in the concurrency: runs wait for each other, none is cancelled`,
    })),
    ...jobs.filter((job) => "concurrency" in job).map(({ id }): Finding => ({
      job: id,
      message: "Cannot use a concurrency of its own: it could cancel what it runs",
    })),
  ],
};

function surplus(value: object | undefined, known: readonly string[]): readonly string[] {
  return Object.keys(value ?? {}).filter((key) => !known.includes(key));
}
