import { call, context, type Expression } from "../../../src/workflow/expression.ts";
import { always, cancelled, failure, format } from "../../../src/workflow/functions.ts";
import { github, secret } from "../../../src/workflow/github_context.ts";
import type { JobModel, Permissions, Runner, StepModel } from "../../../src/workflow/model.ts";
import { template } from "../../../src/workflow/text.ts";
import { jobModel, runStep, startedOn, usesStep, workflowModel } from "../models.ts";
import { FOLLOWS, IN_STEP, testRule } from "./test_rule.ts";

const event = context<string>("github", "event_name");
const isPush = event.equals("push");
const isMain = context<string>("github", "ref").equals("refs/heads/main");

// What is known of a condition is tested beside knownTruth().
/** Conditions that cannot hold on a pull request. */
const NEVER: readonly Expression<unknown>[] = [
  event.notEquals("pull_request"),
  event.equals("PUSH").and(isMain),
  failure().or(cancelled()).and(isPush),
  always().and(event.equals("pull_request").not()),
];

/** Conditions that can hold on a pull request, or perhaps can. */
const PERHAPS: readonly Expression<unknown>[] = [
  event.equals("Pull_Request"),
  isPush.or(isMain),
  always(),
  call("contains", "push pull_request", event),
  context<string>("github", "event", "action").notEquals("closed"),
  context<string>("github", "EVENT_NAME").equals("push"),
];

const onBoth = (...jobs: readonly JobModel[]) =>
  startedOn({ push: { branches: ["main"] }, pull_request: {} }, workflowModel(...jobs));

const env = { KEY: secret("KEY") };
const job = (step: StepModel, more: Partial<JobModel> = {}) =>
  jobModel("a", { steps: [step], ...more });
const reads = (more: Partial<JobModel> = {}) => job(runStep({ name: "S", env }), more);
const guarded = jobModel("guarded", { if: isPush });
const needs = ["guarded"];
const result = context<string>("needs", "guarded", "result");

const everywhere = jobModel("a", {
  steps: [
    runStep({ name: "Env", env }),
    usesStep({ name: "With", with: { key: secret("KEY") } }),
    usesStep({ name: "Text", with: { key: template`x${secret("KEY")}` } }),
    usesStep({ name: "Call", with: { key: format("{0}", secret("KEY")) } }),
    usesStep({ name: "Token", with: { token: secret("GITHUB_TOKEN") } }),
  ],
  outputs: { key: secret("KEY") },
});

testRule("secret-on-pull-request", {
  refused: [
    [[IN_STEP], [
      ...PERHAPS.flatMap((condition) => [
        onBoth(job(runStep({ name: "S", env, if: condition }))),
        onBoth(reads({ if: condition })),
      ]),
      // It runs although the other was skipped.
      onBoth(guarded, reads({ needs, if: always() })),
      onBoth(guarded, reads({ needs, if: always().and(result.equals("skipped")) })),
      onBoth(jobModel("b"), reads({ needs: ["b"] })),
      onBoth(jobModel("guarded", { needs: ["a"] }), reads({ needs })),
    ]],
    [
      [...["Env", "With", "Text", "Call", "Token"].map((name) => `Job a: step "${name}"`), "Job a"],
      [["a secret wherever it is", onBoth(everywhere)]],
    ],
  ],
  accepted: [
    ...NEVER.flatMap((condition) => [
      onBoth(job(runStep({ env, if: condition }))),
      onBoth(reads({ if: condition })),
    ]),
    onBoth(guarded, reads({ needs })),
    onBoth(guarded, jobModel("between", { needs }), reads({ needs: ["between"], if: isMain })),
    onBoth(guarded, reads({ needs, if: cancelled().not().and(result.equals("success")) })),
    ["a workflow that no pull request starts", workflowModel(reads())],
    ["the token, which cannot write", onBoth(job(runStep({ env: { TOKEN: github.token } })))],
  ],
});

const permissions: Permissions = {
  contents: { access: "read", why: "to check out" },
  "pull-requests": { access: "write", why: "to comment" },
};
const writes = (more: Partial<JobModel> = {}) => jobModel("a", { permissions, ...more });

const both: Permissions = { ...permissions, contents: { access: "write", why: "to push" } };

testRule("write-on-pull-request", {
  refused: [
    [["Job a"], [
      ["a job without a condition", onBoth(writes())],
      ...PERHAPS.map((condition) => onBoth(writes({ if: condition }))),
    ]],
    [["Job a", "Job a"], [["every scope", onBoth(writes({ permissions: both }))]]],
  ],
  accepted: [
    ...NEVER.map((condition) => onBoth(writes({ if: condition }))),
    ["reading", onBoth(jobModel("a"))],
    ["a workflow that no pull request starts", startedOn(FOLLOWS, workflowModel(writes()))],
  ],
});

const on = (runsOn: Runner, more = {}) => onBoth(jobModel("a", { runsOn, ...more }));

testRule("self-hosted-runner", {
  refused: [[
    ["Job a"],
    ["self-hosted", "gpu", "ubuntu-mine", "ubuntu-24.04-large", "${{ x }}", ""].map((label) =>
      on(label)
    ).concat([["ubuntu-latest", "gpu"], { group: "ubuntu-latest" }].map((runner) => on(runner))),
  ]],
  accepted: [
    ...["ubuntu-latest", "ubuntu-24.04-arm", "windows-2025", "macos-latest", "macos-15-intel"]
      .map((label) => on(label)),
    on(["ubuntu-latest"]),
    ["a self-hosted machine for pushes", on("self-hosted", { if: isPush })],
    ["a workflow for pushes", workflowModel(jobModel("a", { runsOn: "self-hosted" }))],
  ],
});
