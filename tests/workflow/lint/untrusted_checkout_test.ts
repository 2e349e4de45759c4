import { context } from "../../../src/workflow/expression.ts";
import { github } from "../../../src/workflow/github_context.ts";
import { pinned } from "../../../src/workflow/pins.ts";
import { template, type Value } from "../../../src/workflow/text.ts";
import { startedOn, stepsModel, usesStep } from "../models.ts";
import { accepts, refuses } from "./refuses.ts";

const ID = "untrusted-checkout";
const FOLLOWS = { workflow_run: { workflows: ["X"], types: ["completed"] } };

function checkout(inputs: Readonly<Record<string, Value>>) {
  const step = { "persist-credentials": false, ...inputs };
  return stepsModel(usesStep({ name: "S", uses: pinned("actions/checkout"), with: step }));
}

const UNTRUSTED: Readonly<Record<string, Value>>[] = [
  { ref: github.workflowRun.headSha },
  { ref: github.workflowRun.headBranch },
  { REF: template`refs/heads/${github.workflowRun.headBranch}` },
  {
    repository: context<string>("github", "event", "workflow_run", "head_repository", "full_name"),
  },
];

for (const inputs of UNTRUSTED) {
  const [input = ""] = Object.keys(inputs);
  refuses(ID, `the other run's ${input}`, startedOn(FOLLOWS, checkout(inputs)), 'Job a: step "S"');
}

accepts(ID, "the default branch", startedOn(FOLLOWS, checkout({})));
accepts(ID, "a branch by its name", startedOn(FOLLOWS, checkout({ ref: "main" })));
accepts(
  ID,
  "a commit of its own event",
  startedOn({ push: { branches: ["main"] } }, checkout({ ref: github.sha })),
);
