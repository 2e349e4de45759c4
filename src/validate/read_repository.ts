import { loadYaml } from "../config/load_yaml.ts";
import { type ClusterFile } from "../config/cluster_file.ts";
import { type TriedClusters, tryClusters } from "../config/clusters.ts";
import { importConfig } from "../config/import_config.ts";
import { loadLock } from "../config/load_lock.ts";
import { DEFAULTS } from "../config/defaults.ts";
import type { Settings } from "../config/settings.ts";
import { type Problem, UserError } from "../errors.ts";
import { type FoundFiles, readClusterFiles } from "../repository/cluster_files.ts";
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
import { type ConfigKey, doubtfulSettings, soundSettings } from "./sound_settings.ts";
import type { SoundSettings } from "./sound_settings.ts";
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
  const [configText, config, sound] = await readConfig(repo, given);
  const { settings } = sound;
  const files = filesOnDisk(repo);
  const { documents, tried, problems } = settings.clusters === undefined
    ? await documentsOfFiles(files, sound)
    : await documentsByConfig(files, settings);
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
      configText,
      written: writtenKeys(config),
      documents,
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
      doubtful: sound.doubtful.union(new Set(tried.doubtful)),
    },
  };
}

async function readConfig(
  repo: string,
  given?: string,
): Promise<readonly [string, unknown, SoundSettings]> {
  try {
    const imported = await importConfig(repo, given);
    return [imported.text, imported.config, soundSettings(imported)];
  } catch (error) {
    const problems = problemsOf(error);
    const [{ file } = {}] = problems;
    if (file === undefined) throw error;
    return ["", undefined, doubtfulSettings(file, problems)];
  }
}

interface Documents {
  readonly documents: Repository["documents"];
  readonly tried: ReturnType<typeof parseDocuments>;
  readonly problems: readonly Problem[];
}

async function documentsOfFiles(files: RepositoryFiles, sound: SoundSettings): Promise<Documents> {
  const { found, problems } = await findClusterFiles(files, sound);
  const read = found.files.map((file) => ({ ...file, value: parseYaml(file) }));
  const tried = parseDocuments({ ...found, files: read }, sound.settings, files);
  const clusters = new Map(tried.clusters.map((cluster) => [cluster.file, cluster]));
  const documents = read.map((file) => (
    { file, value: file.value, cluster: clusters.get(file.path) }
  ));
  return { documents, tried, problems };
}

/** A rule of its own finds a cluster in no wave, at its place in the config. */
function withoutWaves(settings: Settings): Settings {
  return { ...settings, waves: undefined };
}

/** What is in the files that `clusters.read` reads is its own affair: there are no keys to check. */
async function documentsByConfig(files: RepositoryFiles, settings: Settings): Promise<Documents> {
  const tried = await readClusters(files, withoutWaves(settings));
  const documents = tried.clusters.map((cluster) => (
    { file: { path: cluster.file, text: "" }, value: {}, cluster }
  ));
  return { documents, tried: { ...tried, doubtful: [] }, problems: [] };
}

/** The cluster files. A default that stands in for a wrong key causes no findings of its own. */
async function findClusterFiles(
  files: RepositoryFiles,
  { settings, doubtful }: SoundSettings,
): Promise<{ readonly found: FoundFiles; readonly problems: readonly Problem[] }> {
  try {
    const found = await readClusterFiles(files, settings);
    const chosen = !doubtful.has("clustersDir") && !doubtful.has("ignoreClusters");
    return { found: chosen ? found : { ...found, problems: [], missing: [] }, problems: [] };
  } catch (error) {
    const problems = problemsOf(error);
    if (problems.some(({ file }) => file === undefined)) throw error;
    const found = { files: [], problems: [], missing: [] };
    return { found, problems: doubtful.has("clustersDir") ? [] : problems };
  }
}

/** Reads the clusters. Where the config's `isStaging` fails, the default stands in for it. */
function parseDocuments(
  { files, problems: wrong, missing }: FoundFiles,
  settings: Settings,
  repository: RepositoryFiles,
): TriedClusters & { readonly doubtful: readonly ConfigKey[] } {
  const problems = [...wrong, ...missing];
  const options = { problems, follow: linkFollower(repository) };
  const parsed = withoutWaves(settings);
  const tried = tryClusters(files, parsed, options);
  const ofConfig = tried.problems.filter(({ file }) => file === settings.file);
  if (ofConfig.length === 0) return { ...tried, doubtful: [] };
  const again = tryClusters(files, { ...parsed, isStaging: DEFAULTS.isStaging }, options);
  return { ...again, problems: [...ofConfig, ...again.problems], doubtful: ["isStaging"] };
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

function problemsOf(error: unknown): readonly Problem[] {
  if (error instanceof UserError) return error.problems;
  throw error;
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
