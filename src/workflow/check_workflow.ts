import type { Problem } from "../errors.ts";
import { isCron } from "./cron.ts";
import { LINT_RULES } from "./lint/all_rules.ts";
import type { WorkflowModel } from "./model.ts";
import { allNeeds } from "./needs.ts";
import { describePlace, findAt, type Finding, jobsOf, valuesOf } from "./value_places.ts";
import { contextProblems } from "./scope.ts";
import { smugglesExpression } from "./text.ts";

/**
 * Finds what GitHub would refuse, or what could not mean what it says: unknown needs, cycles,
 * duplicate ids, `${{ }}` in plain text, and expressions that read what is not in reach. Then what
 * the lint rules refuse.
 */
export function validateWorkflow(workflow: WorkflowModel): readonly Problem[] {
  const { file, jobs } = workflow;
  const needs = new Map(jobs.map((job) => [job.id, job.needs]));
  const findings: readonly Finding[] = [
    ...findAt([{}], () => [
      ...(jobs.length === 0 ? ["Cannot write a workflow without jobs: add one"] : []),
      ...duplicates("job", jobs),
      ...circles(needs),
      ...wrongTimes(workflow),
    ]),
    ...findAt(jobsOf(workflow), ({ job }) => [
      ...job.needs.filter((need) => !needs.has(need)).map((need) =>
        `Cannot need "${need}": the workflow has no such job, only ${[...needs.keys()].join(", ")}`
      ),
      ...(/^[A-Za-z_][\w-]*$/.test(job.id)
        ? []
        : ['Cannot use it as an id: expected letters, digits, "_" and "-", no digit first']),
      ...duplicates("step", job.steps),
    ]),
    ...findAt(valuesOf(workflow), (placed) => {
      const { value, part } = placed;
      // A condition that is text has a lint rule of its own.
      const smuggled = smugglesExpression(value) && !part.endsWith("condition")
        ? [`Cannot use the text ${JSON.stringify(value)}: expected no "\${{" in plain text`]
        : [];
      return [...smuggled, ...contextProblems(placed, workflow)];
    }),
    ...LINT_RULES.flatMap(({ check, fix, id }) =>
      check(workflow).map((finding) => ({
        ...finding,
        message: `${finding.message}; ${fix} [${id}]`,
      }))
    ),
  ];
  return findings.map(({ message, ...place }) => ({
    file,
    message: `${describePlace(place)}${message}`,
  }));
}

/** What leaves no order in which the jobs can run by their {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idneeds needs}. */
function circles(needs: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const circular = [...needs.keys()].filter((id) => allNeeds(needs, id).has(id));
  return circular.length === 0 ? [] : [
    `Cannot order the jobs ${circular.join(", ")}: they need each other; drop one of the needs`,
  ];
}

function wrongTimes({ on }: WorkflowModel): readonly string[] {
  return (on.schedule ?? []).filter(({ cron }) => !isCron(cron)).map(({ cron }) =>
    `Cannot start at ${JSON.stringify(cron)}: expected five fields as cron has them, ` +
    'for instance "17 4 * * *"'
  );
}

function duplicates(
  kind: "job" | "step",
  items: readonly { readonly id?: string | undefined }[],
): readonly string[] {
  const ids = items.flatMap(({ id }) => id ?? []);
  // GitHub takes ids that differ in case alone for the same.
  const lower = ids.map((id) => id.toLowerCase());
  return [...new Set(ids.filter((_, index) => lower.indexOf(lower[index] ?? "") !== index))]
    .map((id) => `Cannot use the ${kind} id "${id}" twice: give each ${kind} an id of its own`);
}
