import { fieldOf, itemOf, valueOf } from "../src/workflow/expression.ts";
import { callWorkflow } from "../src/workflow/call_workflow.ts";
import { fromJSON, isThere, toJSON } from "../src/workflow/functions.ts";
import { type Job, needOf } from "../src/workflow/job.ts";
import { secret } from "../src/workflow/github_context.ts";
import type { Permissions, WorkflowModel } from "../src/workflow/model.ts";
import type { Workflow } from "../src/workflow/workflow.ts";
import type { BuildJob } from "./build_job.ts";
import type { CALL } from "./deploy_cluster.ts";
import type { Deployment } from "./deployment.ts";
import { afterEarlier, inTurn, laneId, type Turn } from "./lanes.ts";
import type { PlanJob } from "./plan_job.ts";

/** The jobs that deploy cluster by cluster, wave by wave. */
export function clusterJobs(
  deployment: Deployment,
  plan: PlanJob,
  build: BuildJob | undefined,
  called: WorkflowModel,
): readonly Job[] {
  const { settings } = deployment;
  const { waves = [undefined], jobs: { canary: { maxParallel } } } = settings;
  return waves.reduce(
    (earlier: readonly Job[], _, wave) => [
      ...earlier,
      ...inTurn(
        { wave, settings, maxParallel, earlier },
        (turn) => clusterJob(deployment, plan, build, called, turn),
      ),
    ],
    [],
  );
}

function clusterJob(
  { settings, names, isDeployment }: Deployment,
  generateJobs: PlanJob,
  build: BuildJob | undefined,
  called: WorkflowModel,
  turn: Turn,
): Job {
  const { lane, earlier, before } = turn;
  const required = build === undefined ? [generateJobs] : [generateJobs, build];
  const { outputs } = needOf(generateJobs);
  const planned = fromJSON(outputs.clusters);
  const clusters = itemOf(itemOf(fieldOf(planned, "waves"), lane.wave), lane.shard);
  const isTurn = afterEarlier(turn, required)?.and(isDeployment) ?? isDeployment;
  const { maxParallel } = settings.jobs.canary;
  const secrets = Object.keys(called.on.workflow_call?.secrets ?? {});
  const job = callWorkflow(laneId("deploy-clusters", lane), {
    name: names.cluster,
    comment: "Deploys each affected cluster at its own pace: its canary, then its prod hubs.",
    permissions: mostOf(called),
    needs: [...required, ...earlier, ...before],
    if: () => isTurn.and(isThere(clusters)),
    matrix: () => ({ cluster: clusters }),
    ...(maxParallel !== undefined && { maxParallel }),
    workflow: called as Workflow<typeof CALL>,
    with: ({ matrix: { cluster } }) => ({
      canaries: toJSON(valueOf(fieldOf(planned, "canaries"), cluster)),
      prod: toJSON(valueOf(fieldOf(planned, "prod"), cluster)),
      ...(settings.ledger && { ledger: outputs.ledger }),
    }),
  });
  const { calls } = job.model;
  return {
    ...job,
    model: {
      ...job.model,
      ...(calls && secrets.length > 0 && {
        calls: {
          ...calls,
          secrets: Object.fromEntries(secrets.map((name) => [name, secret(name)])),
        },
      }),
    },
  };
}

/** The permissions of all jobs of a workflow: GitHub refuses a call that gives less. */
function mostOf({ jobs }: WorkflowModel): Permissions {
  const all = new Map<string, Permissions[keyof Permissions]>();
  for (
    const [scope, permission] of jobs.flatMap(({ permissions }) => Object.entries(permissions))
  ) {
    if (all.get(scope)?.access !== "write") all.set(scope, permission);
  }
  return Object.fromEntries(all);
}
