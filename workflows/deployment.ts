import { deployingBranches, prefixOf } from "../src/config/branches.ts";
import type { Settings } from "../src/config/settings.ts";
import type { Expression } from "../src/workflow/expression.ts";
import { startsWith } from "../src/workflow/functions.ts";
import { github } from "../src/workflow/github_context.ts";
import type { Permissions } from "../src/workflow/model.ts";
import type { Step } from "../src/workflow/step.ts";
import { jobNames } from "./job_options.ts";
import { notifySlack } from "./steps.ts";

/** What the jobs of the deploy workflow share. */
export interface Deployment {
  readonly settings: Settings;
  /** The names of the jobs. */
  readonly names: ReturnType<typeof jobNames>;
  readonly isPullRequest: Expression<boolean>;
  readonly isMergeGroup: Expression<boolean>;
  /** Whether the run deploys: only one for a branch that deploys does. */
  readonly isDeployment: Expression<boolean>;
  /** Whether someone started it for a branch that does not deploy. */
  readonly isElsewhere: Expression<boolean>;
  readonly slack: readonly Step[];
  /** With a ledger, the last job tells of all legs at once. */
  readonly slackOfLegs: readonly Step[];
  /** What the token of a leg may do besides, to tell in a re-run whether it would go back. */
  readonly guardPermissions: Permissions;
}

export function deploymentOf(settings: Settings): Deployment {
  const { ledger } = settings;
  const byHand = settings.dispatch ? [github.eventName.equals("workflow_dispatch")] : [];
  const onTime = ledger?.reconcile === undefined ? [] : [github.eventName.equals("schedule")];
  const isDeploying = [...byHand, ...onTime]
    .reduce((any, event) => any.or(event), github.eventName.equals("push"));
  const { isDeployed, isElsewhere } = branchTests(settings);
  const slack = notifySlack(settings.notify.slack, isDeploying);
  return {
    settings,
    names: jobNames(settings),
    isPullRequest: github.eventName.equals("pull_request"),
    isMergeGroup: github.eventName.equals("merge_group"),
    isDeployment: isDeploying.and(isDeployed),
    isElsewhere: github.eventName.equals("workflow_dispatch").and(isElsewhere),
    slack,
    slackOfLegs: ledger === undefined ? slack : [],
    guardPermissions: ledger === undefined ? {} : {
      actions: { access: "read", why: "to tell, in a re-run, whether a later run has deployed" },
      deployments: { access: "read", why: "to tell, in a re-run, what is deployed" },
    },
  };
}

/** Whether a run is for a branch that deploys, and whether it is for none. */
function branchTests(settings: Settings) {
  const tests = Object.keys(deployingBranches(settings)).map((pattern) => {
    const prefix = prefixOf(pattern);
    const isOf = prefix === undefined ? undefined : startsWith(github.ref, `refs/heads/${prefix}`);
    const ref = `refs/heads/${pattern}`;
    return {
      isDeployed: isOf ?? github.ref.equals(ref),
      isElsewhere: isOf?.not() ?? github.ref.notEquals(ref),
    };
  });
  return tests.reduce((all, test) => ({
    isDeployed: all.isDeployed.or(test.isDeployed),
    isElsewhere: all.isElsewhere.and(test.isElsewhere),
  }));
}

/** What GitHub's error about an empty list means. */
export const DROPPED_LIST =
  "Where GitHub says that the template is not valid here, it dropped the list, which contains\n" +
  "a masked secret: the warnings of the job before say so.";
