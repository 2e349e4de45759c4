import type { JobModel, Permissions } from "../../../src/workflow/model.ts";
import { jobModel, startedOn, workflowModel } from "../models.ts";
import { NEVER, ON_BOTH, PERHAPS } from "./pull_request.ts";
import { accepts, refuses } from "./refuses.ts";

const ID = "write-on-pull-request";
const permissions: Permissions = {
  contents: { access: "read", why: "to check out" },
  "pull-requests": { access: "write", why: "to comment" },
};

const onBoth = (more: Partial<JobModel>) =>
  startedOn(ON_BOTH, workflowModel(jobModel("a", { permissions, ...more })));

refuses(ID, "a job without a condition", onBoth({}), "Job a");
for (const condition of PERHAPS) {
  refuses(ID, `a job if ${condition.text}`, onBoth({ if: condition }), "Job a");
}
for (const condition of NEVER) {
  accepts(ID, `a job if ${condition.text}`, onBoth({ if: condition }));
}

refuses(
  ID,
  "every scope",
  onBoth({ permissions: { ...permissions, contents: { access: "write", why: "to push" } } }),
  "Job a",
  "Job a",
);

accepts(ID, "reading", onBoth({ permissions: { contents: { access: "read", why: "x" } } }));
accepts(
  ID,
  "a workflow that no pull request starts",
  startedOn(
    { workflow_run: { workflows: ["X"], types: ["completed"] } },
    workflowModel(jobModel("a", { permissions })),
  ),
);
