import type { Problem } from "../errors.ts";
import type { Cluster, Hub } from "../plan/cluster.ts";
import { yamlProblem } from "../text/yaml_slips.ts";
import * as z from "../zod.ts";
import type { HubEntry } from "./config.ts";
import { describeIssue, REPORT_INPUT } from "./issues.ts";
import { loadYaml, undecodable } from "./load_yaml.ts";
import { Mistakes } from "./mistakes.ts";
import { namedPaths, type NamingOptions } from "./named_files.ts";
import { name } from "./names.ts";

export interface ClusterFile {
  readonly path: string;
  readonly text: string;
  /** Where it is a symbolic link: the links on the way to the file, and the file. */
  readonly sources?: readonly string[];
  /** What it holds, if that has been read already. */
  readonly value?: unknown;
}

const valuesFiles = z.nullish(z.array(z.string().check(z.minLength(1))));

/** What hubwright reads of a `cluster.yaml`, among the other keys that are there. */
export const ClusterSchema = z.looseObject({
  name,
  provider: name,
  support: z.nullish(z.looseObject({ helm_chart_values_files: valuesFiles })),
  hubs: z.nullish(z.array(z.looseObject({
    name,
    helm_chart: z.nullish(z.string()),
    helm_chart_values_files: valuesFiles,
  }))),
});

export function parseClusterFile(
  file: ClusterFile,
  isStaging: (hub: HubEntry) => boolean,
  options: NamingOptions = {},
): Cluster | readonly Problem[] {
  const problems = undecodable(file);
  if (problems.length > 0) return problems;
  let { value } = file;
  try {
    value ??= loadYaml(file.text);
  } catch (error) {
    return [yamlProblem(file, error)];
  }
  const mistakes = new Mistakes(file);
  const parsed = ClusterSchema.safeParse(value, REPORT_INPUT);
  if (parsed.success) return toCluster(file, parsed.data, isStaging, options, mistakes);
  for (const issue of parsed.error.issues) {
    const { code, path, input } = issue;
    const wanted = code === "invalid_type" ? issue.expected : "";
    // An entry without a space behind its ":" is text.
    const isEntry = wanted === "object" && typeof input === "string" &&
      /^[\w-]+:[^\s/]/.test(input);
    const advice = isEntry ? '; write a space after each ":"' : "";
    mistakes.add(path, describeIssue(issue) + advice, wanted === "string" ? input : undefined);
  }
  return mistakes.problems;
}

function toCluster(
  { path: file, sources }: ClusterFile,
  cluster: z.infer<typeof ClusterSchema>,
  isStaging: (hub: HubEntry) => boolean,
  options: NamingOptions,
  mistakes: Mistakes,
): Cluster | readonly Problem[] {
  const { name, provider } = cluster;
  const read = namedPaths(file, options, mistakes);
  const folder = file.split("/").at(-2) ?? "";
  if (name !== folder) {
    mistakes.add(
      ["name"],
      `Cannot use the name "${name}" in the folder "${folder}": expected both to be the same; ` +
        "rename one of them",
    );
  }
  const names = new Set<string>();
  const hubs = (cluster.hubs ?? []).map((entry, index): Hub => {
    const { name, helm_chart: chart } = entry;
    if (names.has(name)) {
      mistakes.add(
        ["hubs", index, "name"],
        `Cannot have two hubs named "${name}" on one cluster: rename one of them`,
      );
    }
    names.add(name);
    const release = read(entry, ["hubs", index]);
    return { name, staging: isStaging(entry), ...release, ...(chart && { chart }) };
  });
  const support = cluster.support ? read(cluster.support, ["support"]) : null;
  const { otherFiles } = read(cluster, []);
  if (mistakes.problems.length > 0) return mistakes.problems;
  return {
    name,
    provider,
    file,
    ...(sources && { sources }),
    support,
    hubs,
    ...(otherFiles && { otherFiles }),
  };
}
