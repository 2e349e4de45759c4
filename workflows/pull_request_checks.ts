import { PERMISSIONS } from "../src/config/runtime.ts";
import type { Settings } from "../src/config/settings.ts";
import { cancelled } from "../src/workflow/functions.ts";
import { github } from "../src/workflow/github_context.ts";
import { job } from "../src/workflow/job.ts";
import type { WorkflowModel } from "../src/workflow/model.ts";
import { Script } from "../src/workflow/script.ts";
import { run } from "../src/workflow/step.ts";
import { template } from "../src/workflow/text.ts";
import { shellQuote } from "../src/text/shell_quote.ts";
import { checkout, setUpDeno } from "./steps.ts";

/** What the checks may do: read the repository. */
const ALLOWED = ["--no-remote", "--allow-read", "--allow-env"];

/**
 * The workflow that looks for drift and mistakes on pull requests. It is written once and then the
 * user's own: as a check, it could not notice that it is gone or changed itself.
 */
export function pullRequestChecks(
  { defaultBranch, runtime }: Pick<Settings, "defaultBranch" | "runtime">,
): WorkflowModel {
  const command = (words: string) => {
    const start = runtime.flatMap((word) => word === PERMISSIONS ? ALLOWED : [word]);
    return new Script(`${start.map(shellQuote).join(" ")} ${words}`);
  };
  const check = job("check", {
    name: "Check hubwright",
    comment: "Fails where the workflows are out of date, or where an upgrade would fail.",
    permissions: { contents: { access: "read", why: "to check out the repository" } },
    timeoutMinutes: 10,
    steps: () => ({
      steps: [
        checkout(),
        setUpDeno(),
        run({
          name: "Compare the workflows with the config",
          script: () => command("generate --check"),
        }),
        run({
          name: "Check the config and every cluster",
          if: cancelled().not(),
          script: () => command("validate"),
        }),
      ],
    }),
  });
  return {
    file: ".github/workflows/check-hubwright.yaml",
    name: "Check hubwright",
    header: "Written by `hubwright init`, yours to change: `deno task generate` leaves it alone.",
    concurrency: { group: template`check-hubwright-${github.ref}` },
    on: { pull_request: { branches: [defaultBranch] } },
    jobs: [check.model],
  };
}
