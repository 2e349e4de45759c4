import type * as z from "../zod.ts";
import { optionalText } from "./schemas.ts";

export interface VariableDefinition<
  From extends "runner" | "step" | "step if wanted" = "runner" | "step" | "step if wanted",
  Schema extends z.ZodMiniType = z.ZodMiniType,
> {
  /** One line for `--help`. */
  readonly help: string;
  /** Who sets it: GitHub's runner, or the workflow's step, always or where there is something. */
  readonly from: From;
  /** Reads its text; `undefined` is a variable that is not set. */
  readonly schema: Schema;
}

// @__NO_SIDE_EFFECTS__
export function fromRunner<Schema extends z.ZodMiniType>(
  schema: Schema,
  help: string,
): VariableDefinition<"runner", Schema> {
  return { help, from: "runner", schema };
}

// @__NO_SIDE_EFFECTS__
export function fromStep<Schema extends z.ZodMiniType>(
  schema: Schema,
  help: string,
): VariableDefinition<"step", Schema> {
  return { help, from: "step", schema };
}

// @__NO_SIDE_EFFECTS__
export function fromStepIfWanted<Schema extends z.ZodMiniType>(
  schema: Schema,
  help: string,
): VariableDefinition<"step if wanted", Schema> {
  return { help, from: "step if wanted", schema };
}

const SET = "Set inside a workflow: mistakes are annotated, colour is on";

export const COMMON_VARIABLES = { GITHUB_ACTIONS: fromRunner(optionalText, SET) } as const;

export const STEP_FILES = {
  GITHUB_OUTPUT: fromRunner(optionalText, "The file for step outputs"),
  GITHUB_STEP_SUMMARY: fromRunner(optionalText, "The file for the job summary"),
} as const;
