import type { Problem } from "../errors.ts";
import { LINT_RULES } from "./lint/all_rules.ts";
import type { JobModel, WorkflowModel } from "./model.ts";
import { allNeeds } from "./needs.ts";
import { type Finding, type PlacedValue, valuesOf } from "./value_places.ts";
import { contextProblems } from "./scope.ts";
import { smugglesExpression } from "./text.ts";

/**
 * Finds what GitHub would refuse, or what could not mean what it says: unknown needs, cycles,
 * duplicate ids, `${{ }}` in plain text, and expressions that read what is not in reach. Then what
 * the lint rules refuse.
 */
export function validateWorkflow(workflow: WorkflowModel): readonly Problem[] {
  const { file, jobs } = workflow;
  const findings: readonly Finding[] = [
    ...duplicates(jobs.map(({ id }) => id)).map((id) => ({
      message: `Cannot use the job id "${id}" twice: give each job an id of its own`,
    })),
    ...needsMistakes(jobs),
    ...jobs.flatMap((job) =>
      duplicates(job.steps.flatMap(({ id }) => id ?? [])).map((id) => ({
        job,
        message: `Cannot use the step id "${id}" twice: give each step an id of its own`,
      }))
    ),
    ...valuesOf(workflow).flatMap((placed) =>
      valueMistakes(placed, workflow).map((message) => ({ ...placed, message }))
    ),
    ...LINT_RULES.flatMap(({ check, fix, id }) =>
      check(workflow).map((finding) => ({
        ...finding,
        message: `${finding.message}; ${fix} [${id}]`,
      }))
    ),
  ];
  return findings.map(({ job, step, message }) => ({
    file,
    message: `${job ? `Job ${job.id}: ` : ""}${step ? `step "${step.name}": ` : ""}${message}`,
  }));
}

/**
 * What leaves no order in which the jobs can run.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idneeds}
 */
function needsMistakes(jobs: readonly JobModel[]): readonly Finding[] {
  const needs = new Map(jobs.map((job) => [job.id, job.needs]));
  const ids = [...needs.keys()];
  const unknown = jobs.flatMap((job) =>
    job.needs.filter((need) => !needs.has(need)).map((need) => ({
      job,
      message: `Cannot need "${need}": the workflow has no such job, only ${ids.join(", ")}`,
    }))
  );
  const circular = ids.filter((id) => allNeeds(needs, id).has(id)).join(", ");
  const message = `Cannot order the jobs ${circular}: they need each other; drop one of the needs`;
  return circular === "" ? unknown : [...unknown, { message }];
}

function valueMistakes(placed: PlacedValue, workflow: WorkflowModel): readonly string[] {
  const { value, part } = placed;
  // A condition that is text has a lint rule of its own.
  const smuggled = smugglesExpression(value) && !part.endsWith("condition")
    ? [`Cannot use the text ${JSON.stringify(value)}: expected no "\${{" in plain text`]
    : [];
  return [...smuggled, ...contextProblems(placed, workflow)];
}

function duplicates(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
