import type { Settings } from "../src/config/settings.ts";
import { DECIDING } from "../src/config/step_schema.ts";
import { type Problem, thrownText, UserError } from "../src/errors.ts";
import { context, type ExpressionNode } from "../src/workflow/expression.ts";
import type { JobModel, StepModel, WorkflowModel } from "../src/workflow/model.ts";
import { validateWorkflow } from "../src/workflow/check_workflow.ts";
import { asksForStatus, pathsIn } from "../src/workflow/truth.ts";

/**
 * Lets the config add to a workflow what no key says. What makes the deployment right has to stay:
 * every job with its needs, its condition, its matrix, its outputs and its steps, in their order,
 * and a verdict that comes last.
 */
export function extendWorkflow(
  workflow: WorkflowModel,
  { extend, file }: Pick<Settings, "extend" | "file">,
): WorkflowModel {
  if (extend === undefined) return workflow;
  const wrong = (why: string): Problem => (
    { file, message: `Cannot extend "${workflow.file}": ${why}` }
  );
  // Of its own: the function can change the workflow that it is given.
  const before: WorkflowModel = JSON.parse(JSON.stringify(workflow));
  let extended: WorkflowModel;
  try {
    extended = extend(workflow);
  } catch (error) {
    throw new UserError(wrong(`extend threw ${JSON.stringify(thrownText(error))}`));
  }
  const problems = lostOrMalformed(before, extended).map(wrong);
  if (problems.length > 0) throw new UserError(problems);
  return { ...extended, jobs: extended.jobs.map((job) => heldBack(job, before)) };
}

/** What reports has to run whatever failed. */
const REPORT = "report-deployment";

/**
 * A condition that asks for the status looks past needs that failed: one that was added has to have
 * succeeded, where the condition does not say itself what has to have become of it.
 */
function heldBack(job: JobModel, { jobs }: WorkflowModel): JobModel {
  const was = jobs.find(({ id }) => id === job.id);
  if (was === undefined || job.if === undefined || job.id === REPORT) return job;
  if (!asksForStatus(job.if.node)) return job;
  const asked = pathsIn(job.if.node).map(([what, id]) => what === "needs" && id);
  const added = job.needs.filter((need) => !was.needs.includes(need) && !asked.includes(need));
  const succeeded = added.map((need) => context("needs", need, "result").equals("success"));
  return { ...job, if: succeeded.reduce((all, one) => all.and(one), job.if) };
}

/** Without types, a config can put anything into a workflow. */
function lostOrMalformed(workflow: WorkflowModel, extended: unknown): readonly string[] {
  try {
    const lost = lostParts(workflow, extended);
    // Only whether it can be read: what is wrong in it is said once it is pinned.
    if (lost.length === 0) validateWorkflow(extended as WorkflowModel);
    return lost;
  } catch (error) {
    return [`what extend gives cannot be read: ${thrownText(error)}`];
  }
}

/** Finds what an extended workflow lacks of the one that it is made from. */
function lostParts(workflow: WorkflowModel, extended: unknown): readonly string[] {
  if (!isWorkflow(extended)) return ["extend must return the workflow, or a copy with more in it"];
  const { jobs, ...rest } = workflow;
  const isKept = (key: keyof typeof rest) => isSame(extended[key], rest[key]);
  return [
    ...(["file", "name", "header", "concurrency", "shell"] as const).filter((key) => !isKept(key))
      .map((key) => `its ${key} has to stay as it is`),
    ...Object.entries(workflow.on)
      .filter(([event, filters]) => !isSame(filters, Object(extended.on)[event]))
      .map(([event]) => `what starts it on ${event} has to stay as it is`),
    ...extended.jobs.filter(({ id }) => !jobs.some((job) => job.id === id))
      .filter(({ name }) => jobs.some((job) => looksLike(String(name), String(job.name))))
      .map(({ id, name }) => `job ${id}: it cannot be called "${name}", by which a job is known`),
    ...jobs.flatMap((job) => {
      const now = extended.jobs.find(({ id }) => id === job.id);
      const lost = now === undefined ? ["it has to stay"] : lostPartsOfJob(job, now);
      return lost.map((what) => `job ${job.id}: ${what}`);
    }),
  ];
}

/** What would let a job pass that failed, end it in the middle, or put something in its place. */
const FIXED = ["shell", "continueOnError", "failFast", "concurrency", "calls"] as const;

function lostPartsOfJob(job: JobModel, now: JobModel): readonly string[] {
  const last = now.steps.at(-1);
  const verdict = job.steps.find(({ id }) => id === "verdict");
  const wrong: readonly (readonly [boolean, string])[] = [
    [!isSame(job.name, now.name), "its name has to stay, by which its legs are known"],
    [!isSame(job.matrix, now.matrix), "its matrix has to stay as it is"],
    ...FIXED.map((key) =>
      [!isSame(job[key], now[key]), `its ${key} has to stay as it is`] as const
    ),
    [job.needs.some((need) => !now.needs.includes(need)), "it has to need what it needed"],
    [
      !keepsCondition(job.if?.node, now.if?.node),
      "its condition can only become narrower, by and() without a question for the status",
    ],
    [!hasAll(job.outputs, now.outputs), "its outputs have to stay as they are"],
    [!keepsSteps(job.steps, now.steps), "its steps have to stay as they are, in their order"],
    [
      countDeciding(now.steps) > countDeciding(job.steps),
      "no other step can be called like one by which GitHub lists what was upgraded",
    ],
    [
      verdict !== undefined && !isSame(verdict, last),
      "the verdict has to come last: a step behind it could fail unseen",
    ],
    ...Object.entries(job.permissions).map(([scope, needed]) => {
      const given = Object(now.permissions)[scope]?.access;
      const isLess = given !== "write" && given !== needed.access;
      return [isLess, `it needs "${scope}: ${needed.access}"`] as const;
    }),
  ];
  return wrong.filter(([isWrong]) => isWrong).map(([, what]) => what);
}

/** Whether a name is that of a job, or could be that of one of its legs. */
function looksLike(name: string, job: string): boolean {
  return name === job || name.startsWith(`${job} (`);
}

function countDeciding(steps: readonly StepModel[]): number {
  return steps.filter(({ name }) => DECIDING.test(name)).length;
}

function isWorkflow(value: unknown): value is WorkflowModel {
  return typeof value === "object" && value !== null && "jobs" in value &&
    Array.isArray(value.jobs);
}

/** Models are plain data, down to the syntax trees of expressions. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function hasAll(all: object, now: object): boolean {
  return Object.entries(all).every(([key, value]) => isSame(value, Object(now)[key]));
}

/** Whether all steps are there, with others before, between or behind them. */
function keepsSteps(steps: readonly StepModel[], now: readonly StepModel[]): boolean {
  const left = [...steps];
  for (const step of now) if (isSame(step, left[0])) left.shift();
  return left.length === 0;
}

/** Whether a condition is the one before, or that and more. */
function keepsCondition(
  before: ExpressionNode | undefined,
  now: ExpressionNode | undefined,
): boolean {
  if (isSame(before, now)) return true;
  if (now === undefined) return false;
  const parts = operandsOf(now);
  const asks = (node: ExpressionNode | undefined) => node !== undefined && asksForStatus(node);
  return (before === undefined ? [] : operandsOf(before))
    .every((part) => parts.some((other) => isSame(part, other))) && asks(before) === asks(now);
}

function operandsOf(node: ExpressionNode): readonly ExpressionNode[] {
  return node.kind === "binary" && node.operator === "&&"
    ? [...operandsOf(node.left), ...operandsOf(node.right)]
    : [node];
}
