import { code } from "./markdown_text.ts";
import { foldLong, type Section, tableSection } from "./markdown_section.ts";
import { addonsOf, type ClusterUpgrades, stagingHubsOf } from "./plan_clusters.ts";

/** Where one cause in a reason ends and the next begins. */
const NEXT_CAUSE = /(?<= \(rule: [^()]+\)); /;

/** A cause that names the prod hubs of its cluster: it is said of all clusters in the same words. */
const STAGING_FIRST = /\(rule: staging before prod\)$/;
const STAGING_FIRST_SAID = "the prod hubs behind them (rule: staging before prod)";

/** How many clusters are named, where not all of them share something. */
const MOST_NAMED = 30;

/** How many clusters may be named as exceptions. */
const MOST_EXCEPTIONS = 3;

/**
 * Lists why releases are upgraded, a row for each cause: what holds for many clusters is said once,
 * with the exceptions by name.
 */
export function planReasons(clusters: readonly ClusterUpgrades[]): Section {
  const names = clusters.map(({ name }) => name);
  const causes = Map.groupBy(clusters.flatMap(upgradedOn), ({ cause }) => cause);
  const widestFirst = [...causes].sort(([, a], [, b]) => b.length - a.length);
  const rows = widestFirst.map(([cause, upgraded]) => {
    const alike = Map.groupBy(upgraded, (one) => describe(one, upgraded.length === 1));
    const groups = [...alike].map(([what, all]) =>
      `${listClusters(all.map(({ cluster }) => cluster.name), names)}: ${what}`
    );
    return [code(cause), groups.join("<br>")];
  });
  return foldLong(tableSection("Why", ["Because of", "Upgrade"], rows, "reasons"));
}

/** What a cause upgrades on one cluster. */
interface Upgraded {
  readonly cause: string;
  readonly cluster: ClusterUpgrades;
  support: boolean;
  addons: boolean;
  staging: boolean;
  readonly prod: string[];
}

function upgradedOn(cluster: ClusterUpgrades): readonly Upgraded[] {
  const causes = new Map<string, Upgraded>();
  const of = (reason: string): readonly Upgraded[] => {
    const texts = reason.split(NEXT_CAUSE).filter((text) => !STAGING_FIRST.test(text));
    return (texts.length === 0 ? [STAGING_FIRST_SAID] : texts).map((cause) => {
      const found = causes.get(cause) ??
        { cause, cluster, support: false, addons: false, staging: false, prod: [] };
      causes.set(cause, found);
      return found;
    });
  };
  for (const row of cluster.canaries) {
    if (row.upgrade_support) of(row.support_reason).forEach((found) => found.support = true);
    if (row.addons_reason) of(row.addons_reason).forEach((found) => found.addons = true);
    if (row.staging_hubs.length > 0) {
      of(row.staging_reason).forEach((found) => found.staging = true);
    }
  }
  for (const row of cluster.prod) of(row.reason).forEach((found) => found.prod.push(row.hub_name));
  return [...causes.values()];
}

/** Says what is upgraded: hubs by name where only one cluster is reached, or not all of its hubs. */
function describe({ support, addons, staging, prod, cluster }: Upgraded, isAlone: boolean): string {
  const hubs = (kind: string, some: readonly string[], all: number) => {
    if (some.length === 0) return [];
    return isAlone || some.length < all ? [`${kind} ${names(some)}`] : [`${kind} hubs`];
  };
  const stagingHubs = stagingHubsOf(cluster);
  return [
    ...(support ? ["support chart"] : []),
    ...(addons ? [`add-ons ${names(addonsOf(cluster))}`] : []),
    ...hubs("staging", staging ? stagingHubs : [], stagingHubs.length),
    ...hubs("prod", prod, cluster.prod.length),
  ].join(", ");
}

function listClusters(some: readonly string[], all: readonly string[]): string {
  const left = all.length - some.length;
  if (left === 0 && all.length > 1) return `all ${all.length} clusters`;
  if (left > 0 && left <= MOST_EXCEPTIONS && some.length > left) {
    const listed = new Set(some);
    return `all ${all.length} clusters but ${names(all.filter((name) => !listed.has(name)))}`;
  }
  const more = some.length - MOST_NAMED;
  return `${names(some.slice(0, MOST_NAMED))}${more > 0 ? ` and ${more} more` : ""}`;
}

function names(of: readonly string[]): string {
  return of.map(code).join(" ");
}
