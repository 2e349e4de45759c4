import { call, context, type Expression } from "../../../src/workflow/expression.ts";
import { fromJSON, toJSON } from "../../../src/workflow/functions.ts";
import { github, secret } from "../../../src/workflow/github_context.ts";
import type { JobModel } from "../../../src/workflow/model.ts";
import { template } from "../../../src/workflow/text.ts";
import { jobModel, runStep, stepsModel, usesStep, workflowModel } from "../models.ts";
import { accepts, refuses, unchecked } from "./refuses.ts";

const ID = "all-secrets";

const WHOLE: readonly Expression<unknown>[] = [
  toJSON(context("secrets")),
  toJSON(context("github")),
  call("join", context("secrets", "*"), " "),
  context("secrets"),
  fromJSON(toJSON(context("secrets"))),
];

for (const value of WHOLE) {
  refuses(
    ID,
    value.text,
    stepsModel(
      runStep({ name: "Env", env: { ALL: value } }),
      usesStep({ name: "With", with: { all: template`x${value}` } }),
    ),
    'Job a: step "Env"',
    'Job a: step "With"',
  );
}

refuses(
  ID,
  "secrets: inherit",
  workflowModel(jobModel("a", unchecked<Partial<JobModel>>({ secrets: "inherit" }))),
  "Job a",
);

accepts(
  ID,
  "values by their names",
  stepsModel(runStep({
    env: {
      KEY: secret("KEY"),
      TOKEN: github.token,
      EVENT: toJSON(context("github", "event")),
      OUTPUTS: toJSON(context("steps", "x", "outputs")),
    },
  })),
);
