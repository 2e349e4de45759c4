import { NAME, NAME_WANTED } from "../config/names.ts";
import type { Plan } from "../plan/schema.ts";

/** What `plan` writes for a commit: its hash, or nothing where the changed files were given. */
const COMMIT = /^(?:|[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * Finds what a plan says that `plan` never writes, though its shape is right: names that no cluster
 * or hub can have, hashes that no commit can have, releases that are planned twice, legs that
 * upgrade nothing.
 */
export function wrongClaims({ base, head, support_and_staging, prod }: Plan): readonly string[] {
  const wrong: string[] = [];
  const expect = (isRight: boolean, place: string, wanted: string, value: string) => {
    if (!isRight) wrong.push(`Cannot read "${place}": ${wanted}, found ${JSON.stringify(value)}`);
  };
  for (const [place, hash] of Object.entries({ base, head })) {
    expect(COMMIT.test(hash), place, "expected the hash of a commit, or nothing", hash);
  }
  const legs = [
    ...support_and_staging.map((row, index) => {
      const place = `support_and_staging[${index}]`;
      const hubs = row.staging_hubs.map((hub, at) =>
        [`${place}.staging_hubs[${at}]`, hub] as const
      );
      if (hubs.length === 0 && !row.upgrade_support) {
        wrong.push(`Cannot read "${place}": expected a leg that upgrades something`);
      }
      return { row, place, hubs, isCanary: true };
    }),
    ...prod.map((row, index) => {
      const place = `prod[${index}]`;
      return { row, place, hubs: [[`${place}.hub_name`, row.hub_name] as const], isCanary: false };
    }),
  ];
  const releases = new Set<string>();
  const providers = new Map<string, string>();
  for (const { row: { cluster_name: cluster, provider }, place, hubs, isCanary } of legs) {
    const atCluster = [`${place}.cluster_name`, cluster] as const;
    const atProvider = [`${place}.provider`, provider] as const;
    for (const [at, name] of [atCluster, atProvider, ...hubs]) {
      expect(NAME.test(name), at, NAME_WANTED, name);
    }
    const all = hubs.map(([at, hub]) => [at, `${cluster}/${hub}`] as const);
    for (const [at, release] of isCanary ? [atCluster, ...all] : all) {
      const isFirst = releases.size < releases.add(release).size;
      expect(isFirst, at, "expected each release once", release);
    }
    const first = providers.get(cluster) ?? provider;
    providers.set(cluster, first);
    expect(provider === first, atProvider[0], "expected one provider for each cluster", provider);
  }
  return wrong;
}
