import { call, context, type Expression } from "../../../src/workflow/expression.ts";
import { fromJSON, toJSON } from "../../../src/workflow/functions.ts";
import { github, secret } from "../../../src/workflow/github_context.ts";
import type { JobModel, Permissions } from "../../../src/workflow/model.ts";
import { template } from "../../../src/workflow/text.ts";
import { jobModel, runStep, stepsModel, usesStep, workflowModel } from "../models.ts";
import { IN_STEP, testRule, unchecked } from "./test_rule.ts";

const WHOLE: readonly Expression<unknown>[] = [
  toJSON(context("secrets")),
  toJSON(context("github")),
  call("join", context("secrets", "*"), " "),
  context("secrets"),
  fromJSON(toJSON(context("secrets"))),
];

const inherits = jobModel("a", unchecked<Partial<JobModel>>({ secrets: "inherit" }));

testRule("all-secrets", {
  refused: [
    [
      ['Job a: step "Env"', 'Job a: step "With"'],
      WHOLE.map((value) =>
        stepsModel(
          runStep({ name: "Env", env: { ALL: value } }),
          usesStep({ name: "With", with: { all: template`x${value}` } }),
        )
      ),
    ],
    [["Job a"], [["secrets: inherit", workflowModel(inherits)]]],
  ],
  accepted: [[
    "values by their names",
    stepsModel(runStep({
      env: {
        KEY: secret("KEY"),
        TOKEN: github.token,
        EVENT: toJSON(context("github", "event")),
        OUTPUTS: toJSON(context("steps", "x", "outputs")),
      },
    })),
  ]],
});

function granted(permissions: unknown) {
  return workflowModel(jobModel("a", { permissions: unchecked<Permissions>(permissions) }));
}

const NO_REASONS = ["", "  ", "\n", "to comment\nand more", undefined, 3];
const SEVERAL = { contents: { access: "admin", why: "to be sure" }, actions: "write", x: null };

testRule("unreasoned-permission", {
  refused: [
    [["Job a"], [
      ...["read", "write"].flatMap((access) =>
        NO_REASONS.map((why) => granted({ contents: { access, why } }))
      ),
      ...["write-all", "read-all", null, undefined].map(granted),
    ]],
    [["Job a", "Job a", "Job a"], [["what is neither read nor write", granted(SEVERAL)]]],
  ],
  accepted: [
    ["no permission", granted({})],
    ["reasons", granted({ contents: { access: "read", why: "to check out" } })],
  ],
});

/** A job in which an action signs in, with its name in capitals. */
function signsIn(name: string, inputs: readonly string[], permissions: Permissions = {}) {
  const uses = { kind: "pinned", name, commit: "a".repeat(40), version: "v1" } as const;
  const step = usesStep({ name: "S", uses, with: Object.fromEntries(inputs.map((i) => [i, "x"])) });
  return workflowModel(jobModel("a", { permissions, steps: [step] }));
}

const AWS = "aws-actions/configure-aws-credentials";
const may = (access: "read" | "write") =>
  unchecked<Permissions>({ "id-token": { access, why: "x" } });

testRule("missing-id-token", {
  refused: [[[IN_STEP], [
    ["Google", signsIn("google-github-actions/auth", ["workload_identity_provider"])],
    ["AWS", signsIn(AWS, ["role-to-assume"])],
    ["Azure", signsIn("Azure/Login", ["Client-ID", "tenant-id"])],
    ["reading", signsIn("azure/login", ["client-id"], may("read"))],
  ]]],
  accepted: [
    ["a job that may", signsIn("azure/login", ["client-id"], may("write"))],
    ["a key for Google", signsIn("google-github-actions/auth", ["credentials_json"])],
    ["a key for AWS", signsIn(AWS, ["role-to-assume", "aws-access-key-id"])],
    ["a key for Azure", signsIn("azure/login", ["creds"])],
    ["an identity of the machine", signsIn("azure/login", ["client-id", "auth-type"])],
    ["another action", signsIn("owner/auth", ["workload_identity_provider"])],
  ],
});
