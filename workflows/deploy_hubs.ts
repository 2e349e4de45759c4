import type { Settings } from "../src/config/settings.ts";
import { PLAN_ARTIFACT } from "../src/github/artifact.ts";
import { filterCommand } from "../src/contract/filter.ts";
import { planCommand } from "../src/contract/plan.ts";
import { reportCommand } from "../src/contract/report.ts";
import { commandStep } from "../src/contract/step.ts";
import { CANARY_JOB, verdictOutput } from "../src/filter/verdict.ts";
import type { Cluster } from "../src/plan/cluster.ts";
import type { Rules } from "../src/plan/rules.ts";
import { type Expression, itemOf } from "../src/workflow/expression.ts";
import {
  always,
  cancelled,
  choose,
  format,
  fromJSON,
  hasItems,
  isWritten,
  toJSON,
} from "../src/workflow/functions.ts";
import { github } from "../src/workflow/github_context.ts";
import { job } from "../src/workflow/job.ts";
import { LEG_STEPS, PROD_JOB, REPORT_JOB } from "../src/ledger/leg_steps.ts";
import type { DispatchInput, Permissions, WorkflowModel } from "../src/workflow/model.ts";
import { pinned } from "../src/workflow/own_lock.ts";
import { script } from "../src/workflow/script.ts";
import { run, type Step, uses } from "../src/workflow/step.ts";
import { template } from "../src/workflow/text.ts";
import { generatedHeader } from "./header.ts";
import {
  checkout,
  deploy,
  guardRerun,
  notifySlack,
  sendToSlack,
  setUpAccess,
  setUpDeno,
} from "./steps.ts";

/** The workflow's name, by which the comment workflow follows it. */
export const DEPLOY_HUBS = "Deploy and test hubs";

/** What GitHub's error about an empty list means. */
const DROPPED_LIST =
  "Where GitHub says that the template is not valid here, it dropped the list, which contains\n" +
  "a masked secret: the warnings of the job before say so.";

/** What people may say who start the workflow by hand. */
const DISPATCH_INPUTS = {
  releases: {
    description: "Releases to upgrade whatever changed: lake, lake/plankton, */staging. " +
      "Without any, what is owed",
    type: "string",
  },
  phase: {
    description: "The phase that is wanted",
    type: "choice",
    options: ["all", "support", "staging", "prod"],
  },
  "dry-run": { description: "Show the plan, and deploy nothing", type: "boolean" },
} as const satisfies Readonly<Record<string, DispatchInput>>;

/**
 * The workflow that upgrades what a push affects: the support chart and staging hubs of each
 * affected cluster first, as canaries, then the prod hubs of the clusters whose canaries passed.
 */
