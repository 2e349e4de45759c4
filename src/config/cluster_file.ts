import { CORE_SCHEMA, load, mergeTag, YAMLException } from "js-yaml";
import * as z from "../zod.ts";
import { describeValue, type Problem } from "../errors.ts";
import type { Cluster, Hub } from "../plan/cluster.ts";
import type { HubEntry } from "./config.ts";
import { positionOf } from "../text/yaml_tree.ts";
import { lineAndColumn } from "../text/line_and_column.ts";
import { explainYamlMistake } from "../text/yaml_slips.ts";
import { describeIssue, REPORT_INPUT } from "./issues.ts";
import { Mistakes } from "./mistakes.ts";
import { NAME, NAME_WANTED } from "./names.ts";
import { NamedPaths, type NamingOptions } from "./named_paths.ts";

/** The text of a `cluster.yaml`. */
export interface ClusterFile {
  /** Its path, relative to the repository's root. */
  readonly path: string;
  /** Its text. */
  readonly text: string;
  /** Where it is a symbolic link: the links on the way to the file, and the file. */
  readonly sources?: readonly string[];
}

const YAML_SCHEMA = CORE_SCHEMA.withTags(mergeTag);

const name = z.string().check(z.refine((text) => NAME.test(text), {
  error: ({ input }) => `${NAME_WANTED}, found ${describeValue(input)}`,
}));

const valuesFiles = z.nullish(z.array(z.string().check(z.minLength(1))));

const HubSchema = z.object({
  name,
  helm_chart: z.nullish(z.string()),
  helm_chart_values_files: valuesFiles,
});

/** What hubwright reads of a `cluster.yaml`; every other key may be there. */
const ClusterSchema = z.object({
  name,
  provider: name,
  support: z.nullish(z.object({ helm_chart_values_files: valuesFiles })),
  hubs: z.nullish(z.array(HubSchema)),
});

/** Reads a `cluster.yaml`. */
export function parseClusterFile(
  file: ClusterFile,
  isStaging: (hub: HubEntry) => boolean,
  options: NamingOptions = {},
): Cluster | readonly Problem[] {
  let value: unknown;
  try {
    value = loadYaml(file.text);
  } catch (error) {
    return [yamlProblem(file, error)];
  }
  const parsed = ClusterSchema.safeParse(value, REPORT_INPUT);
  if (!parsed.success) {
    const mistakes = new Mistakes(file);
    for (const issue of parsed.error.issues) {
      mistakes.add(issue.path, `${describeIssue(issue)}${typeAdvice(issue, file.text)}`);
    }
    return mistakes.problems;
  }
  return toCluster(file, parsed.data, value as RawCluster, isStaging, options);
}

/**
 * Reads the YAML of a `cluster.yaml`, or of what describes a chart, with every key that it has.
 *
 * @throws {YAMLException} Where it is not YAML.
 */
export function loadYaml(text: string): unknown {
  return load(text, { schema: YAML_SCHEMA });
}

/** A `cluster.yaml` that fits the schema, with every key that it has. */
interface RawCluster {
  readonly support?: unknown;
  readonly hubs?: readonly HubEntry[] | null;
}

function toCluster(
  file: ClusterFile,
  data: z.infer<typeof ClusterSchema>,
  raw: RawCluster,
  isStaging: (hub: HubEntry) => boolean,
  options: NamingOptions,
): Cluster | readonly Problem[] {
  const mistakes = new Mistakes(file);
  const paths = new NamedPaths(file.path, options, mistakes);
  checkName(data.name, file.path, mistakes);
  const hubs = (data.hubs ?? []).map((entry, index): Hub => {
    const written = raw.hubs?.[index] ?? entry;
    return {
      name: entry.name,
      staging: isStaging(written),
      ...paths.ofRelease(written, ["hubs", index]),
      ...(entry.helm_chart ? { chart: entry.helm_chart } : {}),
    };
  });
  checkDistinct(hubs, mistakes);
  const support = data.support ? paths.ofRelease(raw.support, ["support"]) : null;
  const others = paths.others(raw, []);
  if (mistakes.any) return mistakes.problems;
  return {
    name: data.name,
    provider: data.provider,
    file: file.path,
    ...(file.sources === undefined ? {} : { sources: file.sources }),
    support,
    hubs,
    ...others,
  };
}

function checkName(name: string, path: string, mistakes: Mistakes): void {
  const folder = path.split("/").at(-2) ?? "";
  if (name === folder) return;
  mistakes.add(
    ["name"],
    `Cannot use the name "${name}" in the folder "${folder}": expected both to be the same; ` +
      "rename one of them",
  );
}

function checkDistinct(hubs: readonly Hub[], mistakes: Mistakes): void {
  const names = new Set<string>();
  hubs.forEach(({ name }, index) => {
    if (names.has(name)) {
      mistakes.add(
        ["hubs", index, "name"],
        `Cannot have two hubs named "${name}" on one cluster: rename one of them`,
      );
    }
    names.add(name);
  });
}

/** What to do where YAML reads something as another type than is meant. */
function typeAdvice(issue: z.core.$ZodIssue, text: string): string {
  if (issue.code !== "invalid_type") return "";
  const { expected, input, path } = issue;
  if (expected === "object" && typeof input === "string" && /^[\w-]+:[^\s/]/.test(input)) {
    return '; write a space after each ":"';
  }
  if (expected !== "string" || !["number", "boolean"].includes(typeof input)) return "";
  const { line, column } = positionOf(text, path);
  const [written = ""] = /^[\w.+-]*/.exec(text.split("\n")[line - 1]?.slice(column - 1) ?? "") ??
    [];
  // What an alias stands for is written elsewhere.
  const isWritten = written !== "" && Object.is(loadYaml(written), input);
  return `; write it in quotes${isWritten ? `: "${written}"` : ""}`;
}

function yamlProblem({ path, text }: ClusterFile, error: unknown): Problem {
  if (!(error instanceof YAMLException)) throw error;
  const mistake = { start: error.mark?.position ?? 0, reason: error.reason };
  const { start, reason } = explainYamlMistake(text, mistake);
  return {
    file: path,
    ...lineAndColumn(text, start),
    message: `Cannot parse it as YAML: ${reason}`,
  };
}
