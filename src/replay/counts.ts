/** What is counted of releases, by the names that it has in reports. */
export const COUNTED = ["support_charts", "staging_hubs", "prod_hubs", "total"] as const;

export type Counts = Record<typeof COUNTED[number], number>;

export type Kind = Exclude<keyof Counts, "total">;

export function countKinds(releases: Iterable<{ readonly kind: Kind }>): Counts {
  const counts = { support_charts: 0, staging_hubs: 0, prod_hubs: 0, total: 0 };
  for (const { kind } of releases) countKind(counts, kind);
  return counts;
}

export function countKind(counts: Counts, kind: Kind): void {
  counts[kind]++;
  counts.total++;
}

export function addCounts(all: readonly Counts[]): Counts {
  const sum = countKinds([]);
  for (const counts of all) COUNTED.forEach((name) => sum[name] += counts[name]);
  return sum;
}

export function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round(1000 * part / whole) / 10;
}
