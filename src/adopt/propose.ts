import { DEFAULTS } from "../config/defaults.ts";
import { compare } from "../text/compare.ts";
import { listNames } from "../text/list_names.ts";
import { type ConfigEntry, Verbatim } from "./config_code.ts";
import type { Observation } from "./observe.ts";
import type { Proposal } from "./proposal.ts";
import { proposeCommands, proposeJobs, proposeNames } from "./propose_jobs.ts";
import { proposeRules } from "./propose_rules.ts";
import { proposeSetup } from "./propose_setup.ts";

/** What the defaults do not say of a repository, each with its reason. */
export function propose(observation: Observation, setupDeploy: string): Proposal {
  const { clusters, workflows: { deployment } } = observation;
  const parts = [
    deployment && proposeNames(deployment),
    clusters && proposeSetup(observation, setupDeploy),
    deployment && proposeJobs(deployment),
    deployment && proposeCommands(deployment),
  ].filter((part) => part !== undefined);
  return {
    entries: [
      ...proposeBranch(observation),
      ...proposeLayout(observation),
      ...proposeRules(observation),
      ...parts.flatMap(({ entries }) => entries),
      ...proposeLedger(observation),
    ].sort((a, b) => ORDER.indexOf(a.key) - ORDER.indexOf(b.key)),
    found: describe(observation),
    open: [...parts.flatMap(({ open }) => open), ...openOf(observation)],
  };
}

/** The keys in the order in which people look for them. */
const ORDER = [
  ...["name", "defaultBranch", "clustersDir", "ignoreClusters", "clusters", "chartsDir", "rules"],
  ...["setup", "commands", "jobs", "notify", "ledger"],
];

function proposeBranch({ git: { branch, isOrigins } }: Observation): readonly ConfigEntry[] {
  if (branch === undefined || branch === DEFAULTS.defaultBranch) return [];
  const why = isOrigins ? "The default branch of origin." : "The branch that was checked out.";
  return [{ key: "defaultBranch", why, value: branch }];
}

function proposeLayout({ clusters, charts, patterns }: Observation): readonly ConfigEntry[] {
  if (clusters === undefined) return [exampleClusters(patterns[0])];
  const others = clusters.others.filter((name) => name !== "templates");
  return [
    clusters.dir !== DEFAULTS.clustersDir &&
    { key: "clustersDir", why: "It holds one folder a cluster.", value: clusters.dir },
    others.length > 0 && {
      key: "ignoreClusters",
      why: "Folders in there that are no clusters.",
      value: [...DEFAULTS.ignoreClusters, ...others],
    },
    charts !== undefined && charts.dir !== DEFAULTS.chartsDir &&
    { key: "chartsDir", why: "It holds one folder a chart.", value: charts.dir },
  ].filter((entry) => entry !== false);
}

/** Where there is no `cluster.yaml`: an example of what says which clusters there are. */
function exampleClusters(seen: Observation["patterns"][number] | undefined): ConfigEntry {
  const { pattern, example } = seen ?? { pattern: "config/*.yaml", example: "config/lake.yaml" };
  const [what, name] = pattern.includes("*/")
    ? ["folder", 'folder.split("/").at(-1) ?? ""']
    : ["file", 'path.split("/").at(-1)?.replace(/\\.ya?ml$/, "") ?? ""'];
  const parameter = what === "folder" ? "{ folder, path }" : "{ path }";
  const code = `{
    files: ${JSON.stringify(pattern)},
    read: (${parameter}) => ({
      name: ${name},
      provider: "kubeconfig",
      hubs: [
        { name: "staging", staging: true, files: [path] },
        { name: "prod", files: [path] },
      ],
    }),
  }`;
  const why =
    `No cluster.yaml was found. This example takes each ${what}, ${
      JSON.stringify(example)
    } for instance, for a cluster with two hubs: say here which clusters and hubs there are, and ` +
    "which files upgrade them.";
  return { key: "clusters", why, value: new Verbatim(code) };
}

function proposeLedger({ git: { since }, workflows }: Observation): readonly ConfigEntry[] {
  // One record cannot say what each of several branches has deployed.
  if (since === undefined || workflows.branches.length > 1) return [];
  const why = "From this commit on, a record is kept of what each release is owed.";
  return [{ key: "ledger", why, value: { since } }];
}

function describe(observation: Observation): readonly string[] {
  const { git, clusters, providers, charts, chartFolders, deployer, fileKeys, patterns } =
    observation;
  const hubs = clusters?.clusters.flatMap(({ hubs }) => hubs) ?? [];
  return [
    git.branch &&
    `Branch: ${git.branch}, ${git.isOrigins ? "origin's default" : "which is checked out"}`,
    clusters === undefined
      ? "Clusters: no folder has a cluster.yaml"
      : `Clusters: ${clusters.clusters.length} in ${clusters.dir}, with ${hubs.length} hubs`,
    ...patterns.slice(0, MOST_PATTERNS).map(({ pattern, files, example }) =>
      `Files: ${files} of ${pattern}, for instance ${example}`
    ),
    clusters && `Providers: ${providers.join(", ") || "none"}`,
    charts && `Charts: ${charts.folders.join(", ")}`,
    chartFolders.length > 0 &&
    `Charts, of which none is known to be a hub's: ${listNames(chartFolders)}`,
    deployer && `Deployer: ${deployer.paths.join(", ")}`,
    ...fileKeys.map(({ key, files }) =>
      `Files named by "${typeof key === "string" ? key : key.key}": ${files}`
    ),
    observation.action && "Access: the action that is there",
    ...observation.workflows.replaced.map(({ path, why }) =>
      `Workflow to replace: ${path}, as ${why}`
    ),
  ].filter((line) => typeof line === "string");
}

const MOST_PATTERNS = 4;

/** The providers that the action of `init` knows. */
const PROVIDERS = ["aws", "azure", "gcp", "kubeconfig"];

function openOf(observation: Observation): readonly string[] {
  const { git, clusters, deployer, workflows, hasPreCommit, charts, action } = observation;
  const unknown = observation.providers.filter((name) => !PROVIDERS.includes(name));
  return [
    git.since === undefined &&
    'There is no commit yet: once there is, write "ledger: { since }" with its hash',
    deployer === undefined && workflows.deployment === undefined &&
    'No deployer was found: say in "commands" what upgrades and checks a release',
    clusters !== undefined && charts === undefined &&
    'No charts of the hubs were found: say in "rules.allHubs" what reaches all hubs',
    action === undefined && clusters === undefined &&
    'No cluster says its provider yet: once "clusters" does, with gcp, aws, azure or ' +
      'kubeconfig, hand over in "setup" what the action signs in with',
    action === undefined && unknown.length > 0 &&
    `The action does not know the providers ${listNames(unknown)}: add steps for them`,
    ...workflows.alike.toSorted((a, b) => compare(a.path, b.path)).map(({ path, why }) =>
      `${path} may upgrade something too, as ${why}: look whether it is still needed`
    ),
    workflows.branches.length > 1 &&
    `Pushes to ${listNames(workflows.branches)} deploy now: say in "branches" what each does, ` +
      'in place of "defaultBranch"; "ledger" is left out, as it keeps no record of several',
    hasPreCommit &&
    ".pre-commit-config.yaml: exclude .hubwright/ and the generated workflows from what " +
      "changes files",
  ].filter((line) => line !== false);
}
