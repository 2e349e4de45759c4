import type { Concurrency, JobModel } from "../../../src/workflow/model.ts";
import { jobModel, workflowModel } from "../models.ts";
import { accepts, refuses, unchecked } from "./refuses.ts";

const ID = "cancelled-deployment";

function grouped(concurrency: unknown) {
  return {
    ...workflowModel(jobModel("a")),
    concurrency: unchecked<Concurrency>(concurrency),
  };
}

for (const value of [true, "${{ github.ref != 'x' }}", false]) {
  refuses(
    ID,
    `cancel-in-progress: ${value}`,
    grouped({ group: "deploy", "cancel-in-progress": value }),
    "",
  );
}

refuses(
  ID,
  "every other key",
  grouped({ group: "x", queue: "single", cancelInProgress: 1 }),
  "",
  "",
);

refuses(
  ID,
  "a job's own concurrency",
  workflowModel(
    jobModel("a"),
    jobModel("b", unchecked<Partial<JobModel>>({ concurrency: { group: "x" } })),
  ),
  "Job b",
);

accepts(ID, "a group", grouped({ group: "deploy" }));
accepts(ID, "no concurrency", workflowModel(jobModel("a")));
