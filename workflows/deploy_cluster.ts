import type { Settings } from "../src/config/settings.ts";
import type { Cluster } from "../src/plan/cluster.ts";
import type { ProdHubJob, SupportAndStagingJob } from "../src/plan/schema.ts";
import type { Expression, Json } from "../src/workflow/expression.ts";
import { cancelled, fromJSON, hasItems } from "../src/workflow/functions.ts";
import { job } from "../src/workflow/job.ts";
import type { WorkflowModel } from "../src/workflow/model.ts";
import { workflow } from "../src/workflow/workflow.ts";
import { canaryOptions, canarySteps } from "./canary_job.ts";
import { deploymentOf } from "./deployment.ts";
import { generatedHeader } from "./header.ts";
import { prodOptions, prodSteps } from "./prod_job.ts";
import { secretsOf } from "./secrets_of.ts";

/** What whoever deploys a cluster gives. */
export const CALL = {
  workflow_call: {
    inputs: {
      canaries: { description: "The canary leg, a JSON list", type: "string", required: true },
      prod: { description: "The prod legs, a JSON list", type: "string", required: true },
      ledger: { description: "What the plan says of the ledger, as JSON", type: "string" },
    },
  },
} as const;

/** The workflow that deploys one cluster, in the layout in which no cluster waits for another. */
export function deployCluster(settings: Settings, clusters: readonly Cluster[]): WorkflowModel {
  const deployment = deploymentOf(settings);
  const { names, slackOfLegs } = deployment;
  return workflow({
    file: ".github/workflows/deploy-cluster.yaml",
    name: "Deploy a cluster",
    header: generatedHeader(settings),
    on: CALL,
    jobs: ({ inputs }) => {
      const canaries = inputs.canaries as Expression<Json<readonly SupportAndStagingJob[]>>;
      const prod = inputs.prod as Expression<Json<readonly ProdHubJob[]>>;
      const canary = job("upgrade-support-and-staging", {
        name: names.canary,
        comment: "The canary: upgrades the support chart and the staging hubs.",
        matrix: () => fromJSON(canaries),
        if: () => hasItems(canaries),
        ...canaryOptions(deployment),
        maxParallel: undefined,
        steps: ({ matrix }) => ({
          steps: [...canarySteps(deployment, clusters, matrix, inputs.ledger), ...slackOfLegs],
        }),
      });
      const hubs = job("upgrade-prod-hubs", {
        name: names.prod,
        comment: "Upgrades the prod hubs where the canary succeeded, or none was planned.",
        needs: [canary],
        matrix: () => fromJSON(prod),
        if: ({ needs }) =>
          cancelled().not()
            .and(hasItems(prod))
            .and(
              needs["upgrade-support-and-staging"].result.equals("success")
                .or(inputs.canaries.equals("[]")),
            ),
        ...prodOptions(deployment),
        steps: ({ matrix }) => (
          { steps: prodSteps(deployment, clusters, matrix, inputs.ledger) }
        ),
      });
      return [canary, hubs];
    },
  });
}

/** Declares the secrets that a workflow reads: it gets no others from what calls it. */
export function declareSecrets(
  model: WorkflowModel,
  clusters: readonly Cluster[],
): WorkflowModel {
  const names = secretsOf(model, clusters);
  if (names.length === 0) return model;
  const description = "For the steps that read it";
  const secrets = Object.fromEntries(names.map((name) => [name, { description }]));
  return { ...model, on: { workflow_call: { ...model.on.workflow_call, secrets } } };
}
