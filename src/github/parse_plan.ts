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

/**
 * How many items a plan's lists may have together: more than the jobs of a run could be given, in
 * which each takes four characters and more.
 */
const MOST_ITEMS = 200_000;

/** Reads a plan that a fork may have made: only what `plan` could have written is one. */
export function parsePlan(text: string, file: string): Plan {
  const { data, error } = Plan.safeParse(readJson(text, file), REPORT_INPUT);
  const mistakes = error === undefined ? wrongClaims(data) : error.issues.map(describeIssue);
  if (data === undefined || mistakes.length > 0) throw refusal(mistakes, file);
  return data;
}

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
  if (countItems(value, 3) > MOST_ITEMS) {
    const wanted = `at most ${BOUNDS.planLegs} items in a list, and ${MOST_ITEMS} in all of them`;
    throw refusal([`Cannot read it: expected ${wanted}`], file);
  }
  return value;
}

function refusal(mistakes: readonly string[], file: string): UserError {
  const shown = mistakes.slice(0, MOST_PROBLEMS).map((text) => boundText(visible(text), MOST_SAID));
  const more = mistakes.length - shown.length;
  if (more > 0) shown.push(`Cannot read it: found ${more} more mistakes`);
  return new UserError(shown.map((message) => ({ file, message })));
}

/**
 * Counts the items of all lists within so many levels, which is as deep as a plan's lists go. One
 * list that is too long is more than there may be.
 */
function countItems(value: unknown, levels: number): number {
  if (typeof value !== "object" || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    if (value.length > BOUNDS.planLegs) return Infinity;
    count = value.length;
  }
  if (levels === 0) return count;
  for (const item of Object.values(value)) count += countItems(item, levels - 1);
  return count;
}
