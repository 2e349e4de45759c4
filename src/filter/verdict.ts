/**
 * The job output in which a canary leg records its verdict.
 *
 * All legs of a matrix job
 * {@link https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/pass-job-outputs share one set of outputs},
 * so each cluster has an output of its own. A `.` becomes `-`, as an output's name holds no dot.
 */
export function verdictOutput<Cluster extends string>(
  cluster: Cluster,
): `success_${string}` {
  return `success_${cluster.replaceAll(".", "-")}`;
}

/** What a canary leg records where every step before succeeded. Anything else blocks. */
export const VERDICT_SUCCESS = "true";
