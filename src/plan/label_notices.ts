import { nearest } from "../text/nearest.ts";
import { visible } from "../text/visible.ts";
import { isSameLabel, type LabelNames } from "./labels.ts";
import type { Notice } from "./schema.ts";

/** How many edits make a slip: a letter too many or too few, or two that are swapped. */
const SLIP = 2;

/** Warns of labels that are a slip away from one that would change the plan. */
export function labelNotices(labels: readonly string[], names: LabelNames): readonly Notice[] {
  const known = Object.values<string>({ ...names });
  return labels.filter((label) => !known.some((name) => isSameLabel(label, name))).flatMap(
    (label) => {
      const near = nearest(label.toLowerCase(), known.map((name) => name.toLowerCase()), SLIP);
      const meant = known.find((name) => name.toLowerCase() === near);
      return meant === undefined ? [] : [{
        level: "warning" as const,
        message: `The label ${visible(label)} asks for nothing; did you mean ${visible(meant)}?`,
      }];
    },
  );
}
