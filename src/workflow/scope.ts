import type { WorkflowModel } from "./model.ts";
import { matrixNames } from "./job_matrix.ts";
import { outputNames } from "./needs.ts";
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
  "run's name": WORKFLOW,
  "concurrency": WORKFLOW,
  "workflow variable": [...WORKFLOW, "secrets"],
  "workflow output": [...WORKFLOW, "jobs"],
  "called workflow's secret": [...LEG, "secrets"],
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
  { jobs, on }: WorkflowModel,
): readonly string[] {
  const [context = "", name = "", field, output] = path;
  const available = CONTEXTS[part];
  const other = jobs.find(({ id }) => id === name);
  const { workflow_dispatch: byHand, workflow_call: called } = on;
  const inputs = { ...byHand?.inputs, ...called?.inputs };
  const why = !available.includes(context)
    ? ` in a ${part}: only ${available.join(", ")}`
    : context === "needs" && !job?.needs.includes(name)
    ? `: the job does not need ${name}`
    : context === "needs" && field === "outputs" && output !== undefined &&
        !(other && outputNames(other).includes(output))
    ? `: the job ${name} has no output "${output}"`
    : context === "steps" && !before.some(({ id }) => id === name)
    ? `: no step before has the id "${name}"`
    : context === "matrix" && job?.matrix === undefined
    ? ": the job has no matrix"
    : context === "matrix" && job?.matrix && !matrixNames(job.matrix).includes(name)
    ? `: the matrix has only ${matrixNames(job.matrix).join(", ")}`
    : context === "inputs" && !Object.hasOwn(inputs, name)
    ? `: the workflow has no input "${name}"`
    : context === "jobs" && !(other && output && outputNames(other).includes(output))
    ? ": the workflow has no such job, or the job no such output"
    : undefined;
  return why === undefined ? [] : [`Cannot read "${path.join(".")}"${why}`];
}

function keyText(key: ReturnType<typeof pathsIn>[number][number]): string {
  return typeof key === "object" ? "[...]" : String(key);
}
