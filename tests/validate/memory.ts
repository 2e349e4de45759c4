import { loadYaml } from "../../src/config/load_yaml.ts";
import { tryClusters } from "../../src/config/clusters.ts";
import { defaultSettings } from "../../src/config/settings.ts";
import type { Repository } from "../../src/validate/repository.ts";
import { type Report, validate } from "../../src/validate/validate.ts";
import { memoryFiles } from "../repository/memory_files.ts";

/** Makes a repository that is on no disk, with the default config. */
export function memoryRepository(
  files: Readonly<Record<string, string>>,
): { readonly repository: Repository; readonly report: () => Report } {
  const settings = defaultSettings("hubwright.config.ts");
  const clusterFiles = Object.entries(files)
    .filter(([path]) => /^config\/clusters\/(?!templates\/)[^/]+\/cluster\.yaml$/.test(path))
    .map(([path, text]) => ({ path, text }));
  const { clusters, problems } = tryClusters(clusterFiles, settings);
  const repository: Repository = {
    settings,
    configText: "",
    written: new Set(),
    documents: clusterFiles.map((file) => ({
      file,
      value: loadYaml(file.text),
      cluster: clusters.find((cluster) => cluster.file === file.path),
    })),
    tree: memoryFiles(files),
  };
  const findings = problems.map((problem) => ({ ...problem, rule: "cluster-file" as const }));
  return { repository, report: () => validate(repository, { findings, doubtful: new Set() }) };
}
