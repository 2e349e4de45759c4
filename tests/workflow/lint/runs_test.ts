import type { Concurrency, JobModel, Triggers } from "../../../src/workflow/model.ts";
import { jobModel, startedOn, stepsModel, workflowModel } from "../models.ts";
import { FOLLOWS, testRule, unchecked } from "./test_rule.ts";

const PUSH = { push: { branches: ["main"] } };

testRule("dangerous-trigger", {
  refused: ["pull_request_target", "issue_comment", "repository_dispatch"].map((trigger) => [
    trigger,
    startedOn(unchecked<Triggers>({ ...PUSH, [trigger]: {} }), stepsModel()),
    "",
  ]),
  accepted: [[
    "push, pull_request and workflow_run",
    startedOn({ ...PUSH, pull_request: {}, ...FOLLOWS }, stepsModel()),
  ]],
});

function grouped(concurrency: unknown) {
  return { ...workflowModel(jobModel("a")), concurrency: unchecked<Concurrency>(concurrency) };
}

testRule("cancelled-deployment", {
  refused: [
    ...[true, "${{ github.ref != 'x' }}", false].map((value) =>
      [
        `cancel-in-progress: ${value}`,
        grouped({ group: "deploy", "cancel-in-progress": value }),
        "",
      ] as const
    ),
    ["every other key", grouped({ group: "x", queue: "single", cancelInProgress: 1 }), "", ""],
    [
      "a job's own concurrency",
      workflowModel(
        jobModel("a"),
        jobModel("b", unchecked<Partial<JobModel>>({ concurrency: { group: "x" } })),
      ),
      "Job b",
    ],
  ],
  accepted: [
    ["a group", grouped({ group: "deploy" })],
    ["no concurrency", workflowModel(jobModel("a"))],
  ],
});
