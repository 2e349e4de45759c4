import { deployingBranches } from "../src/config/branches.ts";
import type { Settings } from "../src/config/settings.ts";
import type { Cluster } from "../src/plan/cluster.ts";
import type { Rules } from "../src/plan/rules.ts";
import { waveOf } from "../src/plan/waves.ts";
import { choose, format } from "../src/workflow/functions.ts";
import { github } from "../src/workflow/github_context.ts";
import type { Job } from "../src/workflow/job.ts";
import type { WorkflowModel } from "../src/workflow/model.ts";
import type { DispatchInput } from "../src/workflow/triggers.ts";
import { buildJob } from "./build_job.ts";
import { canaryJob } from "./canary_job.ts";
import { clusterJob } from "./cluster_job.ts";
import { type Deployment, deploymentOf } from "./deployment.ts";
import { filterJob } from "./filter_job.ts";
import { generatedHeader } from "./header.ts";
import { planJob } from "./plan_job.ts";
import { prodJob } from "./prod_job.ts";
import { reportJob } from "./report_job.ts";
import { type Planned, shardJobs, waveJobs } from "./lanes.ts";

/** The workflow that deploys. */
export const DEPLOY_HUBS = ".github/workflows/deploy-hubs.yaml";

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
  deployCluster?: WorkflowModel,
): WorkflowModel {
  const { ledger } = settings;
  const deployment = deploymentOf(settings);
  const { isPullRequest, isMergeGroup } = deployment;
  const plan = planJob(deployment);
  const build = buildJob(deployment, plan);
  const planned = { plan, required: build === undefined ? [plan] : [plan, build] };
  const deploying = deployCluster === undefined
    ? phaseJobs(deployment, planned, clusters)
    : clusterJobs(deployment, planned, deployCluster);
  const before = [...planned.required, ...deploying];
  const jobs = ledger === undefined ? before : [...before, reportJob(deployment, plan, before)];
  const branches = Object.keys(deployingBranches(settings));
  return {
    file: DEPLOY_HUBS,
    name: settings.name,
    header: generatedHeader(settings),
    on: {
      push: { branches, paths: rules.triggers },
      pull_request: {
        branches,
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
      queue: settings.concurrency.queue,
    },
    jobs: jobs.map(({ model }) => model),
  };
}

/** The jobs that deploy phase by phase: in each wave the canaries, the filter, the prod hubs. */
function phaseJobs(
  deployment: Deployment,
  planned: Planned,
  clusters: readonly Cluster[],
): readonly Job[] {
  const { settings: { shards, jobs, ...settings } } = deployment;
  return waveJobs(settings, (wave, earlier) => {
    const { waves } = settings;
    const own = waves === undefined
      ? clusters
      : clusters.filter(({ name }) => waveOf(name, waves) === wave);
    const canaries = shardJobs(
      shards,
      jobs.canary.maxParallel,
      (turn) => canaryJob(deployment, planned, own, { ...turn, wave, earlier }),
    );
    const filter = filterJob(deployment, planned, canaries, { wave, earlier });
    const prods = shardJobs(
      shards,
      jobs.prod.maxParallel,
      (turn) => prodJob(deployment, planned, filter, own, { ...turn, wave }),
    );
    return [...canaries, filter, ...prods];
  });
}

/** The jobs that deploy cluster by cluster. */
function clusterJobs(
  deployment: Deployment,
  planned: Planned,
  called: WorkflowModel,
): readonly Job[] {
  const { settings } = deployment;
  return waveJobs(settings, (wave, earlier) =>
    shardJobs(
      settings.shards,
      settings.jobs.canary.maxParallel,
      (turn) => clusterJob(deployment, planned, called, { ...turn, wave, earlier }),
    ));
}
