import { YAMLException } from "js-yaml";
import { type Problem, thrownText } from "../errors.ts";
import type { Addon, Cluster, Hub, Support } from "../plan/cluster.ts";
import { isLiteralPattern, parsePattern } from "../plan/pattern.ts";
import { compare } from "../text/compare.ts";
import { visible } from "../text/visible.ts";
import { yamlProblem } from "../text/yaml_slips.ts";
import * as z from "../zod.ts";
import {
  checkedIsStaging,
  collisionProblems,
  type TriedClusters,
  wavelessProblems,
} from "./clusters.ts";
import type { SourceFile } from "./cluster_definition.ts";
import type { HubEntry } from "./config.ts";
import { ownCommand } from "./deploy_command_schema.ts";
import { given } from "./given.ts";
import { describeIssue, mustBe, REPORT_INPUT } from "./issues.ts";
import { loadYaml, undecodable } from "./load_yaml.ts";
import { name } from "./names.ts";
import type { FollowPath } from "./named_files.ts";
import type { Settings } from "./settings.ts";
import { textLike } from "./text_schemas.ts";

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
      textLike(/^[a-z][a-z0-9_]{0,98}$/, 'a name of a-z, 0-9 and "_"'),
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

type Part = Definition & { readonly path: string };

interface Merging {
  readonly isStaging: (hub: HubEntry) => boolean;
  readonly follow: FollowPath;
  readonly problems: Problem[];
}

/** Reads clusters by the config's `clusters.read`; what several files say of one is put together. */
export function readDefinitions(
  sources: readonly DefinitionFile[],
  settings: Settings,
  follow: FollowPath,
): TriedClusters {
  const problems: Problem[] = [];
  const merging = { isStaging: checkedIsStaging(settings, problems), follow, problems };
  const parts = sources.flatMap((source) =>
    readDefinition(source, settings, problems)
      .map((definition) => ({ path: source.path, ...definition }))
  );
  const clusters = [...Map.groupBy(parts, ({ name }) => name).values()]
    .flatMap(([first, ...others]) => first === undefined ? [] : merge(first, others, merging));
  problems.push(...collisionProblems(clusters), ...wavelessProblems(clusters, settings));
  return { clusters, problems };
}

function readDefinition(
  { text, ...source }: DefinitionFile,
  { clusters, file: configFile }: Settings,
  problems: Problem[],
): readonly Definition[] {
  const { path: file } = source;
  const what = `what "clusters.read" of ${configFile} gives`;
  const wrong = (...found: readonly Problem[]) => {
    problems.push(...found);
    return [];
  };
  const notText = undecodable({ path: file, text });
  if (notText.length > 0) return wrong(...notText);
  try {
    // Parsed when it is asked for: a file need not be YAML to be about a cluster.
    const definitions: unknown = clusters?.read(
      Object.defineProperty({ ...source, data: undefined }, "data", {
        enumerable: true,
        get: () => holdsNothing(text) ? null : loadYaml(text),
      }),
    );
    if (definitions instanceof Promise) {
      // No one waits for it: a rejection would end the process.
      definitions.catch(() => {});
      const message = `Cannot use ${what}: expected clusters, found a promise; "read" has all ` +
        "that it may look at";
      return wrong({ file, message });
    }
    // What is given can throw where it is looked at, as a getter does.
    return [definitions ?? []].flat().flatMap((item) => {
      const { data, error } = Definition.safeParse(item, REPORT_INPUT);
      return data ?? wrong(...error.issues.map((issue) => (
        { file, message: `${describeIssue(issue)}, in ${what}` }
      )));
    });
  } catch (error) {
    if (error instanceof YAMLException) return wrong(yamlProblem({ path: file, text }, error));
    const thrown = JSON.stringify(thrownText(error));
    return wrong({
      file,
      message: `Cannot read it: "clusters.read" of ${configFile} threw ${thrown}`,
    });
  }
}

