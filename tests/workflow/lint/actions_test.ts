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

const UNPINNED: Readonly<Record<string, ActionRef>> = {
  "an action that no lock has": { kind: "locked", name: "owner/name" },
  "an action whose commit was not looked up": pinned("actions/checkout"),
  "a tag": at({ commit: "v7" }),
  "a branch": at({ commit: "main" }),
  "a short commit": at({ commit: "3d3c42e5" }),
  "a commit in capitals": at({ commit: "A".repeat(40) }),
  "a commit and more": at({ commit: `${COMMIT}\n` }),
  "a commit of 64 digits": at({ commit: "a".repeat(64) }),
  "no version": at({ version: "" }),
  "a branch for a version": at({ version: "main" }),
  "a version of several lines": at({ version: "v1\nrun: evil" }),
  "an expression for a name": at({ name: "${{github.event.action}}/name" }),
  "a container image": at({ name: "docker://alpine" }),
  "a repository without its owner": at({ name: "checkout" }),
  "a name that leads elsewhere": at({ name: "owner/../name" }),
  ...Object.fromEntries(
    ["../action", "/action", "action", ".github/action", "./a/../../action", "./${{ x }}"]
      .map((path): [string, ActionRef] => [`the local action ${path}`, { kind: "local", path }]),
  ),
};

testRule("unpinned-action", {
  refused: [[[IN_STEP], Object.entries(UNPINNED).map(([what, uses]) => [what, using(uses)])]],
  accepted: [[
    "commits with versions, and local actions",
    stepsModel(
      ...["v1", "v1.2", "v1.2.3", "1.2.3", "v2.0.0-rc.1"].map((version) =>
        usesStep({ uses: at({ version }) })
      ),
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
