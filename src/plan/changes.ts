import { listNames } from "../text/list_names.ts";
import { visible } from "../text/visible.ts";
import type { Cluster } from "./cluster.ts";
import type { ClusterChange } from "./cluster_change.ts";
import { type ClusterReasons, reachedOf } from "./cluster_reasons.ts";
import type { Decision, Reach } from "./decision.ts";
import type { KeyChange } from "./key_changes.ts";
import type { PlanInput } from "./plan_input.ts";
import { deletedFiles, removedCluster, removedReleases, stillNamed } from "./removal_notices.ts";
import { SUPPORT_CHART } from "./releases.ts";
import type { Notice } from "./schema.ts";

/** Tells clusters apart: one file can be about several where `clusters.read` reads it. */
const keyOf = ({ file, name }: Cluster) => `${file} ${name}`;

/** Adds what the changed files decide to the reasons of the releases that they reach. */
export function addChanges(
  all: readonly ClusterReasons[],
  { changed, deleted, clusterChanges, byKeys, rules }: PlanInput,
  notices: Notice[],
): void {
  if ("everything" in changed) {
    const cause = { rule: "unknown base", subjects: [changed.everything] };
    for (const of of all) of.add({ kind: "cluster", cluster: of.cluster }, cause);
    const message = `Everything may have changed: ${visible(changed.everything)}`;
    notices.push({ level: "warning", message });
    return;
  }
  const byName = new Map(all.map((of) => [keyOf(of.cluster), of]));
  const gone = new Set(deleted);
  // A deletion decides only where it is known what each file is for.
  const decides = (path: string) => byKeys || !gone.has(path);
  const everywhere = new Map<Decision, { readonly paths: string[]; readonly reached: boolean }>();
  /** Adds what a rule decides about a file, and tells whether it reaches any release. */
  const apply = (decision: Decision, path: string): boolean => {
    const { rule, reach } = decision;
    if (!("cluster" in reach)) {
      const known = everywhere.get(decision) ??
        { paths: [], reached: all.some(({ cluster }) => reachedOf(cluster, reach).length > 0) };
      everywhere.set(decision, known);
      if (decides(path)) known.paths.push(path);
      return known.reached;
    }
    const of = byName.get(keyOf(reach.cluster));
    if (of === undefined || !decides(path)) return false;
    const change = rule === "cluster file" ? clusterChanges.get(path) : undefined;
    if (change?.kind === "compared") notices.push(...removedReleases(of.cluster.name, change));
    return change !== undefined && byKeys
      ? addKeys(of, path, change)
      : of.add(reach, { rule, subjects: [path] });
  };
  const [uncovered, unreached, ineffective]: [string[], string[], string[]] = [[], [], []];
  for (const path of [...new Set([...changed, ...gone])].filter(rules.concerns).sort()) {
    const decisions = rules.decide(path);
    const isReached = decisions.map((decision) => apply(decision, path)).includes(true);
    if (clusterChanges.get(path)?.kind === "removed") notices.push(removedCluster(path));
    else if (gone.has(path)) {
      notices.push(...stillNamed(path, decisions));
      const isEverywhere = decisions.some(({ reach }) => !("cluster" in reach));
      if (isEverywhere && !decides(path)) ineffective.push(path);
    } else if (decisions.length === 0) uncovered.push(path);
    else if (!isReached) unreached.push(path);
  }
  for (const [{ rule, reach }, { paths: subjects }] of everywhere) {
    if (subjects.length === 0) continue;
    const cause = { rule, subjects };
    for (const of of all) of.add(reach, cause);
  }
  if (ineffective.length > 0) notices.push(deletedFiles(ineffective));
  const say = (what: string, paths: readonly string[]) =>
    paths.length > 0 && notices.push({ level: "notice", message: `${what} ${listNames(paths)}` });
  say("No rule covers", uncovered);
  say("There is nothing to upgrade for", unreached);
}

/** Adds the keys of a `cluster.yaml` that changed to the releases that they reach. */
function addKeys(of: ClusterReasons, path: string, change: ClusterChange): boolean {
  const { cluster } = of;
  const subjects = [path];
  const whole = { kind: "cluster", cluster } as const;
  if (change.kind !== "compared") {
    const note = change.kind === "unknown" ? change.why : "it is gone";
    return of.add(whole, { rule: "cluster file", subjects, note });
  }
  const add = (reach: Reach, rule: string, keys: readonly KeyChange[]) =>
    keys.length > 0 && of.add(reach, { rule, subjects, keys });
  const addTo = (release: string, rule: string, keys: readonly KeyChange[]) =>
    add({ kind: "release", cluster, release }, rule, keys);
  return [
    add(whole, "cluster key", change.cluster),
    addTo(SUPPORT_CHART, "support entry", change.support),
    ...[...change.hubs].map(([hub, keys]) => addTo(hub, "hub entry", keys)),
  ].includes(true);
}
