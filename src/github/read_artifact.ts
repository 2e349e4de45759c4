import { PLAN_ARTIFACT } from "./artifact.ts";
import { type Problem, thrownText, UserError } from "../errors.ts";
import { boundText } from "../text/bound_text.ts";
import { visible } from "../text/visible.ts";
import { readOrdinaryFile } from "./ordinary_file.ts";
import { parsePlan, parseTaskPlan } from "./parse_plan.ts";

/** The plan of a pull request, as a run that a fork controls wrote it. */
export interface PlanArtifact {
  /** The plan: `plan` or `task` could have written it, and that is all that is known. */
  readonly plan: ReturnType<typeof parseTaskPlan>;
  /** The pull request's number, as the run claims; only GitHub knows whether it is right. */
  readonly number: number;
}

/** How many bytes each file may have; the largest plan that there may be has fewer. */
const MOST_BYTES = { plan: 16_000_000, number: 20 };

/** How many unexpected files are named. */
const MOST_NAMED = 10;

/** Says something that the artifact holds, in a few characters that are safe to print. */
const quote = (text: string) => boundText(visible(text), 100);

/**
 * Reads the downloaded artifact of a pull request's run. It is hostile: only the two expected
 * files are read, each an ordinary file of a bounded size, and the plan must be one that `plan`
 * could have written; where the run was of a workflow that is followed, `task` as well.
 */
export function readArtifact(folder: string, isFollowed: boolean = false): PlanArtifact {
  const problems = unexpectedFiles(folder.replace(/(?<=.)\/+$/, ""));
  const read = (key: "plan" | "number") => {
    const file = PLAN_ARTIFACT[key];
    const found = readOrdinaryFile(`${folder}/${file}`, MOST_BYTES[key]);
    if ("text" in found) return found.text;
    problems.push({ file, message: found.wrong });
    return "";
  };
  const [plan, number] = [read("plan"), read("number")];
  if (problems.length > 0) throw new UserError(problems);
  if (!/^[1-9][0-9]{0,9}\n?$/.test(number)) {
    const message = "Cannot read it: expected the number of a pull request, found " +
      `"${quote(number)}"`;
    throw new UserError({ file: PLAN_ARTIFACT.number, message });
  }
  return {
    number: Number(number),
    plan: (isFollowed ? parseTaskPlan : parsePlan)(plan, PLAN_ARTIFACT.plan),
  };
}

function unexpectedFiles(folder: string): Problem[] {
  const expected: readonly string[] = [PLAN_ARTIFACT.plan, PLAN_ARTIFACT.number];
  const names = namesIn(folder).filter((name) => !expected.includes(name)).sort();
  const message = `Cannot accept it in the artifact: expected only ${expected.join(" and ")}`;
  const problems: Problem[] = names.slice(0, MOST_NAMED)
    .map((name) => ({ file: quote(name), message }));
  const more = names.length - problems.length;
  if (more > 0) problems.push({ message: `Cannot accept ${more} more files in the artifact` });
  return problems;
}

function namesIn(folder: string): readonly string[] {
  let found = "found something else";
  try {
    if (Deno.lstatSync(folder).isDirectory) return [...Deno.readDirSync(folder)].map((f) => f.name);
  } catch (error) {
    found = visible(thrownText(error));
  }
  const message = `Cannot find the downloaded artifact: expected a folder, ${found}`;
  throw new UserError({ file: visible(folder), message });
}
