import type { Leg } from "../config/config.ts";
import { hasOwnPermissions } from "../config/runtime.ts";
import { type Problem, UserError } from "../errors.ts";
import type { Pattern } from "../plan/pattern.ts";
import { context } from "../workflow/expression.ts";
import { type FileTree, lookUp, walk } from "./file_tree.ts";
import { problemInConfig } from "./places.ts";
import type { Repository } from "./repository.ts";

/**
 * Finds patterns in the config's rules that match no file of the repository: what they were meant
 * for upgrades nothing.
 */
export function* unmatchedPatterns(repository: Repository): Generator<Problem> {
  const { settings: { rules }, written, tree } = repository;
  const lists: readonly (readonly [key: string, patterns: readonly Pattern[]])[] = [
    ...(["allHubs", "allSupport"] as const).filter((key) => written.has(`rules.${key}`))
      .map((key) => [`rules.${key}`, rules[key]] as const),
    ...Object.entries(rules.charts).map(([chart, list]) =>
      [`rules.charts.${chart}`, list] as const
    ),
  ];
  for (const [key, patterns] of lists) {
    for (const pattern of patterns.filter((pattern) => !hasMatch(tree, pattern))) {
      const text = `${pattern.exception ? "!" : ""}${pattern.glob}`;
      const hint = lookUp(tree, pattern.glob).kind === "folder"
        ? `it is a folder; write "${text}/**"`
        : "no file has such a path; correct the pattern or remove it";
      const message = `Cannot match the pattern ${JSON.stringify(text)} in "${key}": ${hint}`;
      yield problemInConfig(repository, text, message);
    }
  }
}

function hasMatch(tree: FileTree, { glob, matches }: Pattern): boolean {
  const segments = glob.split("/");
  const folder = segments.slice(0, segments.findIndex((segment) => segment.includes("*")))
    .join("/");
  if (folder !== "" && lookUp(tree, folder).kind !== "folder") return false;
  for (const file of walk(tree, folder)) {
    if (matches(file)) return true;
  }
  return false;
}

/** Finds folders that the config names and that are not there. */
export function* missingFolders(repository: Repository): Generator<Problem> {
  const { settings: { clustersDir, ignoreClusters, chartsDir }, written, tree } = repository;
  const folders = [
    ...written.has("chartsDir") ? [{ key: "chartsDir", name: chartsDir, path: chartsDir }] : [],
    ...(written.has("ignoreClusters") && tree.list(clustersDir) ? ignoreClusters : [])
      .map((name) => ({ key: "ignoreClusters", name, path: `${clustersDir}/${name}` })),
  ];
  for (const { key, name, path } of folders) {
    if (["folder", "link"].includes(lookUp(tree, path).kind ?? "")) continue;
    const message = `Cannot find the folder ${JSON.stringify(name)} of "${key}": expected a ` +
      `folder ${path}; correct the name or remove it`;
    yield problemInConfig(repository, name, message);
  }
}

const LEG: Leg = {
  cluster_name: context("matrix", "jobs", "cluster_name"),
  provider: context("matrix", "jobs", "provider"),
};

/**
 * Finds local actions that the setup steps use and that are not there, so that every leg would
 * fail. An action that an earlier step brings along cannot be seen here.
 */
export function* missingActions(repository: Repository): Generator<Problem> {
  const uses = setupSteps(repository).flatMap((step) => "uses" in step ? [step.uses] : []);
  for (const action of new Set(uses.filter((action) => action.startsWith("./")))) {
    const folder = action.replace(/^(?:\.\/+)+/, "").replace(/\/+$/, "");
    const isThere = ["action.yml", "action.yaml"].some((name) =>
      lookUp(repository.tree, `${folder}/${name}`).kind === "file"
    );
    if (isThere) continue;
    const message = `Cannot find the local action ${JSON.stringify(action)} of "setup": expected ` +
      `the file ${folder}/action.yaml; add it, or say in the config what gives access to a cluster`;
    yield problemInConfig(repository, action, message);
  }
}

/** The setup steps; none where they cannot be made, which making the workflow tells. */
function setupSteps({ settings }: Repository): ReturnType<typeof settings.setup> {
  try {
    return settings.setup(LEG);
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
    '"runtime", where it stands for what each command needs; put it, and --frozen, in the place ' +
    "of the permissions";
  yield problemInConfig(repository, "run", message);
}
