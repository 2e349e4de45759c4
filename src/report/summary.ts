import type { Plan } from "../plan/schema.ts";
import type { TaskPlan } from "../tasks/task_plan.ts";

/** Whether a plan upgrades nothing, or has no legs. */
export function isEmptyPlan(plan: Plan | TaskPlan): boolean {
  if ("task" in plan) return plan.legs.length === 0;
  return plan.support_and_staging.length === 0 && plan.prod.length === 0;
}

/** Counts what a plan upgrades, in words. */
export function countUpgrades({ support_and_staging, prod }: Plan): string {
  const support = support_and_staging.filter((row) => row.upgrade_support).length;
  const addons = support_and_staging.reduce((sum, row) => sum + (row.addons?.length ?? 0), 0);
  const staging = support_and_staging.reduce((sum, row) => sum + row.staging_hubs.length, 0);
  const clusters = new Set([...support_and_staging, ...prod].map((row) => row.cluster_name)).size;
  const canaries = [
    countOf(support, "support chart"),
    ...addons > 0 ? [countOf(addons, "add-on")] : [],
    countOf(staging, "staging hub"),
  ].join(", ");
  return `${canaries} and ${countOf(prod.length, "prod hub")} on ${countOf(clusters, "cluster")}`;
}

export function countOf(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}
