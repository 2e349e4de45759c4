import { NAME, NAME_WANTED } from "../config/names.ts";
import type { Plan, ProdHubJob } from "../plan/schema.ts";

/** What `plan` writes for a commit: its hash, or nothing where the changed files were given. */
const COMMIT = /^(?:|[0-9a-f]{40}|[0-9a-f]{64})$/;

type Hub = readonly [key: string, name: string];

/**
 * Finds what a plan says that `plan` never writes, though its shape is right: names that no cluster
 * or hub can have, hashes that no commit can have, releases that are planned twice, legs that
 * upgrade nothing.
 */
export function wrongClaims(
  { base, head, waves, support_and_staging, prod }: Plan,
): readonly string[] {
  const wrong: string[] = [];
  const expect = (isRight: boolean, place: string, wanted: string, value: string) => {
    if (!isRight) wrong.push(`Cannot read "${place}": ${wanted}, found ${JSON.stringify(value)}`);
  };
  const releases = new Set<string>();
  const expectOnce = (place: string, release: string) =>
    expect(
      releases.size < releases.add(release).size,
      place,
      "expected each release once",
      release,
    );
  const providers = new Map<string, string>();
  const expectLeg = (place: string, leg: Omit<ProdHubJob, "hub_name">, hubs: readonly Hub[]) => {
    const { cluster_name: cluster, provider } = leg;
    for (
      const [key, name] of [["cluster_name", cluster], ["provider", provider], ...hubs] as Hub[]
    ) {
      expect(NAME.test(name), `${place}.${key}`, `expected ${NAME_WANTED}`, name);
    }
    for (const [key, hub] of hubs) expectOnce(`${place}.${key}`, `${cluster}/${hub}`);
    const isOrdered = waves === undefined || inWaves.has(cluster);
    expect(isOrdered, `${place}.cluster_name`, 'expected a cluster of "waves"', cluster);
    const first = providers.get(cluster) ?? provider;
    providers.set(cluster, first);
    const wanted = "expected one provider for each cluster";
    expect(provider === first, `${place}.provider`, wanted, provider);
  };
  for (const [place, hash] of Object.entries({ base, head })) {
    expect(COMMIT.test(hash), place, "expected the hash of a commit, or nothing", hash);
  }
  const inWaves = new Set<string>();
  for (const [wave, names] of waves?.entries() ?? []) {
    for (const [index, name] of names.entries()) {
      const place = `waves[${wave}][${index}]`;
      expect(NAME.test(name), place, `expected ${NAME_WANTED}`, name);
      expect(!inWaves.has(name), place, "expected each cluster once", name);
      inWaves.add(name);
    }
  }
  for (const [index, row] of support_and_staging.entries()) {
    const place = `support_and_staging[${index}]`;
    expectOnce(`${place}.cluster_name`, row.cluster_name);
    const { addons = [], staging_hubs } = row;
    expectLeg(place, row, [
      ...addons.map((addon, at) => [`addons[${at}]`, addon] as const),
      ...staging_hubs.map((hub, at) => [`staging_hubs[${at}]`, hub] as const),
    ]);
    if (staging_hubs.length > 0 || addons.length > 0 || row.upgrade_support) continue;
    wrong.push(`Cannot read "${place}": expected a leg that upgrades something`);
  }
  for (const [index, row] of prod.entries()) {
    expectLeg(`prod[${index}]`, row, [["hub_name", row.hub_name]]);
  }
  return wrong;
}
