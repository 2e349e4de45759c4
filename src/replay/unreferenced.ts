import { buildRules, type RulePatterns } from "../plan/rules.ts";
import type { Fleet } from "./fleet.ts";

/**
 * Lists the files in the clusters' folder that no rule covers, so that a change to them upgrades
 * nothing: no `cluster.yaml` names them. Those in the folder of a cluster that cannot be read are
 * left out, as it may name them.
 */
export function unreferencedFiles(
  { clusters, unreadable, paths }: Pick<Fleet, "clusters" | "unreadable" | "paths">,
  patterns: RulePatterns,
  ignored: readonly string[],
): readonly string[] {
  const { concerns, decide } = buildRules(patterns, clusters);
  const unknown = [
    ...ignored.map((folder) => `${patterns.clustersDir}/${folder}/`),
    ...unreadable.map(({ file }) => `${file.replace(/\/cluster\.yaml$/, "")}/`),
  ];
  return [...paths]
    .filter((path) => concerns(path) && decide(path).length === 0)
    .filter((path) => !unknown.some((folder) => path.startsWith(folder)))
    .sort();
}
