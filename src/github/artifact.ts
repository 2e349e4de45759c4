/**
 * The artifact that carries a pull request's plan from the run that made it to the run that
 * comments. What it holds comes from code that a fork controls.
 */
export const PLAN_ARTIFACT = {
  name: "pr",
  /** The file of the plan, as JSON, and the file of the pull request's number. */
  plan: "plan.json",
  number: "number",
} as const;
