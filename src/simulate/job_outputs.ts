import { UserError } from "../errors.ts";

/** How large the outputs of {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs one job} may be: 1 MB, counted as UTF-16. */
const MOST_JOB_BYTES = 1_048_576;

/** What a leg's outputs came to. */
export interface LegOutputs {
  /** The values by name. */
  readonly values: Readonly<Record<string, string>>;
  /** What the runner warns of. */
  readonly warnings: readonly string[];
}

/**
 * What the runner sends of a leg's outputs: what is empty is skipped, and what holds a secret is
 * dropped with a warning.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs}
 */
export function legOutputs(
  values: Readonly<Record<string, string>>,
  secrets: readonly string[],
): LegOutputs {
  const kept: Record<string, string> = {};
  const warnings: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    if (value === "") continue;
    if (secrets.some((secret) => secret !== "" && value.includes(secret))) {
      warnings.push(`Skip output '${name}' since it may contain secret.`);
    } else {
      kept[name] = value;
    }
  }
  return { values: kept, warnings };
}

/**
 * Puts the outputs of a job's legs together: legs that set different names add up, and of the same
 * name the leg that finishes last wins. A name that is declared and that no leg set is empty text.
 *
 * @see {@link https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/pass-job-outputs}
 * @throws {UserError} Where they are larger than GitHub accepts: what becomes of the run then is
 * not documented.
 */
export function jobOutputs(
  declared: readonly string[],
  finished: readonly Readonly<Record<string, string>>[],
): Readonly<Record<string, string>> {
  const empty: Record<string, string> = Object.fromEntries(declared.map((name) => [name, ""]));
  const values: Record<string, string> = Object.assign(empty, ...finished);
  const bytes = Object.values(values).reduce((sum, value) => sum + 2 * value.length, 0);
  if (bytes <= MOST_JOB_BYTES) return values;
  throw new UserError(
    `Cannot go on with the job's outputs: GitHub accepts 1 MB of one job, found ${bytes} bytes`,
  );
}
