import { loadYaml } from "../config/load_yaml.ts";
import type { ClusterFile } from "../config/cluster_file.ts";
import { type TriedClusters, tryClusters } from "../config/clusters.ts";
import { loadLock } from "../config/lock_file.ts";
import { DEFAULTS } from "../config/defaults.ts";
import type { Settings } from "../config/settings.ts";
import type { Problem } from "../errors.ts";
import { readClusterFiles } from "../repository/cluster_files.ts";
import type { ChartGraph } from "../plan/charts.ts";
import { buildRules } from "../plan/rules.ts";
import { filesOnDisk } from "../repository/disk_files.ts";
import type { RepositoryFiles } from "../repository/files.ts";
import { emptyFleet, readClusters } from "../repository/read_clusters.ts";
import { readCharts } from "../repository/read_charts.ts";
import { linkFollower } from "../repository/links.ts";
import { otherDefaultBranch } from "../repository/origin_branch.ts";
import { defineWorkflows, generateWorkflows } from "../../workflows/mod.ts";
import type { Finding, FindingRule } from "./checks.ts";
import type { Repository } from "./repository.ts";
import { type ConfigKey, problemsOf, readSoundSettings } from "./sound_settings.ts";
import type { Known } from "./validate.ts";

/**
 * Reads an infrastructure repository as far as it can be read, so that one mistake hides no other.
 *
 * @throws {UserError} Where there is no such repository.
 */
export async function readRepository(
  repo: string,
  given?: string,
): Promise<{ readonly repository: Repository; readonly known: Known }> {
  const sound = await readSoundSettings(repo, given);
  const { settings } = sound;
  const files = filesOnDisk(repo);
  // A rule of its own finds a cluster in no wave, at its place in the config.
  const waveless = { ...settings, waves: undefined };
  const { documents, tried, problems, doubtful } = settings.clusters === undefined
    ? await documentsOfFiles(files, waveless, sound.doubtful)
    : await documentsByConfig(files, waveless);
  const { graph, problemsOf: problemsOfCharts } = await readCharts(files, settings);
  const charts = problemsOfCharts(buildRules(settings, tried.clusters, graph).charts);
  const ofWorkflows = await workflowProblems(repo, settings, tried, graph);
  const branch = sound.doubtful.has("defaultBranch")
    ? undefined
    : await otherDefaultBranch(repo, settings);
  const empty = emptyFleet(settings, tried.clusters);
  const of = (rule: FindingRule, problems: readonly Problem[]) =>
    problems.map((problem): Finding => ({ ...problem, rule }));
  return {
    repository: {
      settings,
      configText: sound.text,
      written: writtenKeys(sound.config),
      documents,
      clusters: tried.clusters,
      tree: files,
      charts: graph,
    },
    known: {
      findings: [
        ...of("config", [...sound.problems, ...problems, ...ofWorkflows]),
        ...of("other-branch", branch === undefined ? [] : [branch]),
        ...tried.problems.flatMap((problem) =>
          of(problem.file === settings.file ? "config" : "cluster-file", [problem])
        ),
        ...of("unwatchable-chart", charts),
        ...of("no-cluster", tried.problems.length > 0 || empty === undefined ? [] : [empty]),
      ],
      doubtful: sound.doubtful.union(doubtful),
    },
  };
}

interface Documents {
  readonly documents: Repository["documents"];
  readonly tried: TriedClusters;
  readonly problems: readonly Problem[];
  readonly doubtful: ReadonlySet<ConfigKey>;
}

/** Reads the `cluster.yaml` files. Where the config's `isStaging` fails, the default stands in for it. */
async function documentsOfFiles(
  repository: RepositoryFiles,
  settings: Settings,
  doubtful: ReadonlySet<ConfigKey>,
): Promise<Documents> {
  const problems: Problem[] = [];
  const found = await readClusterFiles(repository, settings).catch((error) => {
    problems.push(...problemsOf(error));
    if (problems.some(({ file }) => file === undefined)) throw error;
    return { files: [], problems: [], missing: [] };
  });
  const files = found.files.map((file) => ({ ...file, value: parseYaml(file) }));
  // A default that stands in for a wrong key causes no findings of its own.
  const isFolderChosen = !doubtful.has("clustersDir");
  const isChosen = isFolderChosen && !doubtful.has("ignoreClusters");
  const options = {
    problems: isChosen ? [...found.problems, ...found.missing] : [],
    follow: linkFollower(repository),
  };
  let tried = tryClusters(files, settings, options);
  const ofConfig = tried.problems.filter(({ file }) => file === settings.file);
  if (ofConfig.length > 0) {
    tried = tryClusters(files, { ...settings, isStaging: DEFAULTS.isStaging }, options);
  }
  const clusters = new Map(tried.clusters.map((cluster) => [cluster.file, cluster]));
  return {
    documents: files.map((file) => ({ ...file, cluster: clusters.get(file.path) })),
    tried,
    problems: [...(isFolderChosen ? problems : []), ...ofConfig],
    doubtful: new Set(ofConfig.length > 0 ? ["isStaging"] : []),
  };
}

/** What is in the files that `clusters.read` reads is its own affair: there are no keys to check. */
async function documentsByConfig(files: RepositoryFiles, settings: Settings): Promise<Documents> {
  const tried = await readClusters(files, settings);
  const documents = tried.clusters.map((cluster) => (
    { path: cluster.file, text: "", value: {}, cluster }
  ));
  return { documents, tried, problems: [], doubtful: new Set() };
}

/** What is wrong with the setup steps, the commands and the lock: making the workflows tells. */
async function workflowProblems(
  repo: string,
  settings: Settings,
  { clusters }: TriedClusters,
  charts: ChartGraph | undefined,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const lock = await loadLock(repo).catch((error) => void problems.push(...problemsOf(error)));
  try {
    if (lock === undefined) defineWorkflows(settings, clusters, charts);
    else generateWorkflows(settings, clusters, lock, charts);
  } catch (error) {
    problems.push(...problemsOf(error));
  }
  return problems;
}

function writtenKeys(config: unknown): ReadonlySet<string> {
  const { rules, ...others } = Object(config);
  const inRules = Object.keys(Object(rules)).map((key) => `rules.${key}`);
  return new Set([...Object.keys(others), ...inRules]);
}

function parseYaml({ text }: ClusterFile): unknown {
  try {
    return loadYaml(text);
  } catch {
    return undefined;
  }
}
