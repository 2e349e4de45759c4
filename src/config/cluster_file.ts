import { CORE_SCHEMA, load, mergeTag, YAMLException } from "js-yaml";
import { z } from "../zod.ts";
import { describeValue, type Problem } from "../errors.ts";
import type { Cluster, Hub } from "../plan/cluster.ts";
import type { HubEntry } from "./config.ts";
import { describeIssue, REPORT_INPUT } from "./issues.ts";
import { NAME, NAME_WANTED } from "./names.ts";
import { joinPath } from "./paths.ts";
import { positionOf } from "./yaml_position.ts";

/** The text of a `cluster.yaml`. */
export interface ClusterFile {
  /** Its path, relative to the repository's root. */
  readonly path: string;
  /** Its text. */
  readonly text: string;
}

const YAML_SCHEMA = CORE_SCHEMA.withTags(mergeTag);

const name = z.string().check(z.refine((text) => NAME.test(text), {
  error: ({ input }) => `${NAME_WANTED}, found ${describeValue(input)}`,
}));

const valuesFiles = z.nullish(z.array(z.string().check(z.minLength(1))));

const HubSchema = z.object({ name, helm_chart_values_files: valuesFiles });

/** What hubwright reads of a `cluster.yaml`; every other key may be there. */
const ClusterSchema = z.object({
  name,
  provider: name,
  support: z.nullish(z.object({ helm_chart_values_files: valuesFiles })),
  hubs: z.nullish(z.array(HubSchema)),
});

/**
 * Reads a `cluster.yaml`.
 *
 * @param file The file.
 * @param isStaging Which hubs are staging hubs.
 * @returns The cluster, or everything that is wrong with the file, each with its place.
 * @example
 * ```ts
 * import { parseClusterFile } from "./cluster_file.ts";
 *
 * const path = "config/clusters/earth/cluster.yaml";
 * const text = "name: earth\nprovider: gcp\nhubs:\n  - name: staging\n";
 * const cluster = parseClusterFile({ path, text }, (hub) => hub.name === "staging");
 * console.assert("hubs" in cluster && cluster.hubs[0]?.staging);
 * ```
 */
export function parseClusterFile(
  file: ClusterFile,
  isStaging: (hub: HubEntry) => boolean,
): Cluster | readonly Problem[] {
  let value: unknown;
  try {
    value = load(file.text, { schema: YAML_SCHEMA });
  } catch (error) {
    return [yamlProblem(file, error)];
  }
  const parsed = ClusterSchema.safeParse(value, REPORT_INPUT);
  if (!parsed.success) {
    return parsed.error.issues.map((issue) => problemAt(file, issue.path, describeIssue(issue)));
  }
  return toCluster(file, parsed.data, value as RawCluster, isStaging);
}

/** A `cluster.yaml` that fits the schema, with every key that it has. */
interface RawCluster {
  readonly hubs?: readonly HubEntry[] | null;
}

function toCluster(
  file: ClusterFile,
  data: z.infer<typeof ClusterSchema>,
  raw: RawCluster,
  isStaging: (hub: HubEntry) => boolean,
): Cluster | readonly Problem[] {
  const problems: Problem[] = [];
  const folder = file.path.slice(0, file.path.lastIndexOf("/"));
  const folderName = folder.slice(folder.lastIndexOf("/") + 1);
  const resolve = (names: readonly string[] | null | undefined, path: readonly PropertyKey[]) =>
    (names ?? []).map((valuesFile, index) => {
      const joined = joinPath(folder, valuesFile);
      if (joined === undefined) {
        const message = `Cannot use the values file ${JSON.stringify(valuesFile)}: expected a ` +
          `path inside the repository, relative to ${folder}`;
        problems.push(problemAt(file, [...path, "helm_chart_values_files", index], message));
      }
      return joined ?? valuesFile;
    });

  if (data.name !== folderName) {
    problems.push(problemAt(
      file,
      ["name"],
      `Cannot use the name "${data.name}" in the folder "${folderName}": expected both to be ` +
        `the same; rename one of them`,
    ));
  }
  const hubs = (data.hubs ?? []).map((entry, index): Hub => ({
    name: entry.name,
    staging: isStaging(raw.hubs?.[index] ?? entry),
    valuesFiles: resolve(entry.helm_chart_values_files, ["hubs", index]),
  }));
  hubs.forEach((hub, index) => {
    if (hubs.findIndex((other) => other.name === hub.name) < index) {
      problems.push(problemAt(
        file,
        ["hubs", index, "name"],
        `Cannot have two hubs named "${hub.name}" on one cluster: rename one of them`,
      ));
    }
  });
  const support = data.support
    ? { valuesFiles: resolve(data.support.helm_chart_values_files, ["support"]) }
    : null;
  if (problems.length > 0) return problems;
  return { name: data.name, provider: data.provider, file: file.path, support, hubs };
}

function problemAt(file: ClusterFile, path: readonly PropertyKey[], message: string): Problem {
  return { file: file.path, ...positionOf(file.text, path), message };
}

function yamlProblem(file: ClusterFile, error: unknown): Problem {
  if (!(error instanceof YAMLException)) throw error;
  const hint = /\btab\b/.test(error.reason) ? "; indent with spaces" : "";
  return {
    file: file.path,
    line: error.mark === undefined ? undefined : error.mark.line + 1,
    column: error.mark === undefined ? undefined : error.mark.column + 1,
    message: `Cannot parse it as YAML: ${error.reason}${hint}`,
  };
}
