import { isExpression } from "../expression.ts";
import { formatValue } from "../text.ts";
import { isConstant } from "../truth.ts";
import type { Finding, LintRule } from "./rule.ts";
import { placeOf } from "./walk.ts";

/** Conditions that do not decide anything. */
export const constantCondition: LintRule = {
  id: "constant-condition",
  refuses: "a condition that is text around `${{ }}`, or that comes to the same in every run",
  why: "text always counts as true, so the guard that people read in the file is not there",
  mend: "make the whole condition one expression that asks about the run, or leave it out",
  check: ({ jobs }) =>
    jobs.flatMap((job) => [
      ...conditionFindings(job.if, placeOf({ job })),
      ...job.steps.flatMap((step) => conditionFindings(step.if, placeOf({ job, step }))),
    ]),
};

function conditionFindings(condition: unknown, place: Omit<Finding, "message">): Finding[] {
  if (condition === undefined) return [];
  if (!isExpression(condition)) {
    const text = JSON.stringify(formatValue(condition as string));
    return [{
      ...place,
      message: `Cannot use the condition ${text}: expected an expression, and text counts as true`,
    }];
  }
  if (!isConstant(condition.node)) return [];
  const message = `Cannot use the condition "${condition.text}": it comes to the same in every run`;
  return [{ ...place, message }];
}
