/**
 * What a change has to upgrade, worked out from the files before and after it with nothing of
 * hubwright's own: every release whose inputs differ, and no other but staging hubs before prod.
 */
import { isDeepStrictEqual } from "node:util";
import { load } from "js-yaml";
import type { Config } from "../../src/config/config.ts";
import { keyOf } from "../../src/config/named_files.ts";
import {
  CLUSTERS_DIR,
  type ClusterValue,
  type CommittedFile,
  type Files,
  type HubValue,
} from "./world.ts";

type Entry = Readonly<Record<string, unknown>>;

const DEFAULT_RULES = {
  allHubs: ["deployer/**", "helm-charts/basehub/**", "helm-charts/daskhub/**"],
  allSupport: ["helm-charts/support/**"],
  fileKeys: [],
  inertKeys: ["metadata", "provider_url", "tenancy"],
  inertHubKeys: [],
  inertChartFiles: [],
  triggersOnly: [],
  charts: {},
} as const;

type Rules = Required<NonNullable<Config["rules"]>>;

/** A folder that holds a chart, after the change. */
interface Chart {
  readonly folder: string;
  /** What it depends on; all charts where that is unclear. */
  readonly dependencies: readonly string[] | "all";
  readonly leavesOut: (path: string) => boolean;
}

/** Whether a path matches a pattern of those that the tests use. */
function matches(pattern: string, path: string): boolean {
  if (pattern.startsWith("**/*")) return path.endsWith(pattern.slice(4));
  if (pattern.endsWith("/**")) return path.startsWith(pattern.slice(0, -2));
  return path === pattern;
}

const matchesAny = (patterns: readonly string[], path: string) =>
  patterns.some((pattern) => !pattern.startsWith("!") && matches(pattern, path));

/** The paths whose file is another one after the change, or gone, or has another mode. */
function touchedPaths(before: Files, after: Files, rules: Rules): readonly string[] {
  const exceptions = [...rules.allHubs, ...rules.allSupport]
    .filter((pattern) => pattern.startsWith("!")).map((pattern) => pattern.slice(1));
  return [...new Set([...before.keys(), ...after.keys()])].filter((path) =>
    !isDeepStrictEqual(before.get(path), after.get(path)) && !matchesAny(exceptions, path)
  );
}

function leavesOut(files: Files, folder: string, rules: Rules): (path: string) => boolean {
  const lines = (files.get(`${folder}/.helmignore`)?.text ?? "").split("\n");
  const understood = lines.every((line) => !line.startsWith("!"));
  return (path) => {
    if (path === ".helmignore") return false;
    if (matchesAny(rules.inertChartFiles, path)) return true;
    const names = path.split("/");
    return understood && lines.some((line) => {
      if (line === "" || line.startsWith("#")) return false;
      if (line.startsWith("/")) return path.startsWith(line.slice(1));
      if (line.endsWith("/")) return names.slice(0, -1).includes(line.slice(0, -1));
      if (line.startsWith("*")) return names.some((name) => name.endsWith(line.slice(1)));
      return names.includes(line);
    });
  };
}

function resolve(folder: string, path: string): string | undefined {
  // A URL does not leave its root: two folders above it stand for what lies outside.
  const { pathname } = new URL(encodeURI(path), `file:///up/up/${encodeURI(folder)}/`);
  return pathname.startsWith("/up/up/") ? decodeURI(pathname).slice(7) : undefined;
}

function readCharts(files: Files, rules: Rules): readonly Chart[] {
  const found = [...files.keys()].map((path) =>
    /^(helm-charts\/[^/]+)\/Chart\.yaml$/.exec(path)?.[1]
  );
  const queue = found.filter((folder) => folder !== undefined);
  const charts: Chart[] = [];
  for (let folder = queue.shift(); folder !== undefined; folder = queue.shift()) {
    if (charts.some((chart) => chart.folder === folder)) continue;
    const dependencies = readDependencies(files, folder);
    charts.push({ folder, dependencies, leavesOut: leavesOut(files, folder, rules) });
    if (dependencies !== "all") queue.push(...dependencies);
  }
  return charts;
}

function readDependencies(files: Files, folder: string): readonly string[] | "all" {
  try {
    const text = files.get(`${folder}/Chart.yaml`)?.text ?? "{";
    const { dependencies } = load(text) as { dependencies: readonly { repository: string }[] };
    const places = dependencies.map(({ repository }) => repository)
      .filter((place) => place.startsWith("file://"))
      .map((place) => resolve(folder, place.slice("file://".length)));
    return places.every((place) => place !== undefined) ? places : "all";
  } catch {
    return "all";
  }
}

function withDependants(charts: readonly Chart[], folders: readonly string[]): readonly string[] {
  const more = charts.filter(({ folder, dependencies }) =>
    !folders.includes(folder) &&
    (dependencies === "all" || dependencies.some((dependency) => folders.includes(dependency)))
  ).map(({ folder }) => folder);
  return more.length === 0 || folders.length === 0
    ? folders
    : withDependants(charts, [...folders, ...more]);
}

