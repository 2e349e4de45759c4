import { canBePipelined } from "../src/config/layout.ts";
import type { Settings } from "../src/config/settings.ts";
import type { TextFile } from "../src/drift/differences.ts";
import { UserError } from "../src/errors.ts";
import type { ChartGraph } from "../src/plan/charts.ts";
import type { Cluster } from "../src/plan/cluster.ts";
import { buildRules } from "../src/plan/rules.ts";
import { emitWorkflow } from "../src/workflow/emit.ts";
import type { Lock } from "../src/workflow/lock.ts";
import type { WorkflowModel } from "../src/workflow/model.ts";
import { pinProblems, pinWorkflow } from "../src/workflow/pin_workflow.ts";
import { validateWorkflow } from "../src/workflow/check_workflow.ts";
import { COMMENT_DEPLOYMENT_PLAN, commentDeploymentPlan } from "./comment_deployment_plan.ts";
import { declareSecrets, deployCluster } from "./deploy_cluster.ts";
import { DEPLOY_HUBS, deployHubs } from "./deploy_hubs.ts";
import { extendWorkflow } from "./extend.ts";
import { GENERATED } from "./header.ts";
import { addOwn } from "./own_workflows.ts";
import { valueProblems } from "./value_problems.ts";
import { taskWorkflow } from "./task_workflow.ts";

const ATTRIBUTES = ".github/workflows/.gitattributes";

/** The files that every config generates, whatever it says. */
export const ALWAYS_GENERATED: readonly string[] = [
  DEPLOY_HUBS,
  COMMENT_DEPLOYMENT_PLAN,
  ATTRIBUTES,
];

/** How large GitHub lets a workflow file be, in bytes. */
const LARGEST_WORKFLOW = 500_000;

/**
 * Generates the workflows of an infrastructure repository.
 *
 * @throws {UserError} Where a workflow would not be sound, or GitHub would refuse it.
 */
export function generateWorkflows(
  settings: Settings,
  clusters: readonly Cluster[],
  lock: Lock,
  charts?: ChartGraph,
): readonly TextFile[] {
  const defined = defineWorkflows(settings, clusters, charts);
  const problems = valueProblems(defined, settings, clusters);
  if (problems.length > 0) throw new UserError(problems);
  return emitAll(defined, lock, settings.file, smallerSettings(settings));
}

/** Says what to set to make workflows smaller that have many jobs or list many clusters. */
function smallerSettings(settings: Settings): string {
  const { waves, shards } = settings;
  const fewer = [...(shards > 1 ? ['"shards"'] : []), ...(waves === undefined ? [] : ['"waves"'])];
  return [
    ...(fewer.length === 0 ? [] : [`set fewer ${fewer.join(" or ")}, or `]),
    ...(canBePipelined(settings)
      ? ['set `layout: "pipelined"` in the config, whose workflows list no cluster, or ']
      : []),
  ].join("");
}

/** Defines the workflows of an infrastructure repository. */
export function defineWorkflows(
  settings: Settings,
  clusters: readonly Cluster[],
  charts?: ChartGraph,
): readonly WorkflowModel[] {
  const rules = buildRules(settings, clusters, charts);
  // What it needs once it is extended is what its caller gives.
  const called = settings.layout === "pipelined"
    ? declareSecrets(extendWorkflow(deployCluster(settings, clusters), settings), clusters)
    : undefined;
  const made = [
    deployHubs(settings, clusters, rules, called),
    commentDeploymentPlan(settings),
    ...settings.tasks.map((task) => taskWorkflow(task, settings, rules)),
  ].map((workflow) => extendWorkflow(workflow, settings));
  return addOwn(called === undefined ? made : [...made, called], settings, clusters);
}

/**
 * Writes workflows as files, once nothing is wrong with any of them.
 *
 * @throws {UserError} With everything that is wrong.
 */
export function emitAll(
  defined: readonly WorkflowModel[],
  lock: Lock,
  config: string,
  smaller = "",
): readonly TextFile[] {
  const workflows = defined.map((workflow) => pinWorkflow(workflow, lock));
  const problems = [
    ...pinProblems(defined, lock, config),
    ...workflows.flatMap(validateWorkflow),
  ];
  if (problems.length > 0) throw new UserError(problems);
  const files = workflows.map((workflow) => ({
    path: workflow.file,
    text: emitWorkflow(workflow),
  }));
  const tooLarge = files.flatMap(({ path: file, text }) => {
    const bytes = new TextEncoder().encode(text).length;
    const message = `Cannot generate it: GitHub accepts at most ${LARGEST_WORKFLOW} bytes, and ` +
      `it would have ${bytes}; ${smaller}keep the clusters in more than one repository`;
    return bytes > LARGEST_WORKFLOW ? [{ file, message }] : [];
  });
  if (tooLarge.length > 0) throw new UserError(tooLarge);
  return [...files, attributesOf(files)];
}

/** Lets git keep the line endings of workflows everywhere, and GitHub fold them in diffs. */
function attributesOf(workflows: readonly TextFile[]): TextFile {
  const folder = ".github/workflows";
  const lines = [ATTRIBUTES, ...workflows.map(({ path }) => path)]
    .map((path) => `${path.slice(folder.length)} linguist-generated eol=lf\n`);
  return { path: ATTRIBUTES, text: `# ${GENERATED}\n${lines.join("")}` };
}
