import type { ProdHubJob, SupportAndStagingJob } from "../plan/schema.ts";
import * as z from "../zod.ts";
import { type HeldRelease, LedgerOutput, plannedReleases } from "./ledger_output.ts";
import { CommitHash, releaseKey } from "./ledger_record.ts";
import { byCluster, keysIn, ReleasesByCluster, releasesIn } from "./releases_by_cluster.ts";

const name = z.string();
const names = z.readonly(z.array(name));

/** The legs of one cluster, which share its name, its provider and its values. */
const PackedCluster = z.strictObject({
  name,
  provider: name,
  canary: z.optional(
    z.strictObject({ support: z.boolean(), staging: names, addons: z.optional(names) }),
  ),
  prod: z.optional(names),
  values: z.optional(z.record(z.string(), z.string())),
});
type PackedCluster = Readonly<z.infer<typeof PackedCluster>>;

const UNPACKED = { bases: true, canaries: true, prod: true, asked: true, held: true } as const;

/**
 * {@linkcode LedgerOutput} in fewer characters: it reaches steps as one environment variable, and
 * Linux takes 128 KiB of each.
 */
export const PackedLedger = z.extend(z.omit(LedgerOutput, UNPACKED), {
  /** The releases that were up to date last at a commit, by it and by their clusters. */
  bases: z.record(CommitHash, ReleasesByCluster),
  /** Those that were asked for, or all others: a label asks for all hubs. */
  asked: z.optional(z.strictObject({ are: z.boolean(), releases: ReleasesByCluster })),
  clusters: z.readonly(z.array(PackedCluster)),
  held: z.strictObject({ paused: ReleasesByCluster, blocked: ReleasesByCluster }),
});
export type PackedLedger = Readonly<z.infer<typeof PackedLedger>>;

export function packLedger(
  { bases, canaries, prod, asked, held, ...rest }: LedgerOutput,
): PackedLedger {
  const byBase = Map.groupBy(Object.keys(bases), (key) => bases[key] ?? "");
  const legs = Map.groupBy([...canaries, ...prod], (leg) => leg.cluster_name);
  const heldBack = (how: HeldRelease["why"]) =>
    byCluster(held.filter(({ why }) => why === how).map(releaseKey));
  return {
    ...rest,
    bases: Object.fromEntries([...byBase].map(([base, keys]) => [base, byCluster(keys)])),
    ...(asked && { asked: packAsked(asked, allKeys({ canaries, prod, held })) }),
    clusters: [...legs].map(([cluster, own]) => packCluster(cluster, own)),
    held: { paused: heldBack("paused"), blocked: heldBack("blocked") },
  };
}

function packAsked(asked: readonly string[], all: ReadonlySet<string>) {
  const others = all.difference(new Set(asked));
  const are = asked.length <= others.size;
  return { are, releases: byCluster(are ? asked : [...others]) };
}

function unpackAsked(
  { are, releases }: NonNullable<PackedLedger["asked"]>,
  all: ReadonlySet<string>,
): readonly string[] {
  const keys = keysIn(releases);
  return are ? keys : [...all.difference(new Set(keys))];
}

/** All releases that a run upgrades or holds, by their keys. */
function allKeys(
  { canaries, prod, held }: Pick<LedgerOutput, "canaries" | "prod" | "held">,
): ReadonlySet<string> {
  return new Set([...plannedReleases({ canaries, prod }), ...held].map(releaseKey));
}

function packCluster(
  name: string,
  legs: readonly (SupportAndStagingJob | ProdHubJob)[],
): PackedCluster {
  const [{ provider = "", values } = {}] = legs;
  const canary = legs.find((leg) => "staging_hubs" in leg);
  const prod = legs.flatMap((leg) => "hub_name" in leg ? leg.hub_name : []);
  return {
    name,
    provider,
    ...(canary && {
      canary: {
        support: canary.upgrade_support,
        staging: canary.staging_hubs,
        ...(canary.addons && { addons: canary.addons }),
      },
    }),
    ...(prod.length > 0 && { prod }),
    ...(values && { values }),
  };
}

export function unpackLedger(
  { bases, clusters, asked, held: { paused, blocked }, ...rest }: PackedLedger,
): LedgerOutput {
  const legs = unpackClusters(clusters);
  const held = [
    ...releasesIn(paused).map((release) => ({ ...release, why: "paused" as const })),
    ...releasesIn(blocked).map((release) => ({ ...release, why: "blocked" as const })),
  ];
  return {
    ...rest,
    bases: Object.fromEntries(
      Object.entries(bases).flatMap(([base, releases]) =>
        keysIn(releases).map((key) => [key, base])
      ),
    ),
    ...(asked && { asked: unpackAsked(asked, allKeys({ ...legs, held })) }),
    ...legs,
    held,
  };
}

function unpackClusters(
  clusters: readonly PackedCluster[],
): Pick<LedgerOutput, "canaries" | "prod"> {
  return {
    canaries: clusters.flatMap(({ name: cluster_name, provider, canary, values }) =>
      canary === undefined ? [] : [{
        cluster_name,
        provider,
        upgrade_support: canary.support,
        staging_hubs: [...canary.staging],
        ...(canary.addons && { addons: [...canary.addons] }),
        ...(values && { values }),
      }]
    ),
    prod: clusters.flatMap(({ name: cluster_name, provider, prod = [], values }) =>
      prod.map((hub_name) => ({ cluster_name, provider, hub_name, ...(values && { values }) }))
    ),
  };
}
