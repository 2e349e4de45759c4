import {
  call,
  context,
  Expression,
  type Expression as Condition,
  type Json,
} from "../../../src/workflow/expression.ts";
import { always, cancelled, failure, format, fromJSON } from "../../../src/workflow/functions.ts";
import type { WorkflowModel } from "../../../src/workflow/model.ts";
import { template } from "../../../src/workflow/text.ts";
import { jobModel, runStep, stepsModel, workflowModel } from "../models.ts";
import { IN_STEP, testRule, unchecked } from "./test_rule.ts";

const event = context<string>("github", "event_name");
const isPush = event.equals("push");

/** A workflow that has a condition on a job and on a step. */
function conditional(condition: unknown): WorkflowModel {
  const guard = { if: unchecked<Condition<unknown>>(condition) };
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
  event.or("push"),
  isPush.and(false),
  always().or(true),
  call<string>("format", "{0}", "x"),
];

testRule("constant-condition", {
  refused: [[["Job a", IN_STEP], STRAY.map(conditional)]],
  accepted: [undefined, isPush, always(), cancelled().not().and(isPush), failure()]
    .map(conditional),
});

const ref = context<string>("github", "ref");
const branch = context<string>("github", "event", "workflow_run", "head_branch");
const labels = context<string[]>("github", "event", "pull_request", "labels", "*", "name");
const list = (json: string) =>
  fromJSON(new Expression<Json<unknown>>({ kind: "literal", value: json }));
const onStep = (condition: Condition<unknown>) => stepsModel(runStep({ name: "S", if: condition }));

const LOOSE = [
  ...["ref", "ref_name", "head_ref", "base_ref", "REF_NAME"].map((name) =>
    call("contains", context("github", name), "main")
  ),
  call("contains", branch, "release"),
  call("contains", context("github", "event", "pull_request", "head", "label"), "us:"),
  call("contains", "refs/heads/main refs/heads/next", ref),
  call("contains", list('"refs/heads/main-1"'), ref),
  call("contains", list("not JSON"), ref),
  call("contains", fromJSON(context("vars", "BRANCHES")), ref),
  call("contains", format("x{0}", ref), "main"),
  call("startsWith", ref, "refs/heads/main"),
  call("startsWith", "refs/heads/main", ref),
  call("startsWith", ref, context("vars", "PREFIX")),
  call("startsWith", ref),
  call("endsWith", ref, "/main"),
  call<boolean>("contains", ref, "main").not().and(ref.equals("refs/heads/x")),
];

const loose = call("contains", ref, "x");
const everywhere = {
  ...workflowModel(
    jobModel("b", { if: loose, name: template`${call("endsWith", ref, "x")}` }),
    jobModel("c", { steps: [runStep({ name: "S", env: { A: loose } })] }),
  ),
  concurrency: { group: template`x-${loose}` },
};

testRule("loose-ref-check", {
  refused: [
    [[IN_STEP], LOOSE.map(onStep)],
    [["", "Job b", "Job b", 'Job c: step "S"'], [["a loose check wherever it is", everywhere]]],
  ],
  accepted: [
    ref.equals("refs/heads/main"),
    call("startsWith", ref, "refs/tags/"),
    call("contains", list('["refs/heads/main", "refs/heads/next"]'), ref),
    call("contains", labels, "deploy"),
    call("contains", labels, ref),
    call("contains", context("github", "event", "pull_request", "title"), "main"),
    call("format", "{0}", ref),
    call("contains"),
  ].map(onStep),
});
