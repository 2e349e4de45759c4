import { type Cluster, filesOf } from "./cluster.ts";
import type { Decision, RuleId } from "./decision.ts";
import type { Pattern } from "./pattern.ts";
import { releasesOf, remember } from "./releases.ts";

/**
 * Finds the releases that name a file. What a cluster names is indexed when a file in one of those
 * folders is first asked about: a change concerns few of a fleet's clusters.
 */
export function namingReleases(
  clusters: readonly Cluster[],
): (path: string) => readonly Decision[] {
  const byFolder = Map.groupBy(
    clusters.flatMap((cluster) => [...foldersOf(cluster)].map((folder) => ({ folder, cluster }))),
    ({ folder }) => folder,
  );
  const matching = clusters.filter(({ read }) => read).flatMap(patternDecisions);
  return (path) => [
    ...(byFolder.get(folderOf(path)) ?? [])
      .flatMap(({ cluster }) => indexOf(cluster).get(path) ?? [])
      .map(({ decision }) => decision),
    ...matching.filter(({ pattern }) => pattern.matches(path)).map(({ decision }) => decision),
  ];
}

/** What a cluster of `clusters.read` decides about files by patterns. */
function patternDecisions(
  cluster: Cluster,
): readonly { readonly pattern: Pattern; readonly decision: Decision }[] {
  const of = (reach: Decision["reach"], patterns: readonly Pattern[] = []) =>
    patterns.map((pattern) => (
      { pattern, decision: { rule: "release file", reach } as const }
    ));
  return [
    ...of({ kind: "cluster", cluster }, cluster.patterns),
    ...releasesOf(cluster).flatMap(({ release, entry }) =>
      of({ kind: "release", cluster, release }, entry.patterns)
    ),
  ];
}

const foldersOf = remember((cluster) => new Set(filesOf(cluster).map(folderOf)));
const indexOf = remember((cluster) =>
  Map.groupBy(
    decisionsOf(cluster).flatMap(([decision, paths]) =>
      [...new Set(paths)].map((path) => ({ path, decision }))
    ),
    ({ path }) => path,
  )
);

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

/** The rules about values files, by the kind of release that names them. */
const VALUES_RULES = {
  "support chart": "support values file",
  "add-on": "release file",
  "staging hub": "hub values file",
  "prod hub": "hub values file",
} as const;

/** What a cluster decides about the files that it names. */
function decisionsOf(
  cluster: Cluster,
): readonly (readonly [Decision, paths: readonly string[]])[] {
  const { file, sources = [], otherFiles = [] } = cluster;
  const whole = { kind: "cluster", cluster } as const;
  const of = (rule: RuleId) => cluster.read ? "release file" : rule;
  return [
    [{ rule: "cluster file", reach: whole }, cluster.read ? [] : [file, ...sources]],
    [{ rule: of("named file"), reach: whole }, otherFiles],
    ...releasesOf(cluster).flatMap(({ release, kind, entry }) => {
      const reach = { kind: "release", cluster, release } as const;
      return [
        [{ rule: of(VALUES_RULES[kind]), reach }, entry.valuesFiles],
        [{ rule: of("named file"), reach }, entry.otherFiles ?? []],
      ] as const;
    }),
  ];
}
