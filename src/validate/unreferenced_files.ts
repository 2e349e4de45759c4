import type { Problem } from "../errors.ts";
import { buildRules, uncoveredFiles } from "../plan/rules.ts";
import { walk } from "../repository/files.ts";
import { namedFilesOf } from "./named_file_rules.ts";
import type { Repository } from "./repository.ts";

/** What every values file may be called, besides what those that are named are called. */
const VALUES_FILE = /\.values\.ya?ml$/;

/**
 * Finds values files among the clusters that no `cluster.yaml` names, so that a change to them
 * upgrades nothing.
 *
 * A values file is what is called like one: `*.values.yaml`, or with the ending of a values file
 * that is named. The files of a folder without a `cluster.yaml`, and those whose name appears in a
 * `cluster.yaml` that is not YAML, may be named.
 */
export function* unreferencedFiles(
  { documents, settings, tree }: Repository,
): Generator<Problem> {
  const { clustersDir, rules } = settings;
  const named = namedFilesOf(documents, rules.fileKeys);
  const endings = new Set([...namedFilesOf(documents, [])].map(endingOf));
  const unread = documents.filter(({ value }) => value === undefined);
  const clusterFiles = new Set(documents.map(({ file }) => file.path));
  const mayBeRead = (file: string) => {
    const [folder, ...below] = file.slice(clustersDir.length + 1).split("/");
    return below.length === 0 || clusterFiles.has(`${clustersDir}/${folder}/cluster.yaml`);
  };
  const sound = documents.flatMap(({ cluster }) => cluster ?? []);
  for (const file of uncoveredFiles(walk(tree, clustersDir), buildRules(settings, sound))) {
    if (
      mayBeRead(file) && !named.has(file) && !clusterFiles.has(file) &&
      (VALUES_FILE.test(file) || endings.has(endingOf(file))) &&
      !unread.some((document) => document.file.text.includes(baseName(file)))
    ) {
      const message = 'Cannot tell what reads it: no "helm_chart_values_files" names it, so a ' +
        "change to it upgrades nothing; name it or delete it";
      yield { file, message };
    }
  }
}

/** Everything from the first dot of a file's name that has something before it. */
function endingOf(file: string): string {
  const name = baseName(file);
  const dot = name.indexOf(".", 1);
  return dot < 0 ? name : name.slice(dot);
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}
