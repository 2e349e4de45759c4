import { readChartGraph } from "../../src/config/charts.ts";
import { compareClusterFiles } from "../../src/config/cluster_change.ts";
import { parseClusters } from "../../src/config/clusters.ts";
import type { Config } from "../../src/config/config.ts";
import { parseConfig } from "../../src/config/schema.ts";
import type { Settings } from "../../src/config/settings.ts";
import { parseRelevant } from "../../src/repository/plan_input.ts";
import { plan } from "../../src/plan/plan.ts";
import { buildRules } from "../../src/plan/rules.ts";
import type { Plan } from "../../src/plan/schema.ts";
import { memoryFiles } from "../config/memory_files.ts";
import { NO_LABELS } from "../plan/arbitraries.ts";
import type { Files } from "./world.ts";

/** The settings of a config in which nothing is wrong. */
export function settingsOf(config: Config): Settings {
  const settings = parseConfig(config, "hubwright.config.ts");
  if ("defaultBranch" in settings) return settings;
  throw new Error(JSON.stringify(settings));
}

/** How a change is planned. */
export interface Way {
  /** Whether every `cluster.yaml` is parsed, and not only those that the change can concern. */
  readonly whole?: boolean;
  /** Whether files, deletions and clusters come in another order. */
  readonly reversed?: boolean;
}

/** What changed between two commits, as git says it. */
function changeOf(before: Files, after: Files) {
  const same = (path: string) =>
    before.get(path)?.text === after.get(path)?.text &&
    before.get(path)?.executable === after.get(path)?.executable;
  return {
    base: "base",
    head: "head",
    checkedOut: true,
    files: [...after.keys()].filter((path) => !same(path)),
    deleted: [...before.keys()].filter((path) => !after.has(path)),
  };
}

/** Plans a change without git, by the functions that the command line calls. */
export async function planInProcess(
  before: Files,
  after: Files,
  settings: Settings,
  { whole = false, reversed = false }: Way = {},
): Promise<Plan> {
  const order = <Item>(items: readonly Item[]) => reversed ? items.toReversed() : items;
  const given = changeOf(before, after);
  const change = { ...given, files: order(given.files), deleted: order(given.deleted) };
  const texts = Object.fromEntries([...after].map(([path, { text }]) => [path, text]));
  const clusterFile = /^config\/clusters\/(?!templates\/)[^/]+\/cluster\.yaml$/;
  const files = order(
    Object.keys(texts).sort().filter((path) => clusterFile.test(path))
      .map((path) => ({ path, text: texts[path] ?? "" })),
  );
  const isPrecise = settings.precision === "hub";
  const graph = isPrecise ? await readChartGraph(memoryFiles(texts), settings) : undefined;
  const { inertKeys, inertHubKeys } = settings.rules;
  const clusterChanges = new Map(
    [...change.files, ...change.deleted].filter((path) => clusterFile.test(path)).map((path) => [
      path,
      compareClusterFiles(before.get(path)?.text, after.get(path)?.text, {
        cluster: inertKeys,
        hub: inertHubKeys,
      }),
    ]),
  );
  const relevant = parseRelevant({ files, problems: [] }, settings, change, NO_LABELS, graph);
  const all = parseClusters(files, settings);
  const patterns = { clustersDir: settings.clustersDir, ...settings.rules };
  const { clusters, rules } = whole
    ? { clusters: all, rules: buildRules(patterns, all, graph) }
    : relevant;
  return plan({
    base: change.base,
    head: change.head,
    clusters,
    changed: change.files,
    rules,
    labels: NO_LABELS,
    precise: isPrecise ? { deleted: change.deleted, clusterChanges } : undefined,
  });
}

/** The releases of a plan, sorted: `CLUSTER` for a support chart, and `CLUSTER/HUB`. */
export function releasesOf({ support_and_staging, prod }: Plan): readonly string[] {
  return [
    ...support_and_staging.flatMap(({ cluster_name, upgrade_support, staging_hubs }) => [
      ...(upgrade_support ? [cluster_name] : []),
      ...staging_hubs.map((hub) => `${cluster_name}/${hub}`),
    ]),
    ...prod.map(({ cluster_name, hub_name }) => `${cluster_name}/${hub_name}`),
  ].sort();
}
