import { YAMLException } from "js-yaml";
import { type Problem, thrownText, UserError } from "../errors.ts";
import type { Addon, Cluster, Hub, Support } from "../plan/cluster.ts";
import { isLiteralPattern, parsePattern } from "../plan/pattern.ts";
import { compare } from "../text/compare.ts";
import { lineAndColumn } from "../text/line_and_column.ts";
import { visible } from "../text/visible.ts";
import { yamlProblem } from "../text/yaml_slips.ts";
import * as z from "../zod.ts";
import {
  checkedIsStaging,
  collisionProblems,
  type TriedClusters,
  wavelessProblems,
} from "./clusters.ts";
import type { HubEntry, SourceFile } from "./config.ts";
import { ownCommand } from "./deploy_command_schema.ts";
import { describeIssue, mustBe, REPORT_INPUT } from "./issues.ts";
import { loadYaml } from "./load_yaml.ts";
import { NAME, NAME_WANTED } from "./names.ts";
import type { FollowPath } from "./named_paths.ts";
import type { Settings } from "./settings.ts";

const name = z.string().check(mustBe(NAME_WANTED, (text) => NAME.test(text)));

const files = z._default(
  z.array(
    z.string().check(mustBe(
      'a path from the repository\'s root, or a pattern without "!"',
      (text) => !text.startsWith("!") && typeof parsePattern(text) !== "string",
    )),
  ),
  [],
);

const release = { files, chart: z.optional(z.string().check(z.minLength(1))) };

/** The name of the support chart among the releases of a cluster itself. */
const SUPPORT = "support";

const Definition = z.strictObject({
  name,
  provider: name,
  files,
  support: z.pipe(
    z.transform((given: unknown) => [given ?? []].flat()),
    z.array(z.strictObject({
      ...release,
      name: z._default(name, SUPPORT),
      upgrade: z.optional(ownCommand("CLUSTER")),
    })),
  ),
  hubs: z._default(
    z.array(z.strictObject({
      ...release,
      name,
      staging: z.optional(z.boolean()),
      upgrade: z.optional(ownCommand("CLUSTER", "HUB")),
      check: z.optional(z.nullable(ownCommand("CLUSTER", "HUB"))),
    })),
    [],
  ),
  values: z._default(
    z.record(
      z.string().check(z.regex(/^[a-z][a-z0-9_]{0,98}$/, 'expected a name of a-z, 0-9 and "_"')),
      z.string().check(
        z.maxLength(1_000, "expected at most 1000 characters"),
        // It is part of the names of legs, by which these are known again.
        mustBe("text without control characters", (text) => !/\p{Cc}/u.test(text)),
      ),
    ),
    {},
  ),
});
type Definition = z.infer<typeof Definition>;

/** A file that is about clusters, and what is beside it. */
export interface DefinitionFile extends Omit<SourceFile, "data"> {
  readonly text: string;
}

/** Reads clusters by the config's `clusters.read`; what several files say of one is put together. */
export function readDefinitions(
  sources: readonly DefinitionFile[],
  settings: Settings,
  follow: FollowPath,
): TriedClusters {
  const { clusters: config, file: configFile } = settings;
  const isStaging = checkedIsStaging(settings);
  const problems: Problem[] = [];
  const parts = sources.flatMap((source) =>
    readDefinition(source, (file) => config?.read(file), configFile, problems)
      .map((definition) => ({ path: source.path, definition }))
  );
  const clusters = [...Map.groupBy(parts, ({ definition }) => definition.name).values()]
    .flatMap((some) => mergeParts(some, { isStaging, follow, problems }) ?? []);
  return {
    clusters,
    problems: [
      ...problems,
      ...collisionProblems(clusters),
      ...wavelessProblems(clusters, settings),
    ],
  };
}

/** What `clusters.read` gives for one file. */
function readDefinition(
  { text, ...source }: DefinitionFile,
  read: (file: SourceFile) => unknown,
  configFile: string,
  problems: Problem[],
): readonly Definition[] {
  const { path: file } = source;
  const given = `what "clusters.read" of ${configFile} gives`;
  const wrong = (message: string) => {
    problems.push({ file, message });
    return [];
  };
  const undecodable = text.indexOf("\uFFFD");
  if (undecodable >= 0) {
    problems.push({
      file,
      ...lineAndColumn(text, undecodable),
      message: "Cannot read it: expected text in UTF-8, found other bytes; save it as UTF-8",
    });
    return [];
  }
  try {
    // Parsed when it is asked for: a file need not be YAML to be about a cluster.
    const definitions = read(Object.defineProperty({ ...source, data: undefined }, "data", {
      enumerable: true,
      get: () => holdsNothing(text) ? null : loadYaml(text),
    }));
    if (definitions instanceof Promise) {
      // No one waits for it: a rejection would end the process.
      definitions.catch(() => {});
      return wrong(
        `Cannot use ${given}: expected clusters, found a promise; "read" has all that it ` +
          "may look at",
      );
    }
    if (definitions === null || definitions === undefined) return [];
    // What is given can throw where it is looked at, as a getter does.
    return [definitions].flat().flatMap((item) => {
      const { data, error } = Definition.safeParse(item, REPORT_INPUT);
      if (data !== undefined) return [data];
      return error.issues.flatMap((issue) => wrong(`${describeIssue(issue)}, in ${given}`));
    });
  } catch (error) {
    if (error instanceof YAMLException) {
      problems.push(yamlProblem({ path: file, text }, error));
      return [];
    }
    return wrong(
      `Cannot read it: "clusters.read" of ${configFile} threw ${JSON.stringify(thrownText(error))}`,
    );
  }
}

