import { describeIssue, REPORT_INPUT } from "../config/issues.ts";
import { PLAN_ARTIFACT } from "../contract/artifact.ts";
import { type Problem, UserError } from "../errors.ts";
import { Plan } from "../plan/schema.ts";
import { visible } from "../plan/visible.ts";

/** The plan of a pull request and the pull request's number, as a run that a fork controls wrote them. */
export interface PlanArtifact {
  /** The plan: of the right shape, and no more than that is known of it. */
  readonly plan: Plan;
  /** The number that the run claims; whether it is right only GitHub knows. */
  readonly number: number;
}

/** How many bytes each file may have: a plan of 256 legs in both matrices is far smaller. */
const MOST_BYTES = { [PLAN_ARTIFACT.plan]: 4_000_000, [PLAN_ARTIFACT.number]: 20 };

/** How many rows a plan may have: two matrices of 256 legs, and a notice for each cluster. */
const MOST_ROWS = 1024;

/** How many mistakes of one file are told apart. */
const MOST_PROBLEMS = 20;

/**
 * Reads the downloaded artifact of a pull request's run. It is hostile: only the two expected
 * files are read, each an ordinary file of a bounded size, and the plan must be one.
 *
 * @param folder The folder into which the artifact was downloaded.
 * @returns What it holds.
 * @throws {UserError} With everything that is wrong with it.
 */
export async function readArtifact(folder: string): Promise<PlanArtifact> {
  const problems = await folderProblems(folder);
  if (problems.length > 0) throw new UserError(problems);
  const number = (await Deno.readTextFile(`${folder}/${PLAN_ARTIFACT.number}`)).trim();
  if (!/^[1-9][0-9]{0,9}$/.test(number)) {
    throw new UserError({
      file: PLAN_ARTIFACT.number,
      message: `Cannot read it: expected the number of a pull request, found "${visible(number)}"`,
    });
  }
  const text = await Deno.readTextFile(`${folder}/${PLAN_ARTIFACT.plan}`);
  return { number: Number(number), plan: parsePlan(text, PLAN_ARTIFACT.plan) };
}

/**
 * Reads a plan file.
 *
 * @param text The file's text.
 * @param file The file's name, for messages.
 * @returns The plan.
 * @throws {UserError} Where it is not a plan.
 * @example
 * ```ts
 * import { parsePlan } from "./read_artifact.ts";
 *
 * const text =
 *   '{"version":1,"base":"","head":"","support_and_staging":[],"prod":[],"notices":[]}';
 * console.assert(parsePlan(text, "plan.json").version === 1);
 * ```
 */
export function parsePlan(text: string, file: string): Plan {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UserError({ file, message: "Cannot read it: expected a plan as JSON" });
  }
  if (countRows(value) > MOST_ROWS) {
    const message = `Cannot read it: expected at most ${MOST_ROWS} rows, as many as GitHub runs`;
    throw new UserError({ file, message });
  }
  const parsed = Plan.safeParse(value, REPORT_INPUT);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const shown = issues.slice(0, MOST_PROBLEMS).map((issue) => visible(describeIssue(issue)));
  const more = issues.length - shown.length;
  throw new UserError(
    [...shown, ...(more > 0 ? [`Cannot read it: found ${more} more mistakes`] : [])]
      .map((message) => ({ file, message })),
  );
}

/** How many items the lists of what may be a plan have together. */
function countRows(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce<number>(
    (sum, list) => sum + (Array.isArray(list) ? list.length : 0),
    0,
  );
}

async function folderProblems(folder: string): Promise<Problem[]> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) names.push(name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return [{ file: folder, message: "Cannot find the downloaded artifact: expected a folder" }];
  }
  const expected: readonly string[] = Object.keys(MOST_BYTES);
  const unexpected = names.filter((name) => !expected.includes(name)).sort().map((name) => ({
    file: visible(name),
    message: `Cannot accept it in the artifact: expected only ${expected.join(" and ")}`,
  }));
  const wrong = await Promise.all(
    Object.entries(MOST_BYTES).map(([name, most]) => fileProblem(folder, name, most)),
  );
  return [...unexpected, ...wrong.flat()];
}

async function fileProblem(folder: string, name: string, most: number): Promise<Problem[]> {
  const info = await Deno.lstat(`${folder}/${name}`).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  });
  if (info === undefined) return [{ file: name, message: "Cannot find it in the artifact" }];
  if (!info.isFile) {
    return [{ file: name, message: "Cannot accept it in the artifact: expected an ordinary file" }];
  }
  return info.size <= most ? [] : [{
    file: name,
    message: `Cannot accept it in the artifact: expected at most ${most} bytes, found ${info.size}`,
  }];
}
