import * as z from "../zod.ts";
import { describeValue, type Problem } from "../errors.ts";
import type { Cluster, Hub } from "../plan/cluster.ts";
import type { HubEntry } from "./config.ts";
import { lineAndColumn } from "../text/line_and_column.ts";
import { yamlProblem } from "../text/yaml_slips.ts";
import { describeIssue, REPORT_INPUT } from "./issues.ts";
import { loadYaml } from "./load_yaml.ts";
import { Mistakes } from "./mistakes.ts";
import { NAME, NAME_WANTED } from "./names.ts";
import { NamedPaths, type NamingOptions } from "./named_paths.ts";

/** The text of a `cluster.yaml`. */
export interface ClusterFile {
  /** Its path, relative to the repository's root. */
  readonly path: string;
  readonly text: string;
  /** Where it is a symbolic link: the links on the way to the file, and the file. */
  readonly sources?: readonly string[];
  /** What it holds, if that has been read already. */
  readonly value?: unknown;
}

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
  const undecodable = file.text.indexOf("\uFFFD");
  if (undecodable >= 0) {
    return [{
      file: file.path,
      ...lineAndColumn(file.text, undecodable),
      message: "Cannot read it: expected text in UTF-8, found other bytes; save it as UTF-8",
    }];
  }
  let { value } = file;
  try {
    value ??= loadYaml(file.text);
  } catch (error) {
    return [yamlProblem(file, error)];
  }
  const parsed = ClusterSchema.safeParse(value, REPORT_INPUT);
  if (!parsed.success) {
    const mistakes = new Mistakes(file);
    for (const issue of parsed.error.issues) {
      const isText = issue.code === "invalid_type" && issue.expected === "string";
      const message = `${describeIssue(issue)}${spaceAdvice(issue)}`;
      mistakes.add(issue.path, message, isText ? issue.input : undefined);
    }
    return mistakes.problems;
  }
  return toCluster(file, parsed.data, value as RawCluster, isStaging, options);
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

/** What to do about an entry without a space behind its ":", which is text. */
function spaceAdvice({ code, expected, input }: z.core.$ZodIssue & { expected?: string }): string {
  const isEntry = code === "invalid_type" && expected === "object" && typeof input === "string" &&
    /^[\w-]+:[^\s/]/.test(input);
  return isEntry ? '; write a space after each ":"' : "";
}
