import type { Config } from "../src/config/config.ts";
import { soundClusters, tryClusters } from "../src/config/clusters.ts";
import { isSplit } from "../src/config/layout.ts";
import { parseConfig } from "../src/config/settings.ts";
import type { Settings } from "../src/config/settings.ts";
import type { TextFile } from "../src/drift/differences.ts";
import { labelEffects } from "../src/plan/labels.ts";
import { matrixJobs } from "../src/plan/matrix.ts";
import { plan } from "../src/plan/plan.ts";
import { legsByCluster, legsByWave, NO_CLUSTER_LEGS } from "../src/plan/rollout.ts";
import { buildRules } from "../src/plan/rules.ts";
import type { Plan } from "../src/plan/schema.ts";
import { readWorkflow } from "../src/simulate/read_workflow.ts";
import type { Texts } from "../src/simulate/record.ts";
import type { Workflow } from "../src/simulate/workflow_file.ts";
import { OWN_PINS } from "../src/workflow/own_lock.ts";
import { DEPLOY_HUBS } from "../workflows/deploy_hubs.ts";
import { generateWorkflows } from "../workflows/mod.ts";
import { fleetFiles } from "./fleet.ts";
import { type Leg, pipelineLegs } from "./pipeline_legs.ts";

/** The fleet that is modelled: of thirty clusters, one has more hubs than all others together. */
export const FLEET = { clusters: 30, hubs: 171, largest: 94 };

const PILOTS = ["cluster-1", "cluster-2", "cluster-3"];

/** The layouts that are compared, by what people call them. */
export const LAYOUTS = {
  "four jobs": {},
  pipelined: { layout: "pipelined" },
  "four jobs, waves": { waves: [PILOTS, ["*"]] },
  "pipelined, waves": { layout: "pipelined", waves: [PILOTS, ["*"]] },
} as const satisfies Readonly<Record<string, Config>>;

export type LayoutName = keyof typeof LAYOUTS;
export const LAYOUT_NAMES = Object.keys(LAYOUTS) as readonly LayoutName[];

/** The legs of a push that upgrades the whole fleet. */
export function fleetLegs(config: Config): readonly Leg[] {
  const settings = parseConfig(config, "hubwright.config.ts");
  const files = fleetFiles(FLEET).filter(({ path }) => path.endsWith("/cluster.yaml"));
  const clusters = soundClusters(tryClusters(files, settings));
  const planned = plan({
    ...{ base: "", head: "", deleted: [], clusterChanges: new Map(), byKeys: false },
    clusters,
    changed: { everything: "all of it is modelled" },
    rules: buildRules(settings, clusters),
    labels: labelEffects([], settings.labels),
    waves: settings.waves,
  });
  const lock = { repository: new Map(), hubwright: OWN_PINS };
  const workflows = generateWorkflows(settings, clusters, lock);
  return pipelineLegs(workflowOf(workflows), planOutputs(planned, settings));
}

/** The workflow that deploys, with the one that it may call. */
export function workflowOf(files: readonly TextFile[]): Workflow {
  const others = new Map(files.map(({ path, text }) => [path, text]));
  return readWorkflow(DEPLOY_HUBS, others.get(DEPLOY_HUBS) ?? "", { others });
}

/** What a plan puts out for the jobs that deploy. */
export function planOutputs(planned: Plan, settings: Settings): Texts {
  const legs = matrixJobs(planned);
  const outputs = {
    "support-and-staging-matrix-jobs": legs.canaries,
    "prod-hub-matrix-jobs": legs.prod,
    "canary-clusters": legs.canaries.map(({ cluster_name }) => cluster_name),
    waves: isSplit(settings) ? legsByWave(planned, legs) : [],
    clusters: settings.layout === "pipelined" ? legsByCluster(planned, legs) : NO_CLUSTER_LEGS,
    ledger: "",
  };
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, JSON.stringify(value)]),
  );
}
