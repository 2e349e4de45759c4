import { describeIssue, REPORT_INPUT } from "../config/issues.ts";
import { UserError } from "../errors.ts";
import { BOUNDS } from "../plan/bounds.ts";
import { Plan } from "../plan/schema.ts";
import { TaskPlan } from "../tasks/task_plan.ts";
import { boundText } from "../text/bound_text.ts";
import { visible } from "../text/visible.ts";
import { wrongClaims } from "./plan_claims.ts";

/** How many mistakes of a file are named, and how many characters of each. */
const MOST_PROBLEMS = 20;
const MOST_SAID = 400;

const MOST_ITEMS = Math.max(BOUNDS.legs, BOUNDS.stagingHubs, BOUNDS.notices);

/** Reads a plan that a fork may have made: only what `plan` could have written is one. */
export function parsePlan(text: string, file: string): Plan {
  const { data, error } = Plan.safeParse(readJson(text, file), REPORT_INPUT);
  const mistakes = error === undefined ? wrongClaims(data) : error.issues.map(describeIssue);
  if (data === undefined || mistakes.length > 0) throw refusal(mistakes, file);
  return data;
}

/** Reads the legs of a task that a fork may have listed, or a plan. */
export function parseTaskPlan(text: string, file: string): Plan | TaskPlan {
  const value = readJson(text, file);
  if (!Object.hasOwn(Object(value), "task")) return parsePlan(text, file);
  const { data, error } = TaskPlan.safeParse(value, REPORT_INPUT);
  if (data === undefined) throw refusal(error.issues.map(describeIssue), file);
  return data;
}

function readJson(text: string, file: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refusal(["Cannot read it: expected a plan as JSON"], file);
  }
  // Before the schema sees it, which remembers every item that is wrong.
  if (hasLongList(value, 3)) {
    throw refusal([`Cannot read it: expected at most ${MOST_ITEMS} items in each list`], file);
  }
  return value;
}

function refusal(mistakes: readonly string[], file: string): UserError {
  const shown = mistakes.slice(0, MOST_PROBLEMS).map((text) => boundText(visible(text), MOST_SAID));
  const more = mistakes.length - shown.length;
  if (more > 0) shown.push(`Cannot read it: found ${more} more mistakes`);
  return new UserError(shown.map((message) => ({ file, message })));
}

/** Whether there is too long a list within so many levels, which is as deep as a plan's lists go. */
function hasLongList(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value) && value.length > MOST_ITEMS) return true;
  return levels > 0 && Object.values(value).some((item) => hasLongList(item, levels - 1));
}
