import { jobModel, startedOn, workflowModel } from "../models.ts";
import { NEVER, ON_BOTH } from "./pull_request.ts";
import { accepts, refuses } from "./refuses.ts";

const ID = "self-hosted-runner";
const [push = undefined] = NEVER;
const on = (runsOn: string, more = {}) =>
  startedOn(ON_BOTH, workflowModel(jobModel("a", { runsOn, ...more })));

for (const label of ["self-hosted", "gpu", "ubuntu-mine", "ubuntu-24.04-large", "${{ x }}", ""]) {
  refuses(ID, `the runner "${label}"`, on(label), "Job a");
}

for (
  const label of [
    ...["ubuntu-latest", "ubuntu-24.04", "ubuntu-24.04-arm"],
    ...["windows-latest", "windows-2025", "macos-latest", "macos-15-intel"],
  ]
) {
  accepts(ID, `the runner ${label}`, on(label));
}

accepts(ID, "a machine of one's own for pushes", on("self-hosted", { if: push }));
accepts(
  ID,
  "a machine of one's own in a workflow that no pull request starts",
  workflowModel(jobModel("a", { runsOn: "self-hosted" })),
);
