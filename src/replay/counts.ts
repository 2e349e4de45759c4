/** The kinds of releases, by the names that they have in reports. */
export const KINDS = ["support_charts", "staging_hubs", "prod_hubs"] as const;

export type Kind = typeof KINDS[number];

/** How many releases of each kind there are, and of all kinds. */
export type Counts = { readonly [Name in Kind | "total"]: number };

/** Counts releases by their kind, in addition to those that were counted before. */
export function countKinds(
  releases: Iterable<{ readonly kind: Kind }>,
  before: Counts = { support_charts: 0, staging_hubs: 0, prod_hubs: 0, total: 0 },
): Counts {
  const counts = { ...before };
  for (const { kind } of releases) {
    counts[kind]++;
    counts.total++;
  }
  return counts;
}

export function addCounts(all: readonly Counts[]): Counts {
  const sum = (name: keyof Counts) => all.reduce((total, counts) => total + counts[name], 0);
  return {
    support_charts: sum("support_charts"),
    staging_hubs: sum("staging_hubs"),
    prod_hubs: sum("prod_hubs"),
    total: sum("total"),
  };
}

export function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round(1000 * part / whole) / 10;
}
