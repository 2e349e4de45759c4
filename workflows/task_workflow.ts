import { LEG } from "../src/config/leg_values.ts";
import type { Settings } from "../src/config/settings.ts";
import { taskCommand } from "../src/contract/task.ts";
import { commandStep } from "../src/contract/step.ts";
import { PLAN_ARTIFACT } from "../src/github/artifact.ts";
import type { Rules } from "../src/plan/rules.ts";
import { taskFile } from "../src/config/task_file.ts";
import { rulePattern } from "../src/tasks/task_plan.ts";
import { choose, format, fromJSON, hasItems } from "../src/workflow/functions.ts";
import { github } from "../src/workflow/github_context.ts";
import { job } from "../src/workflow/job.ts";
import type { WorkflowModel } from "../src/workflow/model.ts";
import { template } from "../src/workflow/text.ts";
import { generatedHeader } from "./header.ts";
import { folderIn, jobOptions, ownSteps } from "./job_options.ts";
import { checkout, configSteps, deploy, handOverPlan } from "./steps.ts";

/** The workflow that runs one of the config's tasks, for what a change affects or for all. */
export function taskWorkflow(
  task: Settings["tasks"][number],
  settings: Settings,
  rules: Rules,
): WorkflowModel {
  const { name, on, each, access } = task;
  const isPullRequest = github.eventName.equals("pull_request");
  const isPush = github.eventName.equals("push");
  const isDefaultBranch = github.ref.equals(`refs/heads/${settings.defaultBranch}`);
  // What an event does not bring is not read where no such event starts it.
  const ofPush = on.push ? choose<string>(isPush, github.pushBefore, "") : "";
  const before = on.pullRequest === undefined
    ? ofPush
    : choose<string>(isPullRequest, "HEAD^1", ofPush);
  const { every, task: options } = settings.jobs;

  const select = job("select", {
    name: "Select",
    comment: `Finds out which ${each}s it is about.`,
    ...jobOptions(settings, "jobs.every", every, { timeoutMinutes: 10 }),
    steps: ({ temp }) => {
      const { folder, finding } = folderIn(every, temp);
      const planFile = template`${folder}/${PLAN_ARTIFACT.plan}`;
      const legs = commandStep(taskCommand, {
        name: "Select",
        id: "select",
        runtime: settings.runtime,
        options: {
          name,
          ...(before && { before }),
          head: github.sha,
          "plan-file": planFile,
        },
        env: {},
      });
      return {
        steps: ownSteps(
          every,
          [
            legs,
            ...(on.pullRequest === "plan" ? handOverPlan(planFile, folder, isPullRequest) : []),
          ],
          { depth: choose(isPullRequest, 2, 0), finding },
        ),
        outputs: legs.outputs,
      };
    },
  });

  const run = job("run", {
    name: "Run",
    comment: `Runs the task, a leg for each ${each}; none waits for another.`,
    needs: [select],
    matrix: ({ needs }) => fromJSON(needs.select.outputs.legs),
    // A run by hand can be for any branch; the default branch alone reaches clusters.
    if: ({ needs }) => {
      const some = hasItems(needs.select.outputs.legs);
      const reaching = isDefaultBranch.and(some);
      if (on.pullRequest === "plan") return isPullRequest.not().and(reaching);
      return access || on.pullRequest === undefined ? reaching : some;
    },
    ...jobOptions(settings, "jobs.task", options, { timeoutMinutes: 60 }, {
      CLUSTER: LEG.cluster_name,
    }),
    steps: ({ matrix }) => {
      const { cluster_name: CLUSTER, hub_name: HUB } = matrix.jobs;
      return {
        steps: [
          checkout(options),
          ...configSteps([...options.before(LEG), ...(access ? settings.setup(LEG) : [])]),
          ...deploy(
            name,
            { usual: task.run, own: new Map() },
            each === "hub" ? { CLUSTER, HUB } : { CLUSTER },
          ),
          ...configSteps(options.after(LEG)),
        ],
      };
    },
  });

  const paths = task.rules === undefined ? rules.triggers : triggersOf(task.rules);
  const branches = [settings.defaultBranch];
  return {
    file: taskFile(name),
    name,
    header: generatedHeader(settings),
    on: {
      ...(on.push && { push: { branches, paths } }),
      ...(on.pullRequest !== undefined && { pull_request: { branches, paths } }),
      ...(on.dispatch && { workflow_dispatch: { inputs: {} } }),
      ...(on.schedule !== undefined && { schedule: [{ cron: on.schedule }] }),
    },
    concurrency: {
      group: on.pullRequest === undefined
        ? name
        : choose<string>(isPullRequest, format(`${name}-{0}`, github.pullRequestNumber), name),
      queue: settings.concurrency.queue,
    },
    jobs: [select.model, run.model],
  };
}

/** The paths that may affect some cluster; an exception for one cluster holds for no other. */
function triggersOf(rules: readonly string[]): readonly string[] {
  const forAny = rules.filter((rule) => !/^!.*\{(?:cluster|provider)\}/.test(rule));
  return [...new Set(forAny.map((rule) => rulePattern(rule)))]
    .map(({ glob, exception }) => exception ? `!${glob}` : glob);
}
