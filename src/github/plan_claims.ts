import { NAME, NAME_WANTED } from "../config/names.ts";
import type { Plan } from "../plan/schema.ts";

/** What `plan` writes for a commit: its hash, or nothing where the changed files were given. */
const COMMIT = /^(?:|[0-9a-f]{40}|[0-9a-f]{64})$/;

type Placed = readonly [place: string, value: string];

/**
 * Finds what a plan says that `plan` never writes, though its shape is right: names that no cluster
 * or hub can have, hashes that no commit can have, releases that are planned twice, legs that
 * upgrade nothing.
 */
export function wrongClaims(plan: Plan): readonly string[] {
  const commits = (["base", "head"] as const).map((key): Placed => [key, plan[key]]);
  const legs = legsOf(plan);
  const names = legs.flatMap(({ cluster, provider, hubs }) => [cluster, provider, ...hubs]);
  const releases = legs.flatMap(({ isCanary, cluster, hubs }) => [
    ...(isCanary ? [cluster] : []),
    ...hubs.map(([place, hub]): Placed => [place, `${cluster[1]}/${hub}`]),
  ]);
  const firstProviders = new Map(
    legs.toReversed().map(({ cluster, provider }) => [cluster[1], provider[1]]),
  );
  return [
    ...commits.filter(([, hash]) => !COMMIT.test(hash))
      .map((commit) => wrong(commit, "expected the hash of a commit, or nothing")),
    ...names.filter(([, name]) => !NAME.test(name)).map((name) => wrong(name, NAME_WANTED)),
    ...repeated(releases).map((release) => wrong(release, "expected each release once")),
    ...plan.support_and_staging.flatMap((row, index) =>
      row.upgrade_support || row.staging_hubs.length > 0
        ? []
        : [`Cannot read "support_and_staging[${index}]": expected a leg that upgrades something`]
    ),
    ...legs.filter(({ cluster, provider }) => firstProviders.get(cluster[1]) !== provider[1])
      .map(({ provider }) => wrong(provider, "expected one provider for each cluster")),
  ];
}

function legsOf({ support_and_staging, prod }: Plan) {
  const leg = (place: string, row: { cluster_name: string; provider: string }) => ({
    cluster: [`${place}.cluster_name`, row.cluster_name] as Placed,
    provider: [`${place}.provider`, row.provider] as Placed,
  });
  return [
    ...support_and_staging.map((row, index) => {
      const place = `support_and_staging[${index}]`;
      const hubs = row.staging_hubs
        .map((hub, position): Placed => [`${place}.staging_hubs[${position}]`, hub]);
      return { ...leg(place, row), isCanary: true, hubs };
    }),
    ...prod.map((row, index) => {
      const hubs: Placed[] = [[`prod[${index}].hub_name`, row.hub_name]];
      return { ...leg(`prod[${index}]`, row), isCanary: false, hubs };
    }),
  ];
}

function wrong([place, value]: Placed, wanted: string): string {
  return `Cannot read "${place}": ${wanted}, found ${JSON.stringify(value)}`;
}

function repeated(values: readonly Placed[]): readonly Placed[] {
  const seen = new Set<string>();
  return values.filter(([, value]) => seen.size === seen.add(value).size);
}
