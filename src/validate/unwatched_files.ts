import { keyOf } from "../config/named_files.ts";
import { joinPath } from "../config/paths.ts";
import type { Problem } from "../errors.ts";
import { buildRules } from "../plan/rules.ts";
import { lookUp } from "../repository/files.ts";
import { describeEntries, entriesOf, type Entry } from "./entries.ts";
import { problemAt } from "./places.ts";
import type { Repository } from "./repository.ts";

/** What can be the path of a file, and rarely is anything else that a file is called like. */
const PATH = /^[^\s:]*[./][^\s:]{0,500}$/;

/** Finds values in a `cluster.yaml` that are paths of files of which no rule sees a change. */
export function* unwatchedFiles(
  { documents, settings, tree, charts }: Repository,
): Generator<Problem> {
  const known = new Set(["helm_chart_values_files", "support", "hubs", "helm_chart", "name"]);
  for (const key of settings.rules.fileKeys) known.add(keyOf(key));
  const clusters = documents.flatMap(({ cluster }) => cluster ?? []);
  const { decide } = buildRules(settings, clusters, charts);
  const isUnwatched = (file: string | undefined) =>
    file !== undefined && ["file", "link"].includes(lookUp(tree, file).kind ?? "") &&
    decide(file).length === 0;
  for (const document of documents) {
    const folder = document.file.path.slice(0, document.file.path.lastIndexOf("/"));
    for (const entry of entriesOf(document)) {
      for (const { key, path, text } of textsIn(entry, known)) {
        const inFolder = isUnwatched(joinPath(folder, text));
        if (!inFolder && !(text.includes("/") && isUnwatched(joinPath("", text)))) continue;
        const fileKey = inFolder
          ? JSON.stringify(key)
          : `{ key: ${JSON.stringify(key)}, from: "root" }`;
        const message = `Cannot see a change to the file ${JSON.stringify(text)} of ` +
          `${describeEntries([entry])}: no rule is about it; add ${fileKey} to "rules.fileKeys"`;
        yield problemAt(document, path, message);
      }
    }
  }
}

/** A text in an entry, with the keys that lead to it. */
interface Text {
  readonly key: string;
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** Texts that may be paths. What is there several times, through aliases, is looked at once. */
function* textsIn({ value, path }: Entry, known: ReadonlySet<string>): Generator<Text> {
  const seen = new Set<unknown>();
  const values: { key: string; path: Text["path"]; value: unknown }[] = [{ key: "", path, value }];
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
