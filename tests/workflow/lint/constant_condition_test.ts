import { call, context, type Expression } from "../../../src/workflow/expression.ts";
import { always, cancelled, failure } from "../../../src/workflow/functions.ts";
import type { WorkflowModel } from "../../../src/workflow/model.ts";
import { template } from "../../../src/workflow/text.ts";
import { jobModel, runStep, workflowModel } from "../models.ts";
import { accepts, refuses, unchecked } from "./refuses.ts";

const ID = "constant-condition";
const event = context<string>("github", "event_name");
const isPush = event.equals("push");

/** A workflow that has a condition on a job and on a step. */
function conditional(condition: unknown): WorkflowModel {
  const guard = { if: unchecked<Expression<unknown>>(condition) };
  return workflowModel(jobModel("a", { ...guard, steps: [runStep({ name: "S", ...guard })] }));
}

const STRAY = [
  "${{ github.event_name == 'push' }} ",
  " ${{ github.event_name == 'push' }}",
  "!${{ github.event_name == 'push' }}",
  "${{ github.event_name == 'push' }} && ${{ github.ref == 'refs/heads/main' }}",
  "github.event_name == 'push'",
  template`${isPush}\n`,
  template`!${isPush}`,
  true,
  "",
];

for (const condition of STRAY) {
  refuses(
    ID,
    `the text ${JSON.stringify(condition)}`,
    conditional(condition),
    "Job a",
    'Job a: step "S"',
  );
}

const CONSTANT = [
  event.or("push"),
  isPush.and(false),
  always().or(true),
  call<string>("format", "{0}", "x"),
];

for (const condition of CONSTANT) {
  refuses(ID, condition.text, conditional(condition), "Job a", 'Job a: step "S"');
}

for (const condition of [undefined, isPush, always(), cancelled().not().and(isPush), failure()]) {
  accepts(ID, condition?.text ?? "no condition", conditional(condition));
}
