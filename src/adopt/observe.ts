import { readText, type RepositoryFiles } from "../repository/files.ts";
import { findCharts, type SeenCharts } from "./find_charts.ts";
import { findClusters, type SeenClusters } from "./find_clusters.ts";
import { findDeployer, findInstall, type SeenDeployer } from "./find_deployer.ts";
import { findFileKeys, type SeenFileKey } from "./find_file_keys.ts";
import { findLayout, type SeenPattern } from "./find_layout.ts";
import { findWorkflows, type SeenWorkflows } from "./find_workflows.ts";
import { textsOf } from "./workflow_data.ts";
import { repositoryPaths } from "./repository_paths.ts";
import { findAction, type SeenAction } from "./find_action.ts";

export interface SeenGit {
  readonly branch: string | undefined;
  /** Whether origin says so, or it is the one that is checked out. */
  readonly isOrigins: boolean;
  /** Where the record of the fleet begins. */
  readonly since: string | undefined;
}

/** What a repository looks like to someone who adopts hubwright. */
export interface Observation {
  readonly git: SeenGit;
  readonly clusters: SeenClusters | undefined;
  /** The providers of the clusters, each once. */
  readonly providers: readonly string[];
  /** Where no clusters were found: the files that may describe some. */
  readonly patterns: readonly SeenPattern[];
  readonly charts: SeenCharts | undefined;
  /** Where it is not known which charts hubs name: the folders of all charts. */
  readonly chartFolders: readonly string[];
  readonly fileKeys: readonly SeenFileKey[];
  readonly deployer: SeenDeployer | undefined;
  readonly install: string | undefined;
  readonly workflows: SeenWorkflows;
  /** The action that gives a job access to a cluster. */
  readonly action: SeenAction | undefined;
  readonly hasPreCommit: boolean;
}

/** Looks at a repository; nothing is written, and nothing but its files is read. */
export async function observe(
  files: RepositoryFiles,
  git: SeenGit,
  generatedMark: string,
  setupDeploy: string,
): Promise<Observation> {
  const paths = repositoryPaths(files);
  const clusters = await findClusters(files, paths);
  const deployer = await findDeployer(files);
  const charts = clusters && await findCharts(files, paths, clusters);
  return {
    git,
    clusters,
    providers: [...new Set(textsOf(clusters?.clusters.map(({ data }) => data.provider)))].sort(),
    patterns: clusters === undefined ? findLayout(files, paths) : [],
    charts,
    chartFolders: charts === undefined
      ? paths.flatMap((path) => /^(.+)\/Chart\.ya?ml$/.exec(path)?.[1] ?? []).sort()
      : [],
    fileKeys: clusters === undefined ? [] : findFileKeys(files, clusters),
    deployer,
    install: await findInstall(files, deployer),
    workflows: await findWorkflows(files, paths, generatedMark),
    action: await findAction(files, setupDeploy),
    hasPreCommit: await readText(files, ".pre-commit-config.yaml") !== undefined,
  };
}
