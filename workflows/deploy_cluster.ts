import type { Settings } from "../src/config/settings.ts";
import type { Cluster } from "../src/plan/cluster.ts";
import type { ProdHubJob, SupportAndStagingJob } from "../src/plan/schema.ts";
import type { Expression, ExpressionNode, Json } from "../src/workflow/expression.ts";
import { cancelled, fromJSON, hasItems } from "../src/workflow/functions.ts";
import { job } from "../src/workflow/job.ts";
import type { WorkflowModel } from "../src/workflow/model.ts";
import { nodesOf } from "../src/workflow/value_places.ts";
import { workflow } from "../src/workflow/workflow.ts";
import { canaryOptions, canarySteps } from "./canary_job.ts";
import { deploymentOf } from "./deployment.ts";
import { generatedHeader } from "./header.ts";
import { prodOptions, prodSteps } from "./prod_job.ts";

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

type Leg = Readonly<Record<string, unknown>>;

/**
 * The names of the secrets that a workflow reads. Where a name is made from what the leg says, all
 * that any leg could say count.
 */
function secretsOf(
  workflow: WorkflowModel,
  clusters: readonly Cluster[],
): readonly string[] {
  const legs = clusters.flatMap(({ name: cluster_name, provider, values, hubs }): Leg[] =>
    [undefined, ...hubs.map(({ name }) => name)]
      .map((hub_name) => ({ cluster_name, provider, values, hub_name }))
  );
  const names = nodesOf(workflow).flatMap(({ node }) => {
    const [context, name] = node.kind === "context" ? node.path : [];
    if (context !== "secrets") return [];
    return typeof name === "object" ? legs.flatMap((leg) => fill(name, leg) ?? []) : [String(name)];
  });
  // GitHub reads their names without regard to case, and gives each workflow a token of its own.
  const byName = new Map(names.toReversed().map((name) => [name.toUpperCase(), name]));
  byName.delete("GITHUB_TOKEN");
  return [...byName.values()].filter((name) => /^[A-Za-z_]\w*$/.test(name)).sort();
}

/** Fills in the format that names the secret of a leg, as {@linkcode secret} allows. */
function fill(node: ExpressionNode, leg: Leg): string | undefined {
  if (node.kind === "literal") return String(node.value);
  if (node.kind === "context") {
    const found = node.path.slice(2).reduce<unknown>((of, key) => Object(of)[String(key)], leg);
    return typeof found === "string" ? found : undefined;
  }
  const [text, ...values] = node.kind === "call" ? node.args.map((arg) => fill(arg, leg)) : [];
  if (values.includes(undefined)) return undefined;
  return text?.replaceAll(/\{(\d+)\}/g, (_, index) => values[Number(index)] ?? "");
}
