import type { Notice, Plan } from "./schema.ts";

/**
 * How large a plan may be. What `plan` writes keeps to it, so that whoever reads a plan that a fork
 * may have made can refuse everything that is larger.
 */
export const BOUNDS = {
  /** The legs of one matrix: {@link https://docs.github.com/actions/reference/limits as many as GitHub runs}. */
  legs: 256,
  /** The staging hubs of one leg, which are upgraded one after the other. */
  stagingHubs: 256,
  /** The notices. */
  notices: 256,
  /** The characters of a reason or a notice, as UTF-16 counts them. */
  text: 2_000,
} as const;

/** What stands in place of what is left out of a text. */
const CUT = "...";

/**
 * Shortens what a plan says to what {@linkcode BOUNDS} allows: long reasons and notices are cut,
 * and notices beyond the last that fits are counted, warnings being the last to go. Legs stay as
 * they are: a plan that has too many of them cannot be run at all.
 */
export function boundPlan(plan: Plan): Plan {
  return {
    ...plan,
    support_and_staging: plan.support_and_staging.map((row) =>
      fits(row.support_reason) && fits(row.staging_reason) ? row : {
        ...row,
        support_reason: boundText(row.support_reason),
        staging_reason: boundText(row.staging_reason),
      }
    ),
    prod: plan.prod.map((row) =>
      fits(row.reason) ? row : { ...row, reason: boundText(row.reason) }
    ),
    notices: boundNotices(plan.notices).map((notice) =>
      fits(notice.message) ? notice : { ...notice, message: boundText(notice.message) }
    ),
  };
}

/** Cuts the end off a text that is too long. */
export function boundText(text: string, most: number = BOUNDS.text): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - CUT.length).replace(/[\ud800-\udbff]$/, "")}${CUT}`;
}

function fits(text: string): boolean {
  return text.length <= BOUNDS.text;
}

function boundNotices(notices: readonly Notice[]): readonly Notice[] {
  if (notices.length <= BOUNDS.notices) return notices;
  const warnings = notices.filter(({ level }) => level === "warning");
  const others = notices.filter(({ level }) => level !== "warning");
  const most = BOUNDS.notices - 1;
  const left = Math.max(0, warnings.length - most);
  const message = `There are ${notices.length - most} more notices` +
    (left > 0 ? `, ${left} of them warnings` : "");
  return [
    ...[...warnings, ...others].slice(0, most),
    { level: left > 0 ? "warning" : "notice", message },
  ];
}
