import type { WorkflowModel } from "../src/workflow/model.ts";
import { job } from "../src/workflow/job.ts";
import { github } from "../src/workflow/github_context.ts";
import { script } from "../src/workflow/script.ts";
import { run } from "../src/workflow/step.ts";
import { template } from "../src/workflow/text.ts";
import { GENERATED } from "../workflows/header.ts";
import { checkout } from "../workflows/steps.ts";

/** hubwright's own CI: everything that must hold for a change to land. */
export function ci(): WorkflowModel {
  const test = job("test", {
    name: "Test",
    comment:
      "Formatting, lint, types, docs, drift, tests and coverage, as on any machine with npm.",
    permissions: { contents: { access: "read", why: "to check out the repository" } },
    timeoutMinutes: 30,
    steps: () => ({
      steps: [
        checkout(),
        run({ name: "Check everything", script: () => script`bash .ci/run` }),
      ],
    }),
  });
  return {
    file: ".github/workflows/ci.yaml",
    name: "CI",
    header: `${GENERATED}: change scripts/ci.ts, then run \`deno task generate\`.`,
    concurrency: { group: template`ci-${github.ref}` },
    on: { push: { branches: ["main"] }, pull_request: { branches: ["main"] } },
    jobs: [test.model],
  };
}
