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
  const asked = (name: string) => labels.find((label) => isSameLabel(label, name)) ?? null;
  return {
    skipDeploy: asked(names.skipDeploy),
    skipDeployHubs: asked(names.skipDeployHubs),
    deploySupport: asked(names.deploySupport),
    deployHubs: asked(names.deployHubs),
  };
}

/** Whether two labels are the same to GitHub. */
export function isSameLabel(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
