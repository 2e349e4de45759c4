import { context } from "../../../src/workflow/expression.ts";
import { always, cancelled, format } from "../../../src/workflow/functions.ts";
import { github, secret } from "../../../src/workflow/github_context.ts";
import type { JobModel, StepModel } from "../../../src/workflow/model.ts";
import { template } from "../../../src/workflow/text.ts";
import { jobModel, runStep, startedOn, usesStep, workflowModel } from "../models.ts";
import { NEVER, ON_BOTH, PERHAPS } from "./pull_request.ts";
import { accepts, refuses } from "./refuses.ts";

const ID = "secret-on-pull-request";
const STEP = 'Job a: step "S"';
const [push = undefined] = NEVER;
const env = { KEY: secret("KEY") };

const onBoth = (...jobs: readonly JobModel[]) => startedOn(ON_BOTH, workflowModel(...jobs));
const job = (step: StepModel, more: Partial<JobModel> = {}) =>
  jobModel("a", { steps: [step], ...more });

for (const condition of PERHAPS) {
  refuses(
    ID,
    `a step if ${condition.text}`,
    onBoth(job(runStep({ name: "S", env, if: condition }))),
    STEP,
  );
  refuses(
    ID,
    `a job if ${condition.text}`,
    onBoth(job(runStep({ name: "S", env }), { if: condition })),
    STEP,
  );
}

for (const condition of NEVER) {
  accepts(ID, `a step if ${condition.text}`, onBoth(job(runStep({ env, if: condition }))));
  accepts(ID, `a job if ${condition.text}`, onBoth(job(runStep({ env }), { if: condition })));
}

refuses(
  ID,
  "a secret wherever it stands",
  onBoth(jobModel("a", {
    steps: [
      runStep({ name: "Env", env }),
      usesStep({ name: "With", with: { key: secret("KEY") } }),
      usesStep({ name: "Text", with: { key: template`x${secret("KEY")}` } }),
      usesStep({ name: "Call", with: { key: format("{0}", secret("KEY")) } }),
      usesStep({ name: "Token", with: { token: secret("GITHUB_TOKEN") } }),
    ],
    outputs: { key: secret("KEY") },
  })),
  "Job a",
  ...["Env", "With", "Text", "Call", "Token"].map((name) => `Job a: step "${name}"`),
);

const guarded = jobModel("guarded", { if: push });
const reads = (more: Partial<JobModel>) => job(runStep({ name: "S", env }), more);
const result = context<string>("needs", "guarded", "result");

accepts(ID, "a job that needs one that cannot run", onBoth(guarded, reads({ needs: ["guarded"] })));
accepts(
  ID,
  "a job that needs one that needs one that cannot run",
  onBoth(
    guarded,
    jobModel("between", { needs: ["guarded"] }),
    reads({ needs: ["between"], if: github.ref.equals("refs/heads/main") }),
  ),
);
accepts(
  ID,
  "a job that asks whether one that cannot run succeeded",
  onBoth(
    guarded,
    reads({ needs: ["guarded"], if: cancelled().not().and(result.equals("success")) }),
  ),
);
refuses(
  ID,
  "a job that runs although one that it needs was skipped",
  onBoth(guarded, reads({ needs: ["guarded"], if: always() })),
  STEP,
);
refuses(
  ID,
  "a job that asks whether the other was skipped",
  onBoth(
    guarded,
    reads({ needs: ["guarded"], if: always().and(result.equals("skipped")) }),
  ),
  STEP,
);
refuses(
  ID,
  "a job that needs one that can run",
  onBoth(jobModel("open"), reads({ needs: ["open"] })),
  STEP,
);

accepts(
  ID,
  "a workflow that no pull request starts",
  startedOn({ push: { branches: ["main"] } }, workflowModel(reads({}))),
);
accepts(
  ID,
  "the token, which cannot write",
  onBoth(job(runStep({ env: { GITHUB_TOKEN: github.token } }))),
);
