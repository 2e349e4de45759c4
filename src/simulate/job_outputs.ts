import { UserError } from "../errors.ts";
import type { Annotation, Texts } from "./record.ts";

/** How large the outputs of {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs one job} may be: 1 MB, counted as UTF-16. */
const MOST_JOB_BYTES = 1_048_576;

/**
 * What the runner sends of a leg's outputs: what is empty is skipped, and what holds a secret is
 * dropped with a warning.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs}
 */
export function legOutputs(
  outputs: Texts,
  masks: ReadonlySet<string>,
): { readonly values: Texts; readonly warnings: readonly Annotation[] } {
  const set = Object.entries(outputs).filter(([, value]) => value !== "");
  const leaks = ([, value]: readonly [string, string]) =>
    [...masks].some((mask) => mask !== "" && value.includes(mask));
  return {
    values: Object.fromEntries(set.filter((output) => !leaks(output))),
    warnings: set.filter(leaks).map(([name]) => ({
      level: "warning",
      message: `Skip output '${name}' since it may contain secret.`,
    })),
  };
}

/**
 * Puts the outputs of a job's legs together: legs that set different names add up, and for the
 * same name the leg that finishes last wins. A name that is declared and that no leg set is empty.
 *
 * @see {@link https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/pass-job-outputs}
 */
export function jobOutputs(declared: readonly string[], finished: readonly Texts[]): Texts {
  const empty: Texts = Object.fromEntries(declared.map((name) => [name, ""]));
  const values: Texts = Object.assign({}, empty, ...finished);
  const bytes = Object.values(values).reduce((sum, value) => sum + 2 * value.length, 0);
  if (bytes <= MOST_JOB_BYTES) return values;
  throw new UserError(
    `Cannot go on with the job's outputs: GitHub accepts 1 MB of one job, found ${bytes} bytes`,
  );
}
