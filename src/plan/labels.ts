import { nearest } from "../text/nearest.ts";
import { visible } from "../text/visible.ts";

/** The four pull-request labels that change what is planned, by what they do. */
export interface LabelNames {
  /** Nothing is upgraded. */
  readonly skipDeploy: string;
  /** Support charts only: no hub is upgraded. */
  readonly skipDeployHubs: string;
  /** All support charts are upgraded. */
  readonly deploySupport: string;
  /** All hubs are upgraded. */
  readonly deployHubs: string;
}

/** What the labels of a pull request ask for: the label that asks for an effect, or `null`. */
export type LabelEffects = { readonly [Effect in keyof LabelNames]: string | null };

/**
 * Reads what the labels of a pull request ask for; other labels ask for nothing. As on GitHub, the
 * case of a name does not matter.
 */
export function labelEffects(labels: readonly string[], names: LabelNames): LabelEffects {
  const asked = (name: string) => labels.find((label) => isSame(label, name)) ?? null;
  return {
    skipDeploy: asked(names.skipDeploy),
    skipDeployHubs: asked(names.skipDeployHubs),
    deploySupport: asked(names.deploySupport),
    deployHubs: asked(names.deployHubs),
  };
}

/** How many edits make a slip: a letter too many or too few, or two that are swapped. */
const SLIP = 2;

/**
 * Warns of labels that are a slip away from one that would change the plan. A notice's type is
 * written out: a config imports this module's types, and those of schemas are not for it.
 */
export function labelNotices(
  labels: readonly string[],
  names: LabelNames,
): readonly { readonly level: "warning"; readonly message: string }[] {
  const known = Object.values<string>({ ...names });
  return labels.filter((label) => !known.some((name) => isSame(label, name))).flatMap((label) => {
    const near = nearest(label.toLowerCase(), known.map((name) => name.toLowerCase()), SLIP);
    const meant = known.find((name) => name.toLowerCase() === near);
    if (meant === undefined) return [];
    const message = `The label ${visible(label)} asks for nothing; did you mean ${visible(meant)}?`;
    return [{ level: "warning" as const, message }];
  });
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
