import { data } from "@actions/expressions";
import { UserError } from "../errors.ts";
import { fillValue, type Scope } from "./evaluate.ts";
import type { MatrixLeg } from "./record.ts";
import { type Plain, toPlain } from "./context_data.ts";
import { type Job, unmodelled } from "./workflow_file.ts";

/** How many jobs GitHub makes of {@link https://docs.github.com/actions/reference/limits one matrix} at most. */
const MOST_LEGS = 256;

/** Why GitHub fails a job before any leg of it starts. */
export class MatrixError extends Error {
  override readonly name = "MatrixError";
}

/**
 * The legs of a matrix, in GitHub's order: the last vector varies fastest. Without a matrix there
 * is one leg.
 *
 * @see {@link https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations}
 */
export function matrixLegs(strategy: Job["strategy"], scope: Scope, file: string): MatrixLeg[] {
  let legs: MatrixLeg[] = [{}];
  let count = 1;
  for (const [name, vector] of Object.entries(strategy?.matrix ?? {})) {
    if (name === "include" || name === "exclude") throw unmodelled(`"matrix.${name}"`, file);
    const items = vectorItems(name, vector, scope);
    if (items.length === 0) {
      throw new MatrixError(`Matrix vector '${name}' does not contain any values`);
    }
    count *= items.length;
    // A few vectors of a few hundred values make more legs than fit into memory.
    if (count > MOST_LEGS) continue;
    legs = legs.flatMap((leg) => items.map((item) => ({ ...leg, [name]: item })));
  }
  if (count > MOST_LEGS) {
    throw new MatrixError(`The matrix has ${count} jobs, more than ${MOST_LEGS}`);
  }
  return legs;
}

function vectorItems(name: string, vector: string | unknown[], scope: Scope): readonly Plain[] {
  if (typeof vector !== "string") {
    return vector.map((item) =>
      typeof item === "string" ? toPlain(fillValue(item, scope)) : item as Plain
    );
  }
  let value: data.ExpressionData;
  try {
    value = fillValue(vector, scope);
  } catch (error) {
    // GitHub fails the job, not the run, where fromJSON gets something else.
    if (error instanceof UserError && /JSON/.test(error.message)) {
      throw new MatrixError(error.message);
    }
    throw error;
  }
  if (value instanceof data.Array) return value.values().map(toPlain);
  throw new MatrixError(`Matrix vector '${name}': a sequence was expected`);
}
