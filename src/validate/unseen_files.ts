import { keyOf } from "../config/named_files.ts";
import { joinPath } from "../config/paths.ts";
import type { Problem } from "../errors.ts";
import { buildRules, uncoveredFiles } from "../plan/rules.ts";
import { lookUp, walk } from "../repository/files.ts";
import { describeEntries, entriesIn, type Entry, problemAt } from "./entries.ts";
import { meantKeys } from "./key_rules.ts";
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
  { clusters, documents, settings, tree }: Repository,
): Generator<Problem> {
  const { clustersDir, rules } = settings;
  const named = namedFilesOf(documents, rules.fileKeys);
  const endings = new Set([...namedFilesOf(documents, [])].map(endingOf));
  const unread = documents.filter(({ value }) => value === undefined);
  const clusterFiles = new Set(documents.map(({ path }) => path));
  const mayBeRead = (file: string) => {
    const [folder, ...below] = file.slice(clustersDir.length + 1).split("/");
    return below.length === 0 || clusterFiles.has(`${clustersDir}/${folder}/cluster.yaml`);
  };
  const message = 'Cannot tell what reads it: no "helm_chart_values_files" names it, so a ' +
    "change to it upgrades nothing; name it or delete it";
  for (const file of uncoveredFiles(walk(tree, clustersDir), buildRules(settings, clusters))) {
    if (
      mayBeRead(file) && !named.has(file) && !clusterFiles.has(file) &&
      (VALUES_FILE.test(file) || endings.has(endingOf(file))) &&
      !unread.some((document) => document.text.includes(baseName(file)))
    ) yield { file, message };
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

/** What can be the path of a file, and rarely is anything else that a file is called like. */
const PATH = /^[^\s:]*[./][^\s:]{0,500}$/;

/** Finds values in a `cluster.yaml` that are paths of files of which no rule sees a change. */
export function* unwatchedFiles(repository: Repository): Generator<Problem> {
  const { clusters, settings, tree, charts } = repository;
  const known = new Set(["helm_chart_values_files", "support", "hubs", "helm_chart", "name"]);
  for (const key of settings.rules.fileKeys) known.add(keyOf(key));
  const { decide } = buildRules(settings, clusters, charts);
  const isUnwatched = (file: string | undefined) =>
    file !== undefined && ["file", "link"].includes(lookUp(tree, file).kind ?? "") &&
    decide(file).length === 0;
  for (const [document, entry] of entriesIn(repository)) {
    const folder = document.path.slice(0, document.path.lastIndexOf("/"));
    // A key that is mistyped is one to correct, not one for the rules.
    const passed = known.union(new Set(meantKeys(entry, repository).keys()));
    for (const { key, path, text } of textsIn(entry, passed)) {
      const inFolder = isUnwatched(joinPath(folder, text));
      if (!inFolder && !(text.includes("/") && isUnwatched(joinPath("", text)))) continue;
      const quoted = JSON.stringify(key);
      const fileKey = inFolder ? quoted : `{ key: ${quoted}, from: "root" }`;
      const message = `Cannot see a change to the file ${JSON.stringify(text)} of ` +
        `${describeEntries([entry])}: no rule is about it; add ${fileKey} to "rules.fileKeys"`;
      yield problemAt(document, path, message);
    }
  }
}

/** Texts that may be paths. What is there several times, through aliases, is looked at once. */
function* textsIn({ value, path }: Entry, known: ReadonlySet<string>) {
  const seen = new Set<unknown>();
  const values: { key: string; path: Entry["path"]; value: unknown }[] = [{ key: "", path, value }];
  for (const { key, path, value } of values) {
    if (typeof value === "string" && PATH.test(value)) yield { key, path, text: value };
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    for (const [name, inside] of Object.entries(value)) {
      const index = Array.isArray(value) ? Number(name) : undefined;
      const inner = index !== undefined ? key : key === "" ? name : `${key}.${name}`;
      if (known.has(inner) || (index === undefined && name.includes("."))) continue;
      values.push({ key: inner, path: [...path, index ?? name], value: inside });
    }
  }
}
