import { fieldOf, itemOf, valueOf } from "../src/workflow/expression.ts";
import { callWorkflow } from "../src/workflow/call_workflow.ts";
import { fromJSON, isThere, toJSON } from "../src/workflow/functions.ts";
import { type Job, needOf } from "../src/workflow/job.ts";
import { secret } from "../src/workflow/github_context.ts";
import type { Permissions, WorkflowModel } from "../src/workflow/model.ts";
import type { CallSecret } from "../src/workflow/triggers.ts";
import type { Workflow } from "../src/workflow/workflow.ts";
import type { CALL } from "./deploy_cluster.ts";
import type { Deployment } from "./deployment.ts";
import { idOf, isTurn, type Planned, type Turn } from "./lanes.ts";

/** The secrets are only known once the config has extended the workflow. */
interface SecretsDeclared {
  readonly workflow_call: { readonly secrets: { readonly [name: string]: CallSecret } };
}

/** Deploys some clusters, each by a workflow that it calls. */
export function clusterJob(
  { settings, names, isDeployment }: Deployment,
  { plan, required }: Planned,
  called: WorkflowModel,
  turn: Turn,
): Job {
  const { outputs } = needOf(plan);
  const planned = fromJSON(outputs.clusters);
  const clusters = itemOf(itemOf(fieldOf(planned, "waves"), turn.wave), turn.shard);
  const { maxParallel } = settings.jobs.canary;
  const secrets = Object.keys(called.on.workflow_call?.secrets ?? {});
  return callWorkflow(idOf("deploy-clusters", turn), {
    name: names.cluster,
    comment: "Deploys each affected cluster at its own pace: its canary, then its prod hubs.",
    permissions: mostOf(called),
    needs: [...required, ...turn.earlier, ...turn.before],
    if: () => isTurn(turn, required, isDeployment).and(isThere(clusters)),
    matrix: () => ({ cluster: clusters }),
    ...(maxParallel !== undefined && { maxParallel }),
    workflow: called as Workflow<typeof CALL & SecretsDeclared>,
    with: ({ matrix: { cluster } }) => ({
      canaries: toJSON(valueOf(fieldOf(planned, "canaries"), cluster)),
      prod: toJSON(valueOf(fieldOf(planned, "prod"), cluster)),
      ...(settings.ledger && { ledger: outputs.ledger }),
    }),
    secrets: () => Object.fromEntries(secrets.map((name) => [name, secret(name)])),
  });
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