/** What changed files of charts, and files of all hubs, upgrade. */
function reachEverywhere(touched: readonly string[], after: Files, rules: Rules) {
  const charts = readCharts(after, rules);
  const [hubs, support] = [new Set<string>(), { upgraded: false }];
  const isSupport = (folder: string) => matchesAny(rules.allSupport, `${folder}/Chart.yaml`);
  for (const path of touched) {
    const within = charts.filter(({ folder }) => path.startsWith(`${folder}/`));
    const rendering = within.filter((chart) =>
      !chart.leavesOut(path.slice(chart.folder.length + 1))
    );
    const named = Object.keys(rules.charts).filter((name) =>
      matchesAny(rules.charts[name] ?? [], path)
    );
    const folders = [
      ...withDependants(charts, rendering.map(({ folder }) => folder)),
      ...named.flatMap((name) => withDependants(charts, [`helm-charts/${name}`])),
    ];
    const counts = within.length === 0 || rendering.length > 0;
    if (folders.some(isSupport) || (counts && matchesAny(rules.allSupport, path))) {
      support.upgraded = true;
    }
    const needed = within.length === 0 || folders.some(isSupport);
    if (counts && needed && matchesAny(rules.allHubs, path)) hubs.add("every hub");
    for (const folder of folders) hubs.add(folder);
    if (folders.some((folder) => !isSupport(folder))) hubs.add("hubs of unknown charts");
  }
  const known = charts.map(({ folder }) => folder);
  return {
    support: support.upgraded,
    hub: ({ helm_chart }: HubValue) =>
      hubs.has("every hub") ||
      hubs.has(
        known.includes(`helm-charts/${helm_chart}`)
          ? `helm-charts/${helm_chart}`
          : "hubs of unknown charts",
      ),
  };
}

const without = (entry: unknown, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(entry ?? {}).filter(([key]) => !keys.includes(key)));

function named(
  entry: Entry,
  folder: string,
  keys: readonly string[],
): readonly (string | undefined)[] {
  return keys.flatMap((key) =>
    key.split(".").reduce<unknown>((at, part) => (at as Entry | undefined)?.[part], entry) ?? []
  ).map((name) => resolve(folder, String(name)));
}

/** The files that were parsed before: a history compares each of its commits many times. */
const loaded = new WeakMap<CommittedFile, ClusterValue>();

function tryLoad(files: Files, path: string): ClusterValue | undefined {
  const file = files.get(path);
  if (file === undefined) return undefined;
  const known = loaded.get(file);
  if (known !== undefined) return known;
  try {
    const value = load(file.text.replace(/^\uFEFF/, "")) as ClusterValue;
    loaded.set(file, value);
    return value;
  } catch {
    return undefined;
  }
}

/** The releases to upgrade; a support chart goes by the name of its cluster. */
export function expectedReleases(before: Files, after: Files, config: Config): readonly string[] {
  const releases = touchedReleases(before, after, config);
  const withProd = releases.filter(({ phase, touched }) => touched && phase === "prod")
    .map(({ cluster }) => cluster);
  return releases.filter(({ cluster, phase, touched }) =>
    touched || (phase === "staging" && withProd.includes(cluster))
  ).map(({ cluster, name }) => name === undefined ? cluster : `${cluster}/${name}`).sort();
}

export interface TouchedRelease {
  readonly cluster: string;
  /** The hub's; a support chart has none. */
  readonly name?: string;
  readonly phase: "support" | "staging" | "prod";
  /** Whether its inputs differ. */
  readonly touched: boolean;
}

/** Every release that is there after a change. */
export function touchedReleases(
  before: Files,
  after: Files,
  config: Config,
): readonly TouchedRelease[] {
  const rules = { ...DEFAULT_RULES, ...config.rules };
  const touched = touchedPaths(before, after, rules);
  const everywhere = reachEverywhere(touched, after, rules);
  const clusterFiles = [...after.keys()].filter((path) =>
    path.startsWith(`${CLUSTERS_DIR}/`) && path.endsWith("/cluster.yaml") &&
    path !== `${CLUSTERS_DIR}/templates/cluster.yaml`
  );
  return clusterFiles.flatMap((path) => {
    const folder = path.slice(0, path.lastIndexOf("/"));
    const cluster = tryLoad(after, path);
    if (cluster === undefined) throw new Error(`${path} cannot be read`);
    const old = tryLoad(before, path);
    const top = (of: unknown) => without(of, ["hubs", "support", ...rules.inertKeys]);
    const reads = (entry: Entry, keys: readonly string[]) =>
      named(entry, folder, keys).some((file) => touched.includes(file ?? ""));
    const all = old === undefined || !isDeepStrictEqual(top(old), top(cluster)) ||
      reads(cluster, rules.fileKeys.map(keyOf));
    const keys = ["helm_chart_values_files", ...rules.fileKeys.map(keyOf)];
    const support = all || everywhere.support || reads(cluster.support ?? {}, keys) ||
      !isDeepStrictEqual(old.support, cluster.support);
    return [
      ...(cluster.support ? [{ phase: "support" as const, touched: support }] : []),
      ...(cluster.hubs ?? []).map((hub) => {
        const previous = (old?.hubs ?? []).find(({ name }) => name === hub.name);
        const inert = rules.inertHubKeys;
        const touched = all || everywhere.hub(hub) || reads(hub, keys) || previous === undefined ||
          !isDeepStrictEqual(without(previous, inert), without(hub, inert));
        const phase = hub.name.includes("staging") ? "staging" as const : "prod" as const;
        return { name: hub.name, phase, touched };
      }),
    ].map((release) => ({ cluster: cluster.name, ...release }));
  });
}
