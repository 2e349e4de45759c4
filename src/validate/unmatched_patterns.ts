import type { Pattern } from "../plan/pattern.ts";
import { type FileTree, lookUp, walk } from "./file_tree.ts";
import type { Finding } from "./finding.ts";
import { findingInConfig } from "./places.ts";
import type { Repository } from "./repository.ts";

/**
 * Finds patterns in the config's rules that match no file of the repository: what they were meant
 * for upgrades nothing.
 */
export function unmatchedPatterns(repository: Repository): readonly Finding[] {
  const { settings: { rules }, written, tree } = repository;
  const lists: readonly (readonly [key: string, patterns: readonly Pattern[]])[] = [
    ...(["allHubs", "allSupport"] as const).filter((key) => written.has(`rules.${key}`))
      .map((key) => [`rules.${key}`, rules[key]] as const),
    ...Object.entries(rules.charts).map(([chart, list]) =>
      [`rules.charts.${chart}`, list] as const
    ),
  ];
  return lists.flatMap(([key, patterns]) =>
    patterns.filter((pattern) => !matchesAny(tree, pattern)).map((pattern) => {
      const text = `${pattern.exception ? "!" : ""}${pattern.glob}`;
      const hint = lookUp(tree, pattern.glob).kind === "folder"
        ? `it is a folder; write "${text}/**"`
        : "no file has such a path; correct the pattern or remove it";
      const message = `Cannot match the pattern ${JSON.stringify(text)} in "${key}": ${hint}`;
      return findingInConfig("unmatched-pattern", repository, text, message);
    })
  );
}

function matchesAny(tree: FileTree, { glob, matches }: Pattern): boolean {
  const segments = glob.split("/");
  const wild = segments.findIndex((segment) => segment.includes("*"));
  if (wild < 0) return ["file", "link"].includes(lookUp(tree, glob).kind ?? "");
  const folder = segments.slice(0, wild).join("/");
  if (folder !== "" && lookUp(tree, folder).kind !== "folder") return false;
  for (const file of walk(tree, folder)) {
    if (matches(file)) return true;
  }
  return false;
}
