import { LEG, PROD_LEG } from "../config/leg_values.ts";
import { hasOwnPermissions } from "../config/runtime.ts";
import type { Settings } from "../config/settings.ts";
import type { PlainStep } from "../config/step_config.ts";
import { type Problem, UserError } from "../errors.ts";
import { idlePauses } from "../ledger/pauses.ts";
import { parsePattern, type Pattern } from "../plan/pattern.ts";
import { type Listing, lookUp, matchingFiles } from "../repository/files.ts";
import { problemInConfig } from "./entries.ts";
import type { Repository } from "./repository.ts";

/**
 * Finds patterns of the rules that match no file of the repository, so that what they were meant
 * for upgrades nothing. The defaults are no better where a repository is laid out in another way.
 */
export function* unmatchedPatterns(repository: Repository): Generator<Problem> {
  const { settings: { file, rules }, written, tree } = repository;
  const unmatched = (patterns: readonly Pattern[]) =>
    patterns.filter((pattern) => !hasMatch(tree, pattern));
  const lists: [string, readonly Pattern[]][] = Object.entries(rules.charts)
    .map(([chart, patterns]) => [`rules.charts.${chart}`, patterns]);
  lists.push(["rules.triggersOnly", rules.triggersOnly]);
  for (const key of isElsewhere(repository) ? [] : ["allHubs", "allSupport"] as const) {
    if (written.has(`rules.${key}`)) {
      lists.push([`rules.${key}`, rules[key]]);
      continue;
    }
    const globs = unmatched(rules[key]).map(({ glob }) => JSON.stringify(glob)).join(", ");
    const message = `Cannot match the defaults of "rules.${key}": no file matches ${globs}; ` +
      "say in the config where these files are, or leave out what there is not";
    if (globs !== "") yield { file, message };
  }
  for (const [key, patterns] of lists) {
    for (const { glob, exception } of unmatched(patterns)) {
      const text = `${exception ? "!" : ""}${glob}`;
      const hint = lookUp(tree, glob).kind === "folder"
        ? `it is a folder; write "${text}/**"`
        : hasLookAlike(tree, glob)
        ? "a file has a path that looks the same in another Unicode form; rename the file, or " +
          'copy its path from "git ls-files -z"'
        : "no file has such a path; correct the pattern or remove it";
      const message = `Cannot match the pattern ${JSON.stringify(text)} in "${key}": ${hint}`;
      yield problemInConfig(repository, text, message);
    }
  }
}

/** Without a config and without clusters, a folder is the wrong one: it lacks all there is. */
function isElsewhere({ configText, documents }: Repository): boolean {
  return configText === "" && documents.length === 0;
}

function hasMatch(tree: Listing, pattern: Pick<Pattern, "glob" | "matches">): boolean {
  return matchingFiles(tree, pattern).some(() => true);
}

function hasLookAlike(tree: Listing, glob: string): boolean {
  const pattern = parsePattern(glob.normalize());
  return typeof pattern !== "string" && !/^[ -~]*$/.test(glob) &&
    hasMatch(tree, { glob: "**", matches: (path) => pattern.matches(path.normalize()) });
}

export function* missingFolders(repository: Repository): Generator<Problem> {
  const { settings: { clustersDir, ignoreClusters, chartsDir }, written, tree } = repository;
  const ignored = tree.list(clustersDir) ? ignoreClusters : [];
  const folders = [
    ["chartsDir", chartsDir, chartsDir] as const,
    ...ignored.map((name) => ["ignoreClusters", name, `${clustersDir}/${name}`] as const),
  ].filter(([key]) => written.has(key));
  for (const [key, name, path] of folders) {
    if (["folder", "link"].includes(lookUp(tree, path).kind ?? "")) continue;
    const message = `Cannot find the folder ${JSON.stringify(name)} of "${key}": expected a ` +
      `folder ${path}; correct the name or remove it`;
    yield problemInConfig(repository, name, message);
  }
}

/** Finds pauses of what is not there, where all clusters are known. */
export function* unknownPauses(repository: Repository): Generator<Problem> {
  const { clusters, documents, settings } = repository;
  if (clusters.length < documents.length) return;
  for (const { name, message } of idlePauses(settings.paused, clusters)) {
    yield problemInConfig(repository, name, message);
  }
}

/**
 * Finds local actions that the config's steps use and that are not there, so that their jobs would
 * fail. An action that an earlier step brings along cannot be seen here.
 */
export function* missingActions(repository: Repository): Generator<Problem> {
  if (isElsewhere(repository)) return;
  const uses = new Map<string, string>();
  for (const [key, make] of stepsOf(repository.settings)) {
    for (const step of made(make)) {
      if ("uses" in step && step.uses.startsWith("./") && !uses.has(step.uses)) {
        uses.set(step.uses, key);
      }
    }
  }
  for (const [action, key] of uses) {
    const folder = action.replace(/^(?:\.\/+)+/, "").replace(/\/+$/, "");
    const isThere = ["action.yml", "action.yaml"].some((name) =>
      lookUp(repository.tree, `${folder}/${name}`).kind === "file"
    );
    if (isThere) continue;
    const message =
      `Cannot find the local action ${JSON.stringify(action)} of "${key}": expected ` +
      `the file ${folder}/action.yaml; add it, or say in the config what ${
        key === "setup" ? "gives access to a cluster" : "to do in its place"
      }`;
    yield problemInConfig(repository, action, message);
  }
}

/** What makes the steps of a config, by the keys that they are at; that of the first key counts. */
function stepsOf({ setup, after, build, jobs: { every: _, ...jobs } }: Settings) {
  const keys: Record<string, () => readonly PlainStep[]> = {
    setup: () => setup(LEG),
    after: () => after(LEG),
    "build.steps": () => build?.steps() ?? [],
  };
  for (const [key, { before, after }] of Object.entries(jobs)) {
    // A job without legs looks at none.
    const leg = PROD_LEG as never;
    keys[`jobs.${key}`] = () => [...before(leg), ...after(leg)];
  }
  return Object.entries(keys);
}

/** Steps; none where they cannot be made, which making the workflow tells. */
function made(make: () => readonly PlainStep[]): readonly PlainStep[] {
  try {
    return make();
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

/**
 * Finds a runtime that starts Deno with permissions of its own: each command needs few, and the
 * plan of a pull request runs beside code from strangers.
 */
export function* ownPermissions(repository: Repository): Generator<Problem> {
  if (!hasOwnPermissions(repository.settings.runtime)) return;
  const message = 'Cannot keep to least permission: expected "PERMISSIONS" among the words of ' +
    '"runtime", in place of which each command gets what it needs; put it, and --frozen, where ' +
    "the permissions are";
  yield problemInConfig(repository, "run", message);
}
