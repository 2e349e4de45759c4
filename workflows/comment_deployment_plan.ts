import type { Settings } from "../src/config/settings.ts";
import { PLAN_ARTIFACT } from "../src/github/artifact.ts";
import { commentCommand } from "../src/contract/comment.ts";
import { outdateCommand } from "../src/contract/outdate.ts";
import { commandStep } from "../src/contract/step.ts";
import { choose } from "../src/workflow/functions.ts";
import { github } from "../src/workflow/github_context.ts";
import { job } from "../src/workflow/job.ts";
import type { WorkflowModel } from "../src/workflow/model.ts";
import { pinned } from "../src/workflow/own_lock.ts";
import { uses } from "../src/workflow/step.ts";
import { template } from "../src/workflow/text.ts";
import { generatedHeader } from "./header.ts";
import { folderIn, jobOptions, ownSteps } from "./job_options.ts";

/** The workflow that comments plans. */
export const COMMENT_DEPLOYMENT_PLAN = ".github/workflows/comment-deployment-plan-pr.yaml";

/**
 * The workflow that says on a pull request what merging it would deploy. It runs from the default
 * branch once the plan is made, since a run for a fork must not hold a token that writes comments.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflow_run}
 */
export function commentDeploymentPlan(settings: Settings): WorkflowModel {
  const follows = [
    ...settings.tasks.filter(({ on }) => on.pullRequest === "plan").map(({ name }) => name),
    ...settings.comment.follows,
  ];
  const { name: workflow } = github.workflowRun;
  const options = settings.jobs.comment;
  const comment = job("comment", {
    name: "Comment",
    comment:
      "Writes the plan of the pull request's run as a comment, or updates the one that is there.\n" +
      "The artifact comes from code that a fork controls: it is checked, then rendered here.",
    if: () =>
      github.workflowRun.event.equals("pull_request")
        .and(github.workflowRun.conclusion.equals("success")),
    ...jobOptions(settings, "jobs.comment", options, {
      permissions: {
        actions: { access: "read", why: "to download the artifact of the other run" },
        "pull-requests": { access: "write", why: "to write the comment" },
        ...(settings.ledger && {
          deployments: { access: "read", why: "to say what earlier runs owe" },
        }),
      },
      timeoutMinutes: 10,
    }),
    steps: ({ temp }) => {
      const { folder, finding } = folderIn(options, temp);
      const artifact = template`${folder}/${PLAN_ARTIFACT.name}`;
      const download = uses({
        name: "Download the plan",
        uses: pinned("actions/download-artifact"),
        with: {
          name: PLAN_ARTIFACT.name,
          path: artifact,
          "run-id": github.workflowRun.id,
          "github-token": github.token,
        },
      });
      const write = commandStep(commentCommand, {
        name: "Comment",
        runtime: settings.runtime,
        env: {
          PLAN_ARTIFACT: artifact,
          RUN_HEAD_SHA: github.workflowRun.headSha,
          RUN_URL: github.workflowRun.url,
          ...(follows.length > 0 &&
            { FOLLOWED: choose<string>(workflow.notEquals(settings.name), workflow, "") }),
          ...(settings.ledger && { LEDGER_ENVIRONMENT: settings.ledger.environment }),
          GITHUB_TOKEN: github.token,
        },
      });
      return { steps: ownSteps(options, [download, write], { finding }) };
    },
  });

  const outdate = job("outdate", {
    name: "Mark an outdated plan",
    comment:
      "Marks the comment of a pull request that has moved on. It reads nothing that the pull\n" +
      "request brings but its number, and runs the code of the default branch.",
    if: () => github.eventName.equals("pull_request_target"),
    ...jobOptions(settings, "jobs.comment", options, {
      permissions: { "pull-requests": { access: "write", why: "to change the comment" } },
      timeoutMinutes: 10,
    }),
    steps: () => {
      const mark = commandStep(outdateCommand, {
        name: "Mark the comment",
        runtime: settings.runtime,
        env: {
          PULL_REQUEST: github.pullRequestNumber,
          ...(follows.length > 0 && { FOLLOWS: JSON.stringify(follows) }),
          GITHUB_TOKEN: github.token,
        },
      });
      return { steps: ownSteps(options, [mark]) };
    },
  });

  // One group for a branch, whichever event a run is for; a name of neither kind has a colon.
  const repository = github.workflowRun.headRepository.or(github.pullRequestRepository);
  const branch = github.workflowRun.headBranch.or(github.pullRequestBranch);
  return {
    file: COMMENT_DEPLOYMENT_PLAN,
    name: "Comment Hub Deployment Plan to a Pull Request",
    header: generatedHeader(settings),
    on: {
      workflow_run: { workflows: [settings.name, ...follows], types: ["completed"] },
      pull_request_target: { types: ["synchronize", "edited"] },
    },
    concurrency: {
      group: template`comment-deployment-plan-${repository}:${branch}`,
      queue: settings.concurrency.queue,
    },
    jobs: [comment.model, outdate.model],
  };
}
