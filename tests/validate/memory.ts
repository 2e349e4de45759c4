import { loadYaml } from "../../src/config/load_yaml.ts";
import { tryClusters } from "../../src/config/clusters.ts";
import type { Config } from "../../src/config/config.ts";
import type { Repository } from "../../src/validate/repository.ts";
import { type Report, validate } from "../../src/validate/validate.ts";
import { settingsOf } from "../workflows/repositories.ts";
import { memoryFiles } from "../repository/memory_files.ts";

/** Makes a repository that is on no disk, with the default config or another. */
export function memoryRepository(
  files: Readonly<Record<string, string>>,
  config: Config = {},
): { readonly repository: Repository; readonly report: () => Report } {
  const settings = settingsOf(config);
  const clusterFiles = Object.entries(files)
    .filter(([path]) => /^config\/clusters\/(?!templates\/)[^/]+\/cluster\.yaml$/.test(path))
    .map(([path, text]) => ({ path, text }));
  const { clusters, problems } = tryClusters(clusterFiles, settings);
  const repository: Repository = {
    settings,
    configText: "",
    written: new Set(),
    clusters,
    documents: clusterFiles.map((file) => ({
      ...file,
      value: loadYaml(file.text),
      cluster: clusters.find((cluster) => cluster.file === file.path),
    })),
    tree: memoryFiles(files),
  };
  const findings = problems.map((problem) => ({ ...problem, rule: "cluster-file" as const }));
  return { repository, report: () => validate(repository, { findings, doubtful: new Set() }) };
}
