import { call, context, Expression } from "../../../src/workflow/expression.ts";
import { format, fromJSON } from "../../../src/workflow/functions.ts";
import type { Json } from "../../../src/workflow/expression.ts";
import { template } from "../../../src/workflow/text.ts";
import { jobModel, runStep, stepsModel, workflowModel } from "../models.ts";
import { accepts, refuses } from "./refuses.ts";

const ID = "loose-ref-check";
const ref = context<string>("github", "ref");
const branch = context<string>("github", "event", "workflow_run", "head_branch");
const labels = context<string[]>("github", "event", "pull_request", "labels", "*", "name");
const list = (json: string) =>
  fromJSON(new Expression<Json<unknown>>({ kind: "literal", value: json }));
const onStep = (condition: Expression<unknown>) =>
  stepsModel(runStep({ name: "S", if: condition }));

const LOOSE = [
  ...["ref", "ref_name", "head_ref", "base_ref", "REF_NAME"].map((name) =>
    call("contains", context("github", name), "main")
  ),
  call("contains", branch, "release"),
  call("contains", context("github", "event", "pull_request", "head", "label"), "us:"),
  call("contains", "refs/heads/main refs/heads/next", ref),
  call("contains", list('"refs/heads/main-1"'), ref),
  call("contains", fromJSON(context("vars", "BRANCHES")), ref),
  call("contains", format("x{0}", ref), "main"),
  call("startsWith", ref, "refs/heads/main"),
  call("startsWith", "refs/heads/main", ref),
  call("startsWith", ref, context("vars", "PREFIX")),
  call("endsWith", ref, "/main"),
  call<boolean>("contains", ref, "main").not().and(ref.equals("refs/heads/x")),
];

for (const condition of LOOSE) {
  refuses(ID, condition.text, onStep(condition), 'Job a: step "S"');
}

refuses(
  ID,
  "a loose check wherever it stands",
  {
    ...workflowModel(
      jobModel("b", {
        if: call("contains", ref, "x"),
        name: template`${call("endsWith", ref, "x")}`,
      }),
      jobModel("c", { steps: [runStep({ name: "S", env: { A: call("contains", ref, "x") } })] }),
    ),
    concurrency: { group: template`x-${call("contains", ref, "x")}` },
  },
  "",
  "Job b",
  "Job b",
  'Job c: step "S"',
);

for (
  const condition of [
    ref.equals("refs/heads/main"),
    call("startsWith", ref, "refs/tags/"),
    call("contains", list('["refs/heads/main", "refs/heads/next"]'), ref),
    call("contains", labels, "deploy"),
    call("contains", labels, ref),
    call("contains", context("github", "event", "pull_request", "title"), "main"),
    call("format", "{0}", ref),
  ]
) {
  accepts(ID, condition.text, onStep(condition));
}
