import type { Triggers } from "../../../src/workflow/model.ts";
import { startedOn, stepsModel } from "../models.ts";
import { accepts, refuses, unchecked } from "./refuses.ts";

const ID = "dangerous-trigger";

for (const trigger of ["pull_request_target", "issue_comment", "repository_dispatch"]) {
  refuses(
    ID,
    trigger,
    startedOn(unchecked<Triggers>({ push: { branches: ["main"] }, [trigger]: {} }), stepsModel()),
    "",
  );
}

accepts(
  ID,
  "push, pull_request and workflow_run",
  startedOn({
    push: { branches: ["main"] },
    pull_request: {},
    workflow_run: { workflows: ["X"], types: ["completed"] },
  }, stepsModel()),
);
