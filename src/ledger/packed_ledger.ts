import type { ProdHubJob, SupportAndStagingJob } from "../plan/schema.ts";
import * as z from "../zod.ts";
import { LedgerOutput } from "./ledger_output.ts";
import { CommitHash, releaseKey, type ReleaseName } from "./ledger_record.ts";

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

const UNPACKED = { bases: true, canaries: true, prod: true } as const;

/**
 * {@linkcode LedgerOutput} in fewer characters: it reaches steps as one environment variable, and
 * Linux takes 128 KiB of each.
 */
export const PackedLedger = z.extend(z.omit(LedgerOutput, UNPACKED), {
  /** The releases that were up to date last at a commit, by it and by their clusters. */
  bases: z.record(CommitHash, z.record(z.string(), names)),
  clusters: z.readonly(z.array(PackedCluster)),
});
export type PackedLedger = Readonly<z.infer<typeof PackedLedger>>;

export function packLedger({ bases, canaries, prod, ...rest }: LedgerOutput): PackedLedger {
  const canaryOf = new Map(canaries.map((leg) => [leg.cluster_name, leg]));
  const prodOf = Map.groupBy(prod, (leg) => leg.cluster_name);
  const byBase = Map.groupBy(Object.keys(bases), (key) => bases[key] ?? "");
  return {
    ...rest,
    bases: Object.fromEntries(
      [...byBase].map(([base, keys]) => [base, byCluster(keys.map(splitKey))]),
    ),
    clusters: [...new Set([...canaryOf.keys(), ...prodOf.keys()])]
      .map((cluster) => packCluster(cluster, canaryOf.get(cluster), prodOf.get(cluster) ?? [])),
  };
}

function splitKey(key: string): ReleaseName {
  const end = key.indexOf("/");
  return { cluster: key.slice(0, end), release: key.slice(end + 1) };
}

function byCluster(releases: readonly ReleaseName[]) {
  const clusters = Map.groupBy(releases, ({ cluster }) => cluster);
  return Object.fromEntries(
    [...clusters].map(([cluster, own]) => [cluster, own.map(({ release }) => release)]),
  );
}

function packCluster(
  name: string,
  canary: SupportAndStagingJob | undefined,
  prod: readonly ProdHubJob[],
): PackedCluster {
  const { provider = "", values } = canary ?? prod[0] ?? {};
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
    ...(prod.length > 0 && { prod: prod.map(({ hub_name }) => hub_name) }),
    ...(values && { values }),
  };
}

export function unpackLedger({ bases, clusters, ...rest }: PackedLedger): LedgerOutput {
  return {
    ...rest,
    bases: Object.fromEntries(
      Object.entries(bases).flatMap(([base, clusters]) =>
        Object.entries(clusters).flatMap(([cluster, releases]) =>
          releases.map((release) => [releaseKey({ cluster, release }), base])
        )
      ),
    ),
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
