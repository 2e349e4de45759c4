/** How a canary leg ends, as far as it can say so itself. */
const VERDICT = /^(success|failure|cancelled)@([1-9][0-9]*)$/;

/** What a canary leg recorded, and in which attempt of its run. */
export interface Verdict {
  readonly status: "success" | "failure" | "cancelled";
  readonly attempt: number;
}

/**
 * The job output in which a canary leg records its verdict, `success@1` for one.
 *
 * All legs of a matrix job
 * {@link https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/pass-job-outputs share one set of outputs},
 * so each cluster has an output of its own. A `.` becomes `-`, as an output's name holds no dot.
 * The verdict names the attempt because what an earlier attempt recorded can survive a re-run.
 */
export function verdictOutput(cluster: string): `success_${string}` {
  return `success_${cluster.replaceAll(".", "-")}`;
}

/** Reads a verdict; anything that a leg does not record is `undefined`. */
export function readVerdict(text: string): Verdict | undefined {
  const [, status, attempt] = VERDICT.exec(text) ?? [];
  return status === undefined
    ? undefined
    : { status: status as Verdict["status"], attempt: Number(attempt) };
}

/** The name of the canaries' job; behind it, GitHub names the leg's cluster first. */
export const CANARY_JOB = "Canary";
