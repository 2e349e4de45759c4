import { boundText } from "../text/bound_text.ts";
import { BOUNDS } from "./bounds.ts";
import type { Notice, Plan } from "./schema.ts";

/**
 * Shortens what a plan says to what {@linkcode BOUNDS} allows: long reasons and notices are cut,
 * and notices beyond the last that fits are counted, warnings being the last to go. Legs stay as
 * they are: a plan that has too many of them cannot be run at all.
 */
export function boundPlan(plan: Plan): Plan {
  return {
    ...plan,
    support_and_staging: plan.support_and_staging.map((row) => ({
      ...row,
      support_reason: boundText(row.support_reason),
      staging_reason: boundText(row.staging_reason),
      ...(row.addons_reason !== undefined && { addons_reason: boundText(row.addons_reason) }),
    })),
    prod: plan.prod.map((row) => ({ ...row, reason: boundText(row.reason) })),
    notices: boundNotices(plan.notices)
      .map(({ level, message }) => ({ level, message: boundText(message) })),
  };
}

function boundNotices(notices: readonly Notice[]): readonly Notice[] {
  if (notices.length <= BOUNDS.notices) return notices;
  const { warning = [], notice = [] } = Object.groupBy(notices, ({ level }) => level);
  const most = BOUNDS.notices - 1;
  const left = Math.max(0, warning.length - most);
  const message = `There are ${notices.length - most} more notices` +
    (left > 0 ? `, ${left} of them warnings` : "");
  const level = left > 0 ? "warning" : "notice";
  return [...[...warning, ...notice].slice(0, most), { level, message }];
}
