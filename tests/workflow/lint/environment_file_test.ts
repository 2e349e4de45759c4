import { context, type Expression } from "../../../src/workflow/expression.ts";
import { toJSON } from "../../../src/workflow/functions.ts";
import { Script } from "../../../src/workflow/script.ts";
import { template } from "../../../src/workflow/text.ts";
import { runStep, startedOn, stepsModel } from "../models.ts";
import { accepts, refuses } from "./refuses.ts";

const ID = "environment-file";
const WORKFLOW_RUN = { workflow_run: { workflows: ["X"], types: ["completed"] } };
const at = (...path: readonly string[]) => context<string>("github", ...path);

function writes(file: string, value: Expression<unknown> | string) {
  const run = new Script(`echo "A=$VALUE" >> "$${file}"`);
  return runStep({ name: "S", env: { VALUE: template`${value}` }, run });
}

const CHOSEN = [
  at("head_ref"),
  at("ref_name"),
  at("event", "pull_request", "title"),
  at("event", "head_commit", "message"),
  at("event", "workflow_run", "head_branch"),
  toJSON(at("event")),
];

for (const value of CHOSEN) {
  for (const file of ["GITHUB_ENV", "GITHUB_PATH"]) {
    refuses(ID, `${value.text} in ${file}`, stepsModel(writes(file, value)), 'Job a: step "S"');
  }
}

refuses(
  ID,
  "any text in a workflow that follows another",
  startedOn(WORKFLOW_RUN, stepsModel(writes("GITHUB_ENV", "constant"))),
  'Job a: step "S"',
);

accepts(
  ID,
  "a step output, and what nobody outside can choose",
  stepsModel(
    writes("GITHUB_OUTPUT", at("head_ref")),
    writes("GITHUB_ENV", at("sha")),
    writes("GITHUB_ENV", at("event", "pull_request", "number")),
    writes("GITHUB_ENV", at("event", "pull_request", "head", "sha")),
    writes("GITHUB_PATH", "/opt/bin"),
    writes("MY_GITHUB_ENVIRONMENT", at("head_ref")),
  ),
);