/** Whether a text has no line but comments: that is no YAML, and a fine file all the same. */
function holdsNothing(text: string): boolean {
  return text.split("\n").every((line) => /^\s*(?:#|$)/.test(line));
}

function merge(first: Part, others: readonly Part[], merging: Merging): Cluster {
  const { path: file, name, provider } = first;
  const parts = [first, ...others];
  const wrong = (path: string, message: string) => {
    merging.problems.push({
      file: path,
      message: `Cannot put the cluster "${name}" together: ${message}`,
    });
  };
  const values = new Map<string, string>();
  const hubs = new Map<string, Hub>();
  for (const { path, ...part } of parts) {
    if (part.provider !== provider) {
      wrong(path, `expected the provider "${provider}" as in ${file}, found "${part.provider}"`);
    }
    for (const [key, value] of Object.entries(part.values)) {
      const known = values.get(key) ?? value;
      if (known !== value) {
        const wanted = `expected ${JSON.stringify(known)} for the value "${key}" as in ${file}`;
        wrong(path, `${wanted}, found ${JSON.stringify(value)}`);
      }
      values.set(key, known);
    }
    for (const { name, files, staging = merging.isStaging({ name }), ...more } of part.hubs) {
      if (hubs.has(name)) wrong(path, `it has two hubs named "${name}"; rename one of them`);
      hubs.set(name, { name, staging, ...filesOf([path], files, path, merging), ...given(more) });
    }
  }
  const own = ownReleases(parts, wrong, merging);
  const addons = [...own].flatMap(([name, release]): readonly Addon[] => {
    if (hubs.has(name)) wrong(file, `it has a hub and an add-on named "${name}"; rename one`);
    if (name === SUPPORT) return [];
    const { upgrade } = release;
    if (upgrade !== undefined) return [{ name, ...release, upgrade }];
    wrong(file, `expected "upgrade" for the add-on "${name}": the command that upgrades it`);
    return [];
  });
  // What says no release of its own is about the cluster: its values, for instance.
  const ofCluster = parts.filter(({ support, hubs }) => support.length + hubs.length === 0);
  const { valuesFiles: otherFiles, patterns } = filesOf(
    ofCluster.map(({ path }) => path),
    parts.flatMap(({ files }) => files),
    file,
    merging,
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
  merging: Merging,
): ReadonlyMap<string, Support> {
  const said = parts.flatMap(({ path, support }) => support.map((own) => ({ path, ...own })));
  const byName = [...Map.groupBy(said, ({ name }) => name)].sort(([a], [b]) => compare(a, b));
  return new Map(byName.map(([name, releases]) => {
    const { path: file = "", upgrade } = releases[0] ?? {};
    for (const { path } of releases.filter((other) => other.upgrade !== upgrade)) {
      wrong(path, `expected the command that upgrades "${name}" to be the same as in ${file}`);
    }
    const read = releases.map(({ path }) => path);
    const files = filesOf(read, releases.flatMap(({ files }) => files), file, merging);
    return [name, { ...files, ...given({ upgrade }) }];
  }));
}

/**
 * Tells files from patterns for files; links are followed to what git sees change. A file that was
 * read is no pattern, whatever is in its name.
 */
function filesOf(
  read: readonly string[],
  others: readonly string[],
  file: string,
  { follow, problems }: Merging,
): Pick<Support, "valuesFiles" | "patterns"> {
  const literal = others.filter(isLiteralPattern);
  const valuesFiles = [...new Set([...read, ...literal])].flatMap((path) => {
    const followed = follow(path);
    if (!("astray" in followed)) return followed;
    const message = `Cannot use the file ${visible(JSON.stringify(path))}: ${followed.astray}`;
    problems.push({ file, message });
    return [];
  });
  const patterns = [...new Set(others)].filter((path) => !isLiteralPattern(path))
    .map(parsePattern).filter((parsed) => typeof parsed !== "string");
  return { valuesFiles, ...(patterns.length > 0 && { patterns }) };
}
