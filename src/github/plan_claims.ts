import { NAME, NAME_WANTED } from "../config/names.ts";
import type { Plan } from "../plan/schema.ts";

/** What `plan` writes for a commit: its hash, or nothing where the changed files were given. */
const COMMIT = /^(?:|[0-9a-f]{40}|[0-9a-f]{64})$/;

/** A value of a plan, with where it stands. */
type Placed = readonly [place: string, value: string];

/**
 * Finds what a plan says that `plan` never writes, though its shape is right: names that no cluster
 * or hub can have, commits that are none, releases that stand there twice, legs without any.
 */
export function wrongClaims(plan: Plan): readonly string[] {
  return [
    ...(["base", "head"] as const).filter((key) => !COMMIT.test(plan[key])).map((key) =>
      wrong([key, plan[key]], "expected the hash of a commit, or nothing")
    ),
    ...names(plan).filter(([, name]) => !NAME.test(name)).map((name) => wrong(name, NAME_WANTED)),
    ...repeated(releases(plan)).map((release) => wrong(release, "expected each release once")),
    ...plan.support_and_staging.flatMap((row, index) =>
      row.upgrade_support || row.staging_hubs.length > 0
        ? []
        : [`Cannot read "support_and_staging[${index}]": expected a leg that upgrades something`]
    ),
    ...otherProviders(plan).map((provider) =>
      wrong(provider, "expected one provider for each cluster")
    ),
  ];
}

function wrong([place, value]: Placed, wanted: string): string {
  return `Cannot read "${place}": ${wanted}, found ${JSON.stringify(value)}`;
}

function names({ support_and_staging, prod }: Plan): readonly Placed[] {
  const keys = ["cluster_name", "provider"] as const;
  return [
    ...support_and_staging.flatMap((row, index) => [
      ...keys.map((key): Placed => [`support_and_staging[${index}].${key}`, row[key]]),
      ...row.staging_hubs.map((hub, position): Placed => [
        `support_and_staging[${index}].staging_hubs[${position}]`,
        hub,
      ]),
    ]),
    ...prod.flatMap((row, index) =>
      [...keys, "hub_name" as const].map((key): Placed => [`prod[${index}].${key}`, row[key]])
    ),
  ];
}

/** The legs of clusters and the hubs, by names that tell them apart. */
function releases({ support_and_staging, prod }: Plan): readonly Placed[] {
  return [
    ...support_and_staging.flatMap((row, index): readonly Placed[] => [
      [`support_and_staging[${index}].cluster_name`, row.cluster_name],
      ...row.staging_hubs.map((hub, position): Placed => [
        `support_and_staging[${index}].staging_hubs[${position}]`,
        `${row.cluster_name}/${hub}`,
      ]),
    ]),
    ...prod.map((row, index): Placed => [
      `prod[${index}].hub_name`,
      `${row.cluster_name}/${row.hub_name}`,
    ]),
  ];
}

function repeated(values: readonly Placed[]): readonly Placed[] {
  const seen = new Set<string>();
  return values.filter(([, value]) => seen.size === seen.add(value).size);
}

function otherProviders({ support_and_staging, prod }: Plan): readonly Placed[] {
  const canaries = support_and_staging.map((row, index) => ({
    ...row,
    place: `support_and_staging[${index}]`,
  }));
  const hubs = prod.map((row, index) => ({ ...row, place: `prod[${index}]` }));
  const providers = new Map<string, string>();
  return [...canaries, ...hubs].flatMap(({ place, cluster_name, provider }): readonly Placed[] => {
    const known = providers.get(cluster_name) ?? provider;
    providers.set(cluster_name, known);
    return known === provider ? [] : [[`${place}.provider`, provider]];
  });
}
