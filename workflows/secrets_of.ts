import type { Cluster } from "../src/plan/cluster.ts";
import type { ExpressionNode } from "../src/workflow/expression.ts";
import type { WorkflowModel } from "../src/workflow/model.ts";
import { nodesOf } from "../src/workflow/value_places.ts";

type Leg = Readonly<Record<string, unknown>>;

/**
 * The names of the secrets that a workflow reads. Where a name is made from what the leg says, all
 * that any leg could say count.
 */
export function secretsOf(
  workflow: WorkflowModel,
  clusters: readonly Cluster[],
): readonly string[] {
  const legs = clusters.flatMap(({ name: cluster_name, provider, values, hubs }): Leg[] =>
    [undefined, ...hubs.map(({ name }) => name)]
      .map((hub_name) => ({ cluster_name, provider, values, hub_name }))
  );
  const names = nodesOf(workflow).flatMap(({ node }) => {
    const [context, name] = node.kind === "context" ? node.path : [];
    if (context !== "secrets") return [];
    return typeof name === "object" ? legs.flatMap((leg) => fill(name, leg) ?? []) : [String(name)];
  });
  // GitHub reads their names without regard to case, and gives each workflow a token of its own.
  const byName = new Map(names.toReversed().map((name) => [name.toUpperCase(), name]));
  byName.delete("GITHUB_TOKEN");
  return [...byName.values()].filter((name) => /^[A-Za-z_]\w*$/.test(name)).sort();
}

/** Fills in the format that names the secret of a leg, as {@linkcode secret} allows. */
function fill(node: ExpressionNode, leg: Leg): string | undefined {
  if (node.kind === "literal") return String(node.value);
  if (node.kind === "context") {
    const found = node.path.slice(2).reduce<unknown>((of, key) => Object(of)[String(key)], leg);
    return typeof found === "string" ? found : undefined;
  }
  const [text, ...values] = node.kind === "call" ? node.args.map((arg) => fill(arg, leg)) : [];
  if (values.includes(undefined)) return undefined;
  return text?.replaceAll(/\{(\d+)\}/g, (_, index) => values[Number(index)] ?? "");
}
