import { ClusterSchema } from "../src/config/cluster_file.ts";
import { NAME, name as clusterName, NAME_WANTED } from "../src/config/names.ts";
import * as z from "../src/zod.ts";

type Schema = Record<string, unknown>;

/** What editors say of a key, by the keys that lead to it. */
const SAYS: Readonly<Record<string, string>> = {
  "": "What runs on a cluster. hubwright reads these keys; the others are the deployer's.",
  "name": "The cluster's name: that of its folder.",
  "provider": "Where the cluster runs: gcp, aws, azure, kubeconfig, or what the fleet calls it.",
  "support": "The support chart. Leave it out where the cluster has none.",
  "support.helm_chart_values_files":
    "The values files of the support chart, relative to this folder. A change to one upgrades it.",
  "hubs": "The hubs, in the order in which they are listed. No two have one name.",
  "hubs.name": "The hub's name. By default, a hub whose name contains staging is a staging hub.",
  "hubs.helm_chart": "The chart of the hub, by the name of its folder.",
  "hubs.helm_chart_values_files":
    "The values files of the hub, relative to this folder. A change to one upgrades the hub.",
};

/** The JSON schema of `cluster.yaml`, for editors, from the schema that hubwright reads it with. */
export function clusterSchema(mark: string): string {
  const schema = z.toJSONSchema(ClusterSchema, {
    target: "draft-7",
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema !== clusterName) return;
      Object.assign(jsonSchema, { pattern: NAME.source, patternErrorMessage: NAME_WANTED });
    },
  }) as Schema;
  describe(schema, []);
  const { $schema, ...rest } = schema;
  const text = JSON.stringify({ $comment: mark, $schema, title: "cluster.yaml", ...rest }, null, 2);
  // The mark is to be in the first line.
  return `${text.replace(/^\{\n\s*/, "{ ")}\n`;
}

/** Puts the words of {@link SAYS} into a schema, behind lists and what may be null. */
function describe(schema: Schema, path: readonly string[]): void {
  const says = SAYS[path.join(".")];
  if (says !== undefined) schema.description ??= says;
  for (const inner of (schema.anyOf ?? []) as readonly Schema[]) describeBelow(inner, path);
  describeBelow(schema, path);
}

function describeBelow(schema: Schema, path: readonly string[]): void {
  for (const [key, below] of Object.entries((schema.properties ?? {}) as Record<string, Schema>)) {
    describe(below, [...path, key]);
  }
  if (typeof schema.items === "object" && schema.items !== null) {
    describeBelow(schema.items as Schema, path);
  }
}
