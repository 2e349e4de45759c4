import { PLAN_ARTIFACT } from "../contract/artifact.ts";
import { type Problem, UserError } from "../errors.ts";
import { boundText } from "../text/bound_text.ts";
import type { Plan } from "../plan/schema.ts";
import { visible } from "../text/visible.ts";
import { type OrdinaryFile, readOrdinaryFile } from "./ordinary_file.ts";
import { parsePlan } from "./parse_plan.ts";

/** The plan of a pull request and the pull request's number, as a run that a fork controls wrote them. */
export interface PlanArtifact {
  /** The plan: what `plan` could have written, and no more than that is known of it. */
  readonly plan: Plan;
  /** The number that the run claims; whether it is right only GitHub knows. */
  readonly number: number;
}

/** How many bytes each file may have; a plan with as much in it as there may be has fewer. */
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
export async function readArtifact(folder: string): Promise<PlanArtifact> {
  const unexpected = await folderProblems(folder.replace(/(?<=.)\/+$/, ""));
  const number = await readOrdinaryFile(`${folder}/${PLAN_ARTIFACT.number}`, MOST_BYTES.number);
  const plan = await readOrdinaryFile(`${folder}/${PLAN_ARTIFACT.plan}`, MOST_BYTES.plan);
  if (unexpected.length > 0 || "wrong" in number || "wrong" in plan) {
    throw new UserError([
      ...unexpected,
      ...wrong(PLAN_ARTIFACT.plan, plan),
      ...wrong(PLAN_ARTIFACT.number, number),
    ]);
  }
  return { number: parseNumber(number.text), plan: parsePlan(plan.text, PLAN_ARTIFACT.plan) };
}

function wrong(file: string, read: OrdinaryFile): readonly Problem[] {
  return "wrong" in read ? [{ file, message: read.wrong }] : [];
}

function parseNumber(text: string): number {
  if (/^[1-9][0-9]{0,9}\n?$/.test(text)) return Number(text);
  const found = boundText(visible(text), MOST_SAID);
  throw new UserError({
    file: PLAN_ARTIFACT.number,
    message: `Cannot read it: expected the number of a pull request, found "${found}"`,
  });
}

async function folderProblems(folder: string): Promise<readonly Problem[]> {
  const expected: readonly string[] = [PLAN_ARTIFACT.plan, PLAN_ARTIFACT.number];
  const unexpected: string[] = [];
  try {
    const { isDirectory } = await Deno.lstat(folder);
    if (!isDirectory) throw notAFolder(folder, "found something else");
    for await (const { name } of Deno.readDir(folder)) {
      if (!expected.includes(name)) unexpected.push(name);
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw notAFolder(folder, visible(error instanceof Error ? error.message : String(error)));
  }
  const named = unexpected.sort().slice(0, MOST_NAMED);
  const more = unexpected.length - named.length;
  return [
    ...named.map((name) => ({
      file: boundText(visible(name), MOST_SAID),
      message: `Cannot accept it in the artifact: expected only ${expected.join(" and ")}`,
    })),
    ...(more > 0 ? [{ message: `Cannot accept ${more} more files in the artifact` }] : []),
  ];
}

function notAFolder(folder: string, found: string): UserError {
  const message = `Cannot find the downloaded artifact: expected a folder, ${found}`;
  return new UserError({ file: visible(folder), message });
}
