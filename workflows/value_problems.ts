import type { Settings } from "../src/config/settings.ts";
import type { Problem } from "../src/errors.ts";
import type { Cluster } from "../src/plan/cluster.ts";
import type { WorkflowModel } from "../src/workflow/model.ts";
import { nodesOf } from "../src/workflow/value_places.ts";
import { listNames } from "../src/text/list_names.ts";
import { nearest } from "../src/text/nearest.ts";

/** Finds values that steps read of a leg and that `clusters.read` does not give for every cluster. */
export function valueProblems(
  workflows: readonly WorkflowModel[],
  { file }: Settings,
  clusters: readonly Cluster[],
): readonly Problem[] {
  const read = new Set(
    workflows.flatMap(nodesOf).flatMap(({ node }) => {
      if (node.kind !== "context") return [];
      const [matrix, jobs, values, name] = node.path;
      return matrix === "matrix" && jobs === "jobs" && values === "values" ? [String(name)] : [];
    }),
  );
  return [...read].flatMap((name) => {
    const without = clusters.filter(({ values = {} }) => !Object.hasOwn(values, name));
    if (without.length === 0) return [];
    const known = [...new Set(without.flatMap(({ values = {} }) => Object.keys(values)))];
    const meant = nearest(name, known);
    const hint = meant === undefined
      ? 'give it under "values" in "clusters.read"'
      : `did you mean ${JSON.stringify(meant)}?`;
    const lacking = `${without.length === 1 ? "the cluster" : "the clusters"} ${
      listNames(without.map(({ name }) => name))
    }`;
    const message = `Cannot read the value ${JSON.stringify(name)} of a leg: ${lacking} ` +
      `${without.length === 1 ? "has" : "have"} none of that name; ${hint}`;
    return [{ file, message }];
  });
}
