import { type ClusterFile, loadYaml } from "../config/cluster_file.ts";
import { type TriedClusters, tryClusters } from "../config/clusters.ts";
import { importConfig, type ImportedConfig } from "../config/import_config.ts";
import { type FoundFiles, readClusterFiles } from "../config/load_clusters.ts";
import { loadLock } from "../config/load_lock.ts";
import { DEFAULTS, type Settings } from "../config/settings.ts";
import { type Problem, UserError } from "../errors.ts";
import type { Finding } from "../validate/checks.ts";
import type { ClusterDocument, Repository } from "../validate/repository.ts";
import {
  type ConfigKey,
  doubtfulSettings,
  type SoundSettings,
  soundSettings,
} from "../validate/sound_settings.ts";
import type { Known } from "../validate/validate.ts";
import { defineWorkflows, generateWorkflows } from "../../workflows/mod.ts";
import { diskTree } from "./disk_tree.ts";

/** A repository, and what is known of it already. */
export interface ReadRepository {
  /** The repository. */
  readonly repository: Repository;
  /** What was wrong on reading it. */
  readonly known: Known;
}

/**
 * Reads an infrastructure repository as far as it can be read, so that one mistake hides no other.
 *
 * @throws {UserError} Where there is no such repository.
 */
export async function readRepository(repo: string, given?: string): Promise<ReadRepository> {
  const { imported, sound } = await readConfig(repo, given);
  const { settings } = sound;
  const { found, problems } = findClusterFiles(repo, sound);
  const tried = readClusters(found, settings);
  const clusters = new Map(tried.clusters.map((cluster) => [cluster.file, cluster]));
  const toFinding = (problem: Problem): Finding => ({
    ...problem,
    rule: problem.file === settings.file ? "config" : "cluster-file",
  });
  const config = [...sound.problems, ...problems, ...await workflowProblems(repo, settings, tried)]
    .map((problem): Finding => ({ ...problem, rule: "config" }));
  return {
    repository: {
      settings,
      configText: imported.text,
      written: writtenKeys(imported.config),
      documents: found.files.map((file): ClusterDocument => ({
        file,
        value: parseYaml(file),
        cluster: clusters.get(file.path),
      })),
      tree: diskTree(repo),
    },
    known: {
      findings: [...config, ...tried.problems.map(toFinding)],
      doubtful: new Set<ConfigKey>([...sound.doubtful, ...tried.doubtful]),
    },
  };
}

async function readConfig(
  repo: string,
  given: string | undefined,
): Promise<{ readonly imported: ImportedConfig; readonly sound: SoundSettings }> {
  try {
    const imported = await importConfig(repo, given);
    return { imported, sound: soundSettings(imported) };
  } catch (error) {
    const problems = problemsOf(error);
    const [{ file } = {}] = problems;
    if (file === undefined) throw error;
    return {
      imported: { file, config: undefined, text: "" },
      sound: doubtfulSettings(file, problems),
    };
  }
}

/** The cluster files; where a default that nobody chose leads astray, that is no mistake. */
function findClusterFiles(
  repo: string,
  { settings, doubtful }: SoundSettings,
): { readonly found: FoundFiles; readonly problems: readonly Problem[] } {
  try {
    const found = readClusterFiles(repo, settings);
    const chosen = !doubtful.has("clustersDir") && !doubtful.has("ignoreClusters");
    return { found: chosen ? found : { ...found, problems: [] }, problems: [] };
  } catch (error) {
    const problems = problemsOf(error);
    if (problems.some(({ file }) => file === undefined)) throw error;
    const found = { files: [], problems: [] };
    return { found, problems: doubtful.has("clustersDir") ? [] : problems };
  }
}

/** Where the config's `isStaging` fails, the default tells for the time being. */
function readClusters(
  { files, problems }: FoundFiles,
  settings: Settings,
): TriedClusters & { readonly doubtful: readonly ConfigKey[] } {
  const tried = tryClusters(files, settings, { problems });
  const wrong = tried.problems.filter(({ file }) => file === settings.file);
  if (wrong.length === 0) return { ...tried, doubtful: [] };
  const again = tryClusters(files, { ...settings, isStaging: DEFAULTS.isStaging }, { problems });
  return { ...again, problems: [...wrong, ...again.problems], doubtful: ["isStaging"] };
}

/** What making the workflows finds wrong: with the setup steps, the commands, and the lock. */
async function workflowProblems(
  repo: string,
  settings: Settings,
  { clusters }: TriedClusters,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const lock = await loadLock(repo).catch((error) => void problems.push(...problemsOf(error)));
  try {
    if (lock === undefined) defineWorkflows(settings, clusters);
    else generateWorkflows(settings, clusters, lock);
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
  return new Set([
    ...Object.keys(others),
    ...Object.keys(Object(rules)).map((key) => `rules.${key}`),
  ]);
}

function parseYaml({ text }: ClusterFile): unknown {
  try {
    return loadYaml(text);
  } catch {
    return undefined;
  }
}
