/** The kinds of releases, by the names that they have in reports. */
export const KINDS = ["support_charts", "staging_hubs", "prod_hubs"] as const;

/** A kind of release. */
export type Kind = typeof KINDS[number];

/** How many releases of each kind there are, and of all kinds. */
export type Counts = { readonly [Name in Kind | "total"]: number };

/**
 * Counts releases by their kind.
 *
 * @param releases The releases.
 * @returns How many there are.
 * @example
 * ```ts
 * import { countKinds } from "./counts.ts";
 *
 * const counts = countKinds([{ kind: "prod_hubs" }, { kind: "prod_hubs" }]);
 * console.assert(counts.prod_hubs === 2 && counts.staging_hubs === 0 && counts.total === 2);
 * ```
 */
export function countKinds(releases: Iterable<{ readonly kind: Kind }>): Counts {
  const counts = { support_charts: 0, staging_hubs: 0, prod_hubs: 0, total: 0 };
  for (const { kind } of releases) {
    counts[kind]++;
    counts.total++;
  }
  return counts;
}

/**
 * Adds counts.
 *
 * @param all What to add.
 * @returns Their sums.
 * @example
 * ```ts
 * import { addCounts, countKinds } from "./counts.ts";
 *
 * const one = countKinds([{ kind: "prod_hubs" }]);
 * console.assert(addCounts(one, one).total === 2);
 * ```
 */
export function addCounts(...all: readonly Counts[]): Counts {
  const sum = (name: keyof Counts) => all.reduce((total, counts) => total + counts[name], 0);
  return {
    support_charts: sum("support_charts"),
    staging_hubs: sum("staging_hubs"),
    prod_hubs: sum("prod_hubs"),
    total: sum("total"),
  };
}

/**
 * What part of a number another is.
 *
 * @param part The part.
 * @param whole The whole.
 * @returns In percent, with one digit behind the point; `null` where the whole is nothing.
 * @example
 * ```ts
 * import { percent } from "./counts.ts";
 *
 * console.assert(percent(2, 3) === 66.7 && percent(0, 0) === null);
 * ```
 */
export function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round(1000 * part / whole) / 10;
}
