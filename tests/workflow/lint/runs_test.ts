import type { StepModel, WorkflowModel } from "../../../src/workflow/model.ts";
import type { Triggers } from "../../../src/workflow/triggers.ts";
import { context } from "../../../src/workflow/expression.ts";
import { github } from "../../../src/workflow/github_context.ts";
import { jobModel, runStep, startedOn, stepsModel, usesStep, workflowModel } from "../models.ts";
import { FOLLOWS, IN_STEP, testRule, unchecked } from "./test_rule.ts";

const PUSH = { push: { branches: ["main"] } };
const BOTH = { ...PUSH, pull_request: {} };

const TARGET = { pull_request_target: { types: ["synchronize"] } };
const event = (...path: readonly string[]) => context<string>("github", "event", ...path);

const onTarget = (step: StepModel) => startedOn(TARGET, stepsModel(step));

const STRANGERS = [
  event("pull_request", "head", "ref"),
  event("pull_request", "title"),
  event("pull_request"),
  context<string>("github", "event"),
  context<string>("github", "head_ref"),
  context<string>("secrets", "KEY"),
];

testRule("dangerous-trigger", {
  refused: [
    [
      [""],
      ["issue_comment", "pull_request_review"].map((trigger) =>
        startedOn(unchecked<Triggers>({ ...PUSH, [trigger]: {} }), stepsModel())
      ),
    ],
    [[IN_STEP], [
      ...STRANGERS.map((X) => onTarget(runStep({ name: "S", env: { X } }))),
      ...["ref", "Repository"].map((name) =>
        onTarget(usesStep({ name: "S", with: { [name]: "x" } }))
      ),
    ]],
  ],
  accepted: [
    startedOn({ ...BOTH, ...FOLLOWS }, stepsModel()),
    onTarget(runStep({ env: { NUMBER: event("pull_request", "number") } })),
    // The name of its group is no place for code.
    { ...onTarget(usesStep()), concurrency: { group: event("pull_request", "head", "ref") } },
  ],
});

const isPullRequest = github.eventName.equals("pull_request");
const BOTH_WAYS = { ...BOTH, schedule: [{ cron: "1 2 * * *" }] };

function grouped(concurrency: unknown) {
  return {
    ...workflowModel(jobModel("a")),
    concurrency: unchecked<WorkflowModel["concurrency"] & object>(concurrency),
  };
}

const own = jobModel("b", { concurrency: { group: "x", cancelInProgress: true } });

testRule("cancelled-deployment", {
  refused: [
    [
      [""],
      [true, "${{ github.ref != 'x' }}", github.ref.notEquals("x"), isPullRequest.not()]
        .map((cancelInProgress) => grouped({ group: "deploy", cancelInProgress })),
    ],
    [["", ""], [["two events", startedOn(BOTH_WAYS, grouped({ cancelInProgress: true }))]]],
    [["", ""], [["other keys", grouped({ group: "x", "cancel-in-progress": true, key: 1 })]]],
    [["Job b"], [["a job's own concurrency", workflowModel(jobModel("a"), own)]]],
  ],
  accepted: [
    ["a group", grouped({ group: "deploy" })],
    ["no concurrency", workflowModel(jobModel("a"))],
    ["a job's own group", workflowModel(jobModel("a", { concurrency: { group: "x" } }))],
    ["a queue", grouped({ group: "deploy", queue: "single", cancelInProgress: false })],
    ["pull requests alone", startedOn(BOTH, grouped({ cancelInProgress: isPullRequest }))],
    startedOn({ pull_request: {} }, grouped({ cancelInProgress: true })),
  ],
});
