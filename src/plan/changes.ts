import { addClusterChange } from "./cluster_reasons.ts";
import type { ClusterReasons, PlanInput } from "./decide.ts";
import { addAll, addReach, reaches } from "./reach.ts";
import { listNames } from "../text/list_names.ts";
import { type Decision, isEverywhere } from "./rules.ts";
import type { Notice } from "./schema.ts";
import { removedCluster, stillNamed } from "./removal_notices.ts";
import { visible } from "../text/visible.ts";

/** Adds what the changed files decide to the reasons of the releases that they reach. */
export function addChanges(
  reasons: readonly ClusterReasons[],
  { changed, rules, precise }: PlanInput,
  notices: Notice[],
): void {
  if ("everything" in changed) {
    const cause = { rule: "unknown base", subjects: [changed.everything] };
    for (const of of reasons) addAll(of, cause);
    const message = `Everything may have changed: ${visible(changed.everything)}`;
    notices.push({ level: "warning", message });
    return;
  }
  const byFile = new Map(reasons.map((of) => [of.cluster.file, of]));
  const deleted = new Set(precise?.deleted);
  const everywhere = new Map<Decision, { readonly paths: string[]; readonly reached: boolean }>();
  const uncovered: string[] = [];
  const unreached: string[] = [];
  for (const path of [...new Set([...changed, ...deleted])].filter(rules.concerns).sort()) {
    const decisions = rules.decide(path);
    const change = precise?.clusterChanges.get(path);
    let reached = false;
    for (const decision of decisions) {
      const { rule, reach } = decision;
      if (isEverywhere(reach)) {
        const known = everywhere.get(decision) ??
          { paths: [], reached: reasons.some(({ cluster }) => reaches(cluster, reach)) };
        everywhere.set(decision, known);
        known.paths.push(path);
        if (known.reached) reached = true;
        continue;
      }
      const of = byFile.get(reach.cluster.file);
      if (of === undefined) continue;
      if (change !== undefined && rule === "cluster file") {
        if (addClusterChange(of, path, change, notices)) reached = true;
      } else if (addReach(of, reach, { rule, subjects: [path] })) reached = true;
    }
    if (change?.kind === "removed") notices.push(removedCluster(path));
    else if (deleted.has(path)) notices.push(...stillNamed(path, decisions));
    else if (decisions.length === 0) uncovered.push(path);
    else if (!reached) unreached.push(path);
  }
  for (const [{ rule, reach }, { paths: subjects }] of everywhere) {
    const cause = { rule, subjects };
    for (const of of reasons) addReach(of, reach, cause);
  }
  if (uncovered.length > 0) {
    notices.push({ level: "notice", message: `No rule covers ${listNames(uncovered)}` });
  }
  if (unreached.length > 0) {
    const message = `There is nothing to upgrade for ${listNames(unreached)}`;
    notices.push({ level: "notice", message });
  }
}
