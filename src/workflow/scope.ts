import type { WorkflowModel } from "./model.ts";
import type { PlacedValue } from "./value_places.ts";
import { expressionsIn } from "./text.ts";
import { isStatusFunction, nodesIn, pathsIn } from "./truth.ts";

const WORKFLOW = ["github", "inputs", "vars"];
const JOB = [...WORKFLOW, "needs"];
const LEG = [...JOB, "strategy", "matrix"];
const MACHINE = ["job", "runner", "env"];
const STEP = [...LEG, ...MACHINE, "steps"];

/** The {@link https://docs.github.com/actions/reference/workflows-and-actions/contexts#context-availability contexts in reach} of each place. */
const CONTEXTS: Readonly<Record<PlacedValue["part"], readonly string[]>> = {
  "concurrency": WORKFLOW,
  "job condition": JOB,
  "strategy": JOB,
  "job": LEG,
  "job variable": [...LEG, "secrets"],
  "container secret": [...LEG, "env", "secrets"],
  "container variable": [...LEG, ...MACHINE, "secrets"],
  "environment URL": STEP,
  "step condition": STEP,
  "step": [...STEP, "secrets"],
};

/** The {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#functions functions} that an expression can call. */
const FUNCTIONS = "contains, startsWith, endsWith, format, join, toJSON, fromJSON, hashFiles, " +
  "always, cancelled, failure, success";

/**
 * Finds what the expressions of a value read although it is not in reach: a job that is not
 * needed, an output that is not there, a later step, a context that GitHub does not offer.
 */
export function contextProblems(placed: PlacedValue, workflow: WorkflowModel): readonly string[] {
  return expressionsIn(placed.value).flatMap(({ node }) => [
    ...nodesIn(node).flatMap((inner) =>
      inner.kind === "call" ? callProblems(inner.name, placed) : []
    ),
    ...pathsIn(node).flatMap((path) => pathProblems(path.map(keyText), placed, workflow)),
  ]);
}

function callProblems(name: string, { part }: PlacedValue): readonly string[] {
  if (!FUNCTIONS.split(", ").includes(name)) {
    return [`Cannot call ${name}(): GitHub has only ${FUNCTIONS}`];
  }
  return isStatusFunction(name) && !part.endsWith("condition")
    ? [`Cannot call ${name}() here: only a condition can ask about the status`]
    : [];
}

function pathProblems(
  path: readonly string[],
  { part, job, before = [] }: PlacedValue,
  { jobs }: WorkflowModel,
): readonly string[] {
  const [context = "", name = "", field, output] = path;
  const available = CONTEXTS[part];
  const outputs = jobs.find(({ id }) => id === name)?.outputs ?? {};
  const why = !available.includes(context)
    ? ` in a ${part}: only ${available.join(", ")}`
    : context === "needs" && !job?.needs.includes(name)
    ? `: the job does not need ${name}`
    : context === "needs" && field === "outputs" && output !== undefined &&
        !Object.hasOwn(outputs, output)
    ? `: the job ${name} has no output "${output}"`
    : context === "steps" && !before.some(({ id }) => id === name)
    ? `: no step before has the id "${name}"`
    : context === "matrix" && job?.matrix === undefined
    ? ": the job has no matrix"
    : undefined;
  return why === undefined ? [] : [`Cannot read "${path.join(".")}"${why}`];
}

function keyText(key: ReturnType<typeof pathsIn>[number][number]): string {
  return typeof key === "object" ? "[...]" : String(key);
}