export function deployHubs(
  settings: Settings,
  clusters: readonly Cluster[],
  rules: Rules,
): WorkflowModel {
  const isPullRequest = github.eventName.equals("pull_request");
  const isMergeGroup = github.eventName.equals("merge_group");
  const { ledger } = settings;
  const byHand = settings.dispatch ? [github.eventName.equals("workflow_dispatch")] : [];
  const onTime = ledger?.reconcile === undefined ? [] : [github.eventName.equals("schedule")];
  const isDeploying = [...byHand, ...onTime]
    .reduce((any, event) => any.or(event), github.eventName.equals("push"));
  const isDeployment = isDeploying.and(github.ref.equals(`refs/heads/${settings.defaultBranch}`));
  const slack = notifySlack(settings.notify.slack, isDeploying);
  // With a ledger, the last job tells of all legs at once.
  const slackOfLegs = ledger === undefined ? slack : [];
  const guardPermissions: Permissions = ledger === undefined ? {} : {
    actions: { access: "read", why: "to tell, in a re-run, whether a later run has deployed" },
    deployments: { access: "read", why: "to tell, in a re-run, what is deployed" },
  };
  const { upgradeSupport, upgradeHub, healthCheck } = settings.commands;

  const generateJobs = job("generate-jobs", {
    name: "Generate jobs",
    comment:
      "Plans which support charts and hubs the change upgrades. On a pull request the plan\n" +
      "becomes an artifact, from which another workflow makes a comment. In a merge queue it is\n" +
      "a check, and nothing more.",
    permissions: {
      contents: { access: "read", why: "to check out the repository" },
      "pull-requests": { access: "read", why: "to read the labels of a merged pull request" },
      ...guardPermissions,
      ...(ledger && { deployments: { access: "read", why: "to read what releases are owed" } }),
    },
    timeoutMinutes: 10,
    steps: ({ temp }) => {
      const planFile = template`${temp}/${PLAN_ARTIFACT.plan}`;
      const artifact = template`${temp}/${PLAN_ARTIFACT.name}`;
      const plan = commandStep(planCommand, {
        name: "Plan",
        id: "plan",
        runtime: settings.runtime,
        options: {
          before: choose(
            isPullRequest,
            "HEAD^1",
            choose(isMergeGroup, github.mergeGroupBase, github.pushBefore),
          ),
          head: github.sha,
          labels: choose<string>(isPullRequest, toJSON(github.pullRequestLabels), ""),
          ...(settings.dispatch && {
            releases: github.inputs.releases,
            phase: github.inputs.phase,
            "dry-run": github.inputs.dryRun,
          }),
          "plan-file": planFile,
        },
        env: {
          GITHUB_TOKEN: github.token,
          ...(ledger &&
            { RERUN: choose<string>(github.runAttempt.notEquals(1), github.runId, "") }),
        },
      });
      const { ledger: _, ...outputs } = plan.outputs;
      return {
        steps: [
          checkout(choose(isPullRequest, 2, 0)),
          setUpDeno(),
          plan,
          run({
            name: "Put the plan and the pull request's number together",
            if: isPullRequest,
            env: { PLAN_FILE: planFile, ARTIFACT: artifact, NUMBER: github.pullRequestNumber },
            script: (env) =>
              script`mkdir ${env.ARTIFACT}
mv ${env.PLAN_FILE} ${env.ARTIFACT}/${PLAN_ARTIFACT.plan}
echo ${env.NUMBER} > ${env.ARTIFACT}/${PLAN_ARTIFACT.number}`,
          }),
          uses({
            name: "Upload the plan for the comment",
            if: isPullRequest,
            uses: pinned("actions/upload-artifact"),
            with: {
              name: PLAN_ARTIFACT.name,
              path: artifact,
              "if-no-files-found": "error",
              overwrite: true,
            },
          }),
          ...slack,
        ],
        // Nothing reads the last one where there is no ledger.
        outputs: (ledger ? plan.outputs : outputs) as typeof plan.outputs,
      };
    },
  });

  const upgradeSupportAndStaging = job("upgrade-support-and-staging", {
    name: CANARY_JOB,
    comment: "The canaries: upgrades the support chart and the staging hubs of each affected\n" +
      "cluster. A leg records its verdict last; clusters do not wait for each other.\n" +
      DROPPED_LIST,
    needs: [generateJobs],
    matrix: ({ needs }) =>
      fromJSON(needs["generate-jobs"].outputs["support-and-staging-matrix-jobs"]),
    if: ({ needs }) =>
      isDeployment
        .and(hasItems(needs["generate-jobs"].outputs["support-and-staging-matrix-jobs"])),
    permissions: {
      contents: { access: "read", why: "to check out the repository" },
      ...guardPermissions,
    },
    timeoutMinutes: 120,
    steps: ({ matrix, needs, status }) => {
      const { cluster_name: CLUSTER, staging_hubs: hubs, upgrade_support } = matrix.jobs;
      const mostHubs = Math.max(0, ...clusters.map(countStagingHubs));
      const verdict = run({
        name: "Record the verdict",
        id: "verdict",
        comment:
          "Prod hubs of this cluster deploy only if this says success, in the latest attempt.\n" +
          "A lost runner says nothing.",
        if: always(),
        env: { CLUSTER, VERDICT: template`${status}@${github.runAttempt}` },
        outputs: clusters.map((cluster) => verdictOutput(cluster.name)),
        script: (env) => script`echo success_"\${CLUSTER//./-}"=${env.VERDICT} >> "$GITHUB_OUTPUT"`,
      });
      return {
        steps: [
          checkOutEveryStagingHub(hubs, mostHubs),
          checkout(),
          ...(ledger ? guardRerun(settings, needs["generate-jobs"].outputs.ledger) : []),
          ...setUpAccess(settings.setup(matrix.jobs)),
          deploy(LEG_STEPS.upgradeSupport, upgradeSupport, { CLUSTER }, upgrade_support),
          ...Array.from({ length: mostHubs }, (_, index) => {
            const HUB = itemOf(hubs, index);
            return [
              deploy(LEG_STEPS.upgradeStagingHub(index + 1), upgradeHub, { CLUSTER, HUB }, HUB),
              deploy(LEG_STEPS.checkStagingHub(index + 1), healthCheck, { CLUSTER, HUB }, HUB),
            ];
          }).flat(),
          ...slackOfLegs,
          verdict,
        ],
        outputs: verdict.outputs,
      };
    },
  });

  const filterGenerateJobs = job("filter-generate-jobs", {
    name: "Filter prod hubs",
    comment:
      "Lets through the prod hubs whose own cluster's canary passed, and fails where it blocks\n" +
      "any. Runs whatever became of the canaries, so that one cluster never blocks another.",
    needs: [generateJobs, upgradeSupportAndStaging],
    if: ({ needs }) =>
      cancelled().not()
        .and(isDeployment)
        .and(needs["generate-jobs"].result.equals("success"))
        .and(hasItems(needs["generate-jobs"].outputs["prod-hub-matrix-jobs"])),
    permissions: {
      contents: { access: "read", why: "to check out the repository" },
      actions: { access: "read", why: "to tell, in a re-run, which attempt a verdict is of" },
    },
    timeoutMinutes: 10,
    steps: ({ needs }) => {
      const planned = needs["generate-jobs"].outputs;
      const canary = needs["upgrade-support-and-staging"];
      const filter = commandStep(filterCommand, {
        name: "Filter",
        id: "filter",
        runtime: settings.runtime,
        env: {
          PROD_HUB_MATRIX_JOBS: planned["prod-hub-matrix-jobs"],
          CANARY_CLUSTERS: planned["canary-clusters"],
          CANARY_RESULT: canary.result,
          CANARY_OUTPUTS: toJSON(canary.allOutputs),
          GITHUB_TOKEN: github.token,
        },
      });
      return { steps: [checkout(), setUpDeno(), filter, ...slackOfLegs], outputs: filter.outputs };
    },
  });

  const upgradeProdHubs = job("upgrade-prod-hubs", {
    name: PROD_JOB,
    comment:
      "Upgrades the prod hubs that the filter let through, each in a leg of its own. Runs\n" +
      "although the filter blocked others; what it let through is all that is looked at.\n" +
      DROPPED_LIST,
    needs: ledger === undefined ? [filterGenerateJobs] : [generateJobs, filterGenerateJobs],
    matrix: ({ needs }) => fromJSON(needs["filter-generate-jobs"].outputs["prod-hub-matrix-jobs"]),
    if: ({ needs }) =>
      cancelled().not()
        .and(isDeployment)
        .and(hasItems(needs["filter-generate-jobs"].outputs["prod-hub-matrix-jobs"]))
        .and(
          // A filter that crashed wrote nothing, and is red; one that succeeded wrote a list.
          needs["filter-generate-jobs"].result.equals("success")
            .or(isWritten(needs["filter-generate-jobs"].outputs["prod-hub-matrix-jobs"])),
        ),
    permissions: {
      contents: { access: "read", why: "to check out the repository" },
      ...guardPermissions,
    },
    timeoutMinutes: 60,
    steps: ({ matrix, needs }) => {
      const { cluster_name: CLUSTER, hub_name: HUB } = matrix.jobs;
      return {
        steps: [
          checkout(),
          ...(ledger ? guardRerun(settings, needs["generate-jobs"].outputs.ledger) : []),
          ...setUpAccess(settings.setup(matrix.jobs)),
          deploy(LEG_STEPS.upgradeHub, upgradeHub, { CLUSTER, HUB }),
          deploy(LEG_STEPS.checkHub, healthCheck, { CLUSTER, HUB }),
          ...slackOfLegs,
        ],
      };
    },
  });

  const reports = ledger === undefined ? [] : [job("report-deployment", {
    name: REPORT_JOB,
    comment:
      "Finds out what became of each release, whatever became of the run, and writes it into the\n" +
      "record of what is owed. It has access to no cluster.",
    needs: [generateJobs, upgradeSupportAndStaging, filterGenerateJobs, upgradeProdHubs],
    if: ({ needs }) =>
      always().and(isDeployment).and(isWritten(needs["generate-jobs"].outputs.ledger)),
    permissions: {
      contents: { access: "read", why: "to check out the repository" },
      actions: { access: "read", why: "to read how the legs of this run ended" },
      deployments: { access: "write", why: "to write what releases are owed" },
      "pull-requests": { access: "write", why: "to say the outcome on the merged pull request" },
    },
    timeoutMinutes: 10,
    steps: ({ needs }) => {
      const report = commandStep(reportCommand, {
        name: "Report",
        id: "report",
        runtime: settings.runtime,
        env: { LEDGER: needs["generate-jobs"].outputs.ledger, GITHUB_TOKEN: github.token },
      });
      const message = report.outputs["slack-message"];
      return {
        steps: [
          checkout(),
          setUpDeno(),
          report,
          ...sendToSlack(settings.notify.slack, isWritten(message), message),
          ...slack,
        ],
      };
    },
  })];

  return {
    file: ".github/workflows/deploy-hubs.yaml",
    name: DEPLOY_HUBS,
    header: generatedHeader(settings),
    on: {
      push: { branches: [settings.defaultBranch], paths: rules.triggers },
      pull_request: {
        branches: [settings.defaultBranch],
        // A change of the base branch is an edit, too.
        types: ["opened", "synchronize", "reopened", "edited", "labeled", "unlabeled"],
        paths: rules.triggers,
      },
      // Required checks have to run in a merge queue as well, whatever has changed.
      merge_group: { types: ["checks_requested"] },
      ...(settings.dispatch ? { workflow_dispatch: { inputs: DISPATCH_INPUTS } } : {}),
      ...(ledger?.reconcile === undefined ? {} : { schedule: [{ cron: ledger.reconcile }] }),
    },
    concurrency: {
      group: choose<string>(
        isPullRequest,
        format("deploy-hubs-pull-request-{0}", github.pullRequestNumber),
        choose(isMergeGroup, format("deploy-hubs-merge-{0}", github.ref), "deploy-hubs"),
      ),
    },
    jobs: [
      generateJobs,
      upgradeSupportAndStaging,
      filterGenerateJobs,
      upgradeProdHubs,
      ...reports,
    ].map((defined) => defined.model),
  };
}

function countStagingHubs(cluster: Cluster): number {
  return cluster.hubs.filter((hub) => hub.staging).length;
}

/** A leg has steps for as many staging hubs as the largest cluster had when it was generated. */
function checkOutEveryStagingHub(hubs: Expression<readonly string[]>, most: number): Step {
  return run({
    name: "Make sure that there is a step for every staging hub",
    if: itemOf(hubs, most),
    script: () =>
      script`echo "::error::This workflow is out of date: it has steps for ${
        String(most)
      } staging hubs and the cluster has more. Generate it anew."
exit 1`,
  });
}
