import type { ActionRef } from "../../../src/workflow/model.ts";
import { context } from "../../../src/workflow/expression.ts";
import { github } from "../../../src/workflow/github_context.ts";
import { pinned } from "../../../src/workflow/own_lock.ts";
import { template, type Value } from "../../../src/workflow/text.ts";
import { startedOn, stepsModel, usesStep } from "../models.ts";
import { FOLLOWS, IN_STEP, testRule } from "./test_rule.ts";

const COMMIT = "a".repeat(40);

function at(more: Partial<Extract<ActionRef, { kind: "pinned" }>>): ActionRef {
  return { kind: "pinned", name: "owner/name", commit: COMMIT, version: "v1.2.3", ...more };
}

const using = (uses: ActionRef) => stepsModel(usesStep({ name: "S", uses }));

// What a commit, a version and a name may be is tested beside those functions.
const UNPINNED: readonly ActionRef[] = [
  { kind: "locked", name: "owner/name" },
  pinned("actions/checkout"),
  at({ commit: "v7" }),
  at({ version: "" }),
  at({ name: "docker://alpine" }),
  ...["../action", "/action", "action", ".github/action", "./a/../../action", "./${{ x }}"]
    .map((path): ActionRef => ({ kind: "local", path })),
];

testRule("unpinned-action", {
  refused: [[[IN_STEP], UNPINNED.map(using)]],
  accepted: [[
    "commits with versions, and local actions",
    stepsModel(
      usesStep({ uses: at({ name: "owner/name.js/path/below" }) }),
      usesStep({ uses: { kind: "local", path: "./.github/actions/set-up..here" } }),
    ),
  ]],
});

const LOOK_ALIKES = [
  ...["action/checkout", "actons/checkout", "acitons/checkout", "actions-/x", "Action/Checkout"],
  ...["google-github-action/auth", "aws-action/configure-aws-credentials", "asure/login"],
  ...["dockers/login-action", "githib/codeql-action/init", "denolad/setup-deno"],
];

testRule("look-alike-owner", {
  refused: [[
    [IN_STEP],
    [
      ...LOOK_ALIKES.map((name) => at({ name })),
      { kind: "locked", name: "action/checkout" } as const,
    ]
      .map(using),
  ]],
  accepted: [
    ...["actions/checkout", "Actions/Checkout", "jupyterhub/action-k3s-helm", "helm/kind-action"],
    ...["owner/actions", "mozilla/x", "a/b"],
  ].map((name) => using(at({ name }))),
});

type Inputs = Readonly<Record<string, Value>>;

/** A workflow that checks out, with the action's name in capitals. */
function checkout(inputs: Inputs) {
  return stepsModel(usesStep({ name: "S", uses: at({ name: "Actions/Checkout" }), with: inputs }));
}

const PERSISTING: readonly Inputs[] = [
  {},
  { "persist-credentials": true },
  { "persist-credentials": "no" },
  { "persist-credentials": context<boolean>("vars", "X") },
  { "fetch-depth": 0 },
  { "persist-credentials": false, "Persist-Credentials": true },
];

testRule("persisted-credentials", {
  refused: [[[IN_STEP], PERSISTING.map(checkout)]],
  accepted: [
    ["false", checkout({ "persist-credentials": false })],
    ["false as text", checkout({ "PERSIST-CREDENTIALS": "false" })],
    ["other actions", stepsModel(usesStep({ uses: at({}) }), usesStep())],
  ],
});

const UNTRUSTED: readonly Inputs[] = [
  { ref: github.workflowRun.headSha },
  { ref: github.workflowRun.headBranch },
  { REF: template`refs/heads/${github.workflowRun.headBranch}` },
  {
    repository: context<string>("github", "event", "workflow_run", "head_repository", "full_name"),
  },
];

testRule("untrusted-checkout", {
  refused: [[[IN_STEP], UNTRUSTED.map((inputs) => startedOn(FOLLOWS, checkout(inputs)))]],
  accepted: [
    ["the default branch", startedOn(FOLLOWS, checkout({ "fetch-depth": github.sha }))],
    ["a branch by its name", startedOn(FOLLOWS, checkout({ ref: "main" }))],
    ["a commit of its own event", checkout({ ref: github.sha })],
  ],
});
