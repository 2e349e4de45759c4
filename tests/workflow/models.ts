import { context } from "../../src/workflow/expression.ts";
import type { JobModel, StepModel, WorkflowModel } from "../../src/workflow/model.ts";
import { Script } from "../../src/workflow/script.ts";

// Steps, jobs and workflows in which nothing is wrong, but for what is given.
export function runStep(more: Partial<Extract<StepModel, { kind: "run" }>> = {}): StepModel {
  return { kind: "run", name: "Run", run: new Script("true"), ...more };
}

export function usesStep(more: Partial<Extract<StepModel, { kind: "uses" }>> = {}): StepModel {
  return { kind: "uses", name: "Use", uses: { kind: "local", path: "./action" }, ...more };
}

export function jobModel(id: string, more: Partial<JobModel> = {}): JobModel {
  return {
    id,
    name: id,
    comment: `What ${id} does.`,
    needs: [],
    permissions: { contents: { access: "read", why: "to check out" } },
    runsOn: "ubuntu-24.04",
    timeoutMinutes: 5,
    outputs: {},
    steps: [runStep()],
    ...more,
  };
}

export function workflowModel(...jobs: readonly JobModel[]): WorkflowModel {
  return {
    file: ".github/workflows/x.yaml",
    name: "X",
    header: "Generated.",
    on: { push: { branches: ["main"] } },
    jobs,
  };
}

/** A step that writes the output `list`, and the job that takes it. */
export const PLAN: JobModel = jobModel("plan", {
  steps: [runStep({ name: "Plan", id: "plan" })],
  outputs: { list: context("steps", "plan", "outputs", "list") },
});

/** A workflow whose one job `a` has these steps. */
export function stepsModel(...steps: readonly StepModel[]): WorkflowModel {
  return workflowModel(jobModel("a", { steps }));
}

export function startedOn(on: WorkflowModel["on"], workflow: WorkflowModel): WorkflowModel {
  return { ...workflow, on };
}
