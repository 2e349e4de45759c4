import { PLAN_ARTIFACT } from "./artifact.ts";
import { type Problem, thrownText, UserError } from "../errors.ts";
import type { Plan } from "../plan/schema.ts";
import { boundText } from "../text/bound_text.ts";
import { visible } from "../text/visible.ts";
import { readOrdinaryFile } from "./ordinary_file.ts";
import { parsePlan } from "./parse_plan.ts";

/** The plan of a pull request and the pull request's number, as a run that a fork controls wrote them. */
export interface PlanArtifact {
  /** The plan: `plan` could have written it, and that is all that is known. */
  readonly plan: Plan;
  /** The number that the run claims; only GitHub knows whether it is right. */
  readonly number: number;
}

/** How many bytes each file may have; the largest plan that there may be has fewer. */
const MOST_BYTES = { plan: 16_000_000, number: 20 };

/** How many unexpected files are named. */
const MOST_NAMED = 10;

/** How many characters of a file's name or content are printed. */
const MOST_SAID = 100;

/**
 * Reads the downloaded artifact of a pull request's run. It is hostile: only the two expected
 * files are read, each an ordinary file of a bounded size, and the plan must be one that `plan`
 * could have written.
 *
 * @throws {UserError} With everything that is wrong with it.
 */
export function readArtifact(folder: string): PlanArtifact {
  const problems = unexpectedFiles(folder.replace(/(?<=.)\/+$/, ""));
  const [plan, number] = (["plan", "number"] as const).map((key) => {
    const file = PLAN_ARTIFACT[key];
    const read = readOrdinaryFile(`${folder}/${file}`, MOST_BYTES[key]);
    if ("text" in read) return read.text;
    problems.push({ file, message: read.wrong });
    return undefined;
  });
  if (problems.length > 0 || plan === undefined || number === undefined) {
    throw new UserError(problems);
  }
  return { number: parseNumber(number), plan: parsePlan(plan, PLAN_ARTIFACT.plan) };
}

function parseNumber(text: string): number {
  if (/^[1-9][0-9]{0,9}\n?$/.test(text)) return Number(text);
  const found = boundText(visible(text), MOST_SAID);
  throw new UserError({
    file: PLAN_ARTIFACT.number,
    message: `Cannot read it: expected the number of a pull request, found "${found}"`,
  });
}

function unexpectedFiles(folder: string): Problem[] {
  const expected: readonly string[] = [PLAN_ARTIFACT.plan, PLAN_ARTIFACT.number];
  const names = namesIn(folder).filter((name) => !expected.includes(name)).sort();
  const problems: Problem[] = names.slice(0, MOST_NAMED).map((name) => ({
    file: boundText(visible(name), MOST_SAID),
    message: `Cannot accept it in the artifact: expected only ${expected.join(" and ")}`,
  }));
  const more = names.length - problems.length;
  if (more > 0) problems.push({ message: `Cannot accept ${more} more files in the artifact` });
  return problems;
}

function namesIn(folder: string): readonly string[] {
  try {
    if (Deno.lstatSync(folder).isDirectory) return [...Deno.readDirSync(folder)].map((f) => f.name);
  } catch (error) {
    throw notAFolder(folder, visible(thrownText(error)));
  }
  throw notAFolder(folder, "found something else");
}

function notAFolder(folder: string, found: string): UserError {
  const message = `Cannot find the downloaded artifact: expected a folder, ${found}`;
  return new UserError({ file: visible(folder), message });
}
