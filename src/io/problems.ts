import { formatProblem, type Problem } from "../errors.ts";
import { formatAnnotation } from "../github/annotation.ts";
import { boundText } from "../text/bound_text.ts";
import { paint } from "../text/paint.ts";
import { visible } from "../text/visible.ts";
import type { Io } from "./io.ts";

/** How many characters of a path are printed: what is wrong with the file comes after it. */
const MOST_OF_A_PATH = 500;

/**
 * Prints problems, a short line each; inside a workflow they annotate the file that they are about.
 */
export function printProblems(problems: readonly Problem[], io: Io): void {
  for (const problem of problems) {
    const file = problem.file && boundText(problem.file, MOST_OF_A_PATH);
    const line = boundText(visible(formatProblem({ ...problem, file })));
    const annotation = isWorkflow(io) && formatAnnotation({ ...problem, file, message: line });
    io.err(`${annotation || paintError(line, io)}\n`);
  }
}

export function printWarning(problem: Problem, io: Io): void {
  const message = visible(formatProblem(problem));
  const annotation = isWorkflow(io) && formatAnnotation({ ...problem, message }, "warning");
  io.err(`${annotation || `Warning: ${message}`}\n`);
}

export function paintError(text: string, { errorColor = false }: Pick<Io, "errorColor">): string {
  return paint({ color: errorColor }, "red", text);
}

/** Whether hubwright runs inside a workflow, whose log takes the place of a terminal. */
export function isWorkflow(io: Io): boolean {
  return io.env("GITHUB_ACTIONS") === "true";
}