/** Whether a text has no line but comments: that is no YAML, and a fine file all the same. */
function holdsNothing(text: string): boolean {
  return text.split("\n").every((line) => /^\s*(?:#|$)/.test(line));
}

interface Part {
  /** The file that it is from. */
  readonly path: string;
  readonly definition: Definition;
}

interface MergeOptions {
  readonly isStaging: (hub: HubEntry) => boolean;
  readonly follow: FollowPath;
  readonly problems: Problem[];
}

/** Puts together what files say of one cluster. */
function mergeParts(parts: readonly Part[], options: MergeOptions): Cluster | undefined {
  const [first] = parts;
  if (first === undefined) return undefined;
  const { path: file, definition: { name, provider } } = first;
  const wrong = (path: string, message: string) =>
    options.problems.push({
      file: path,
      message: `Cannot put the cluster "${name}" together: ${message}`,
    });
  const isStaging = (hub: HubEntry) => {
    try {
      return options.isStaging(hub);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      options.problems.push(...error.problems);
      return false;
    }
  };
  const values = new Map<string, string>();
  const hubs = new Map<string, Hub>();
  for (const { path, definition } of parts) {
    if (definition.provider !== provider) {
      wrong(
        path,
        `expected the provider "${provider}" as in ${file}, found "${definition.provider}"`,
      );
    }
    for (const [key, value] of Object.entries(definition.values)) {
      const known = values.get(key) ?? value;
      if (known !== value) {
        wrong(
          path,
          `expected ${JSON.stringify(known)} for the value "${key}" as in ${file}, found ` +
            JSON.stringify(value),
        );
      }
      values.set(key, known);
    }
    for (const hub of definition.hubs) {
      if (hubs.has(hub.name)) {
        wrong(path, `it has two hubs named "${hub.name}"; rename one of them`);
      }
      const { name, files, staging = isStaging({ name }), chart, upgrade, check } = hub;
      hubs.set(name, {
        name,
        staging,
        ...filesOf([path], files, path, options),
        ...(chart !== undefined && { chart }),
        ...(upgrade !== undefined && { upgrade }),
        ...(check !== undefined && { check }),
      });
    }
  }
  const own = ownReleases(parts, wrong, options);
  const addons = [...own].flatMap(([name, release]): Addon[] => {
    if (hubs.has(name)) wrong(file, `it has a hub and an add-on named "${name}"; rename one`);
    const { upgrade } = release;
    if (name !== SUPPORT && upgrade !== undefined) return [{ name, ...release, upgrade }];
    if (name !== SUPPORT) {
      wrong(file, `expected "upgrade" for the add-on "${name}": the command that upgrades it`);
    }
    return [];
  });
  // What says no release of its own is about the cluster: its values, for instance.
  const ofCluster = parts.filter(({ definition: { support, hubs } }) =>
    support.length === 0 && hubs.length === 0
  );
  const { valuesFiles: otherFiles, patterns } = filesOf(
    ofCluster.map(({ path }) => path),
    parts.flatMap(({ definition }) => definition.files),
    file,
    options,
  );
  return {
    name,
    provider,
    file,
    read: true,
    support: own.get(SUPPORT) ?? null,
    addons,
    hubs: [...hubs.values()],
    ...(otherFiles.length > 0 && { otherFiles }),
    ...(patterns && { patterns }),
    ...(values.size > 0 && { values: Object.fromEntries([...values].sort()) }),
  };
}

/** What the parts say of the releases of the cluster itself, by their names, sorted. */
function ownReleases(
  parts: readonly Part[],
  wrong: (path: string, message: string) => void,
  options: MergeOptions,
): ReadonlyMap<string, Support> {
  const said = parts.flatMap(({ path, definition }) =>
    definition.support.map((release) => ({ path, ...release }))
  );
  const byName = [...Map.groupBy(said, ({ name }) => name)].sort(([a], [b]) => compare(a, b));
  return new Map(byName.map(([name, [first, ...others]]) => {
    const { path: file = "", upgrade, files = [] } = first ?? {};
    for (const other of others.filter((other) => other.upgrade !== upgrade)) {
      wrong(
        other.path,
        `expected the command that upgrades "${name}" to be the same as in ${file}`,
      );
    }
    const read = [file, ...others.map(({ path }) => path)];
    const all = [...files, ...others.flatMap(({ files }) => files)];
    return [name, {
      ...filesOf(read, all, file, options),
      ...(upgrade !== undefined && { upgrade }),
    }];
  }));
}

/**
 * Tells files from patterns for files; links are followed to what git sees change. A file that was
 * read is no pattern, whatever is in its name.
 */
function filesOf(
  read: readonly string[],
  given: readonly string[],
  file: string,
  { follow, problems }: MergeOptions,
): Pick<Support, "valuesFiles" | "patterns"> {
  const { literal = [], pattern = [] } = Object.groupBy(
    new Set(given),
    (path) => isLiteralPattern(path) ? "literal" : "pattern",
  );
  const valuesFiles = [...new Set([...read, ...literal])].flatMap((path) => {
    const followed = follow(path);
    if (!("astray" in followed)) return followed;
    const message = `Cannot use the file ${visible(JSON.stringify(path))}: the link ` +
      `${followed.astray} leads out of the repository, or in a circle; put a file in its place`;
    problems.push({ file, message });
    return [];
  });
  const patterns = pattern.map(parsePattern).filter((parsed) => typeof parsed !== "string");
  return { valuesFiles, ...(patterns.length > 0 && { patterns }) };
}
