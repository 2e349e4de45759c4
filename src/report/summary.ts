import type { Plan } from "../plan/schema.ts";

/**
 * Whether a plan upgrades nothing.
 *
 * @param plan The plan.
 * @returns True for a plan without a leg.
 */
export function isEmptyPlan(plan: Plan): boolean {
  return plan.support_and_staging.length === 0 && plan.prod.length === 0;
}

/**
 * Counts what a plan upgrades, in words.
 *
 * @param plan The plan.
 * @returns For instance `1 support chart, 2 staging hubs and 3 prod hubs on 1 cluster`.
 * @example
 * ```ts
 * import { countUpgrades } from "./summary.ts";
 *
 * const prod = { cluster_name: "earth", provider: "gcp", hub_name: "a", reason: "" };
 * const plan = {
 *   version: 1 as const,
 *   base: "",
 *   head: "",
 *   support_and_staging: [],
 *   prod: [prod],
 *   notices: [],
 * };
 * console.assert(
 *   countUpgrades(plan) === "0 support charts, 0 staging hubs and 1 prod hub on 1 cluster",
 * );
 * ```
 */
export function countUpgrades({ support_and_staging, prod }: Plan): string {
  const support = support_and_staging.filter((row) => row.upgrade_support).length;
  const staging = support_and_staging.reduce((sum, row) => sum + row.staging_hubs.length, 0);
  const clusters = new Set([...support_and_staging, ...prod].map((row) => row.cluster_name)).size;
  return `${countOf(support, "support chart")}, ${countOf(staging, "staging hub")} and ${
    countOf(prod.length, "prod hub")
  } on ${countOf(clusters, "cluster")}`;
}

/**
 * Writes a number of things.
 *
 * @param number How many there are.
 * @param thing What one of them is called.
 * @returns For instance `1 hub` or `2 hubs`.
 */
export function countOf(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}
