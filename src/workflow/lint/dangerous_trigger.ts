import type { LintRule } from "./rule.ts";

/** The triggers of which the other rules know what a stranger can do with them. */
const KNOWN = ["push", "pull_request", "workflow_run"];

/** Triggers that give a stranger's change a token and secrets. */
export const dangerousTrigger: LintRule = {
  id: "dangerous-trigger",
  refuses: "`pull_request_target`, and any trigger but `push`, `pull_request` and `workflow_run`",
  why:
    "`pull_request_target` runs for a stranger's pull request with the secrets and a token that " +
    "writes, and one step that touches the pull request's files is enough to give them away",
  mend: "plan on pull_request, hand an artifact over, and write from a workflow that follows on " +
    "workflow_run",
  check: ({ on }) =>
    Object.entries(on).flatMap(([trigger, value]) =>
      KNOWN.includes(trigger) || value === undefined
        ? []
        : [{ message: `Cannot start on "${trigger}": a stranger may decide what runs then` }]
    ),
};
