import { type Cluster, filesOf } from "./cluster.ts";
import type { Decision, RuleId } from "./decision.ts";
import type { Pattern } from "./pattern.ts";

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
  const matching = clusters.flatMap(patternDecisions);
  return (path) => [
    ...(byFolder.get(folderOf(path)) ?? [])
      .flatMap(({ cluster }) => indexOf(cluster).get(path) ?? [])
      .map(({ decision }) => decision),
    ...matching.filter(({ pattern }) => pattern.matches(path)).map(({ decision }) => decision),
  ];
}

/** What a cluster decides about files by patterns. */
function patternDecisions(
  cluster: Cluster,
): readonly { readonly pattern: Pattern; readonly decision: Decision }[] {
  const { support, addons = [], hubs, patterns = [] } = cluster;
  const of = (some: readonly Pattern[] | undefined, reach: Decision["reach"]) =>
    (some ?? []).map((pattern) => ({
      pattern,
      decision: { rule: "release file", reach } as const,
    }));
  return [
    ...of(patterns, { kind: "cluster", cluster }),
    ...of(support?.patterns, { kind: "support chart", cluster }),
    ...addons.flatMap(({ name, patterns }) => (
      of(patterns, { kind: "add-on", cluster, addon: name })
    )),
    ...hubs.flatMap(({ name, patterns }) => of(patterns, { kind: "hub", cluster, hub: name })),
  ];
}

// Both are remembered as long as the cluster lives, which does not change.
const foldersOf = remember((cluster) => new Set(filesOf(cluster).map(folderOf)));
const indexOf = remember((cluster) =>
  Map.groupBy(
    decisionsOf(cluster).flatMap(([decision, paths]) =>
      [...new Set(paths)].map((path) => ({ path, decision }))
    ),
    ({ path }) => path,
  )
);

function remember<Result>(find: (cluster: Cluster) => Result): (cluster: Cluster) => Result {
  const found = new WeakMap<Cluster, Result>();
  return (cluster) => {
    const result = found.get(cluster) ?? find(cluster);
    found.set(cluster, result);
    return result;
  };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

/** What a cluster decides about the files that it names. */
function decisionsOf(
  cluster: Cluster,
): readonly (readonly [Decision, paths: readonly string[] | undefined])[] {
  const whole = { kind: "cluster", cluster } as const;
  const support = { kind: "support chart", cluster } as const;
  const of = (rule: RuleId) => cluster.read ? "release file" : rule;
  return [
    [
      { rule: "cluster file", reach: whole },
      cluster.read ? [] : [cluster.file, ...cluster.sources ?? []],
    ],
    [{ rule: of("named file"), reach: whole }, cluster.otherFiles],
    [{ rule: of("support values file"), reach: support }, cluster.support?.valuesFiles],
    [{ rule: "named file", reach: support }, cluster.support?.otherFiles],
    ...(cluster.addons ?? []).flatMap(({ name, valuesFiles, otherFiles = [] }) => {
      const addon = { kind: "add-on", cluster, addon: name } as const;
      return [[{ rule: "release file", reach: addon }, [...valuesFiles, ...otherFiles]]] as const;
    }),
    ...cluster.hubs.flatMap(({ name, valuesFiles, otherFiles }) => {
      const hub = { kind: "hub", cluster, hub: name } as const;
      return [
        [{ rule: of("hub values file"), reach: hub }, valuesFiles],
        [{ rule: "named file", reach: hub }, otherFiles],
      ] as const;
    }),
  ];
}
