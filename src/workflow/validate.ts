import type { Problem } from "../errors.ts";
import { isExpression } from "./expression.ts";
import type { LintRule } from "./lint/rule.ts";
import { LINT_RULES } from "./lint/rules.ts";
import type { JobModel, StepModel, WorkflowModel } from "./model.ts";
import { allNeeds } from "./needs.ts";
import { contextProblems, type Place } from "./scope.ts";
import { smugglesExpression, type Value } from "./text.ts";

/**
 * Finds what GitHub would refuse, or what could not mean what it says: unknown needs, cycles,
 * duplicate ids, `${{ }}` in plain text, and expressions that read what is not in reach. Then what
 * the lint rules refuse.
 */
export function validateWorkflow(workflow: WorkflowModel): readonly Problem[] {
  const messages = [
    ...duplicates(workflow.jobs.map((job) => job.id)).map((id) =>
      `Cannot use the job id "${id}" twice: give each job an id of its own`
    ),
    ...workflow.jobs.flatMap((job) => needProblems(job, workflow)),
    ...cycleProblems(workflow),
    ...(workflow.concurrency === undefined
      ? []
      : textProblems(workflow.concurrency.group, { workflow, at: "concurrency" })),
    ...workflow.jobs.flatMap((job) =>
      jobProblems(job, workflow).map((message) => `Job ${job.id}: ${message}`)
    ),
    ...LINT_RULES.flatMap((rule) => lintProblems(rule, workflow)),
  ];
  return messages.map((message) => ({ file: workflow.file, message }));
}

function lintProblems({ check, mend, id }: LintRule, workflow: WorkflowModel): readonly string[] {
  return check(workflow).map(({ job, step, message }) =>
    [
      ...(job === undefined ? [] : [`Job ${job}: `]),
      ...(step === undefined ? [] : [`step "${step}": `]),
      `${message}; ${mend} [${id}]`,
    ].join("")
  );
}

function needProblems(job: JobModel, workflow: WorkflowModel): readonly string[] {
  const ids = new Set(workflow.jobs.map((other) => other.id));
  return job.needs.filter((need) => !ids.has(need)).map((need) =>
    `Job ${job.id}: Cannot need "${need}": the workflow has no such job, only ${
      [...ids].join(", ")
    }`
  );
}

function cycleProblems({ jobs }: WorkflowModel): readonly string[] {
  const needs = new Map(jobs.map((job) => [job.id, job.needs]));
  const circular = [...needs.keys()].filter((id) => allNeeds(needs, id).has(id));
  return circular.length === 0 ? [] : [
    `Cannot order the jobs ${circular.join(", ")}: they need each other; drop one of the needs`,
  ];
}

function jobProblems(job: JobModel, workflow: WorkflowModel): readonly string[] {
  const scope = { job, workflow };
  const texts: Value[] = [job.name];
  return [
    ...duplicates(job.steps.flatMap((step) => step.id ?? [])).map((id) =>
      `Cannot use the step id "${id}" twice: give each step an id of its own`
    ),
    ...conditionProblems(job.if, { ...scope, at: "job condition" }),
    ...texts.flatMap((text) => textProblems(text, { ...scope, at: "job name" })),
    ...(job.matrix === undefined ? [] : contextProblems(job.matrix, { ...scope, at: "matrix" })),
    ...job.steps.flatMap((step, index) =>
      stepProblems(step, { ...scope, at: "step", before: job.steps.slice(0, index) })
        .map((message) => `step "${step.name}": ${message}`)
    ),
    ...Object.values(job.outputs).flatMap((output) =>
      textProblems(output, { ...scope, at: "step", before: job.steps })
    ),
  ];
}

function stepProblems(step: StepModel, place: Place): readonly string[] {
  const inputs = step.kind === "uses" ? Object.values(step.with ?? {}) : [];
  return [
    ...conditionProblems(step.if, { ...place, at: "step condition" }),
    ...[step.name, ...Object.values(step.env ?? {}), ...inputs]
      .flatMap((value) => textProblems(value, place)),
  ];
}

function conditionProblems(condition: unknown, place: Place): readonly string[] {
  return isExpression(condition) ? contextProblems(condition, place) : [];
}

function textProblems(value: Value, place: Place): readonly string[] {
  const smuggled = smugglesExpression(value)
    ? [`Cannot use the text ${JSON.stringify(value)}: expected no "\${{" in plain text`]
    : [];
  return [...smuggled, ...contextProblems(value, place)];
}

function duplicates(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
