import { preciseInput } from "./precise_input.ts";
import type { FoundFiles } from "../config/load_clusters.ts";
import type { Settings } from "../config/settings.ts";
import type { Change } from "../git/changed_files.ts";
import type { PlanInput } from "../plan/decide.ts";
import type { LabelEffects } from "../plan/labels.ts";
import { parseRelevant } from "./plan_input.ts";

/** What was read of a repository and of a change. */
export interface ReadChange {
  /** The repository's root. */
  readonly repo: string;
  readonly settings: Settings;
  readonly change: Change;
  /** The `cluster.yaml` files after the change. */
  readonly files: FoundFiles;
  readonly effects: LabelEffects;
  /** Whether all clusters are wanted, those included on which nothing can be upgraded. */
  readonly every?: boolean;
}

/**
 * Puts together what a plan is made from.
 *
 * @throws {UserError} Where a `cluster.yaml` or a chart is not as it should be.
 */
export async function toPlanInput(
  { repo, settings, change, files, effects, every }: ReadChange,
): Promise<PlanInput> {
  const { base, head, files: changed } = change;
  const { graph, precise } = settings.precision === "cluster"
    ? {}
    : await preciseInput(repo, settings, change, files);
  const { clusters, rules } = parseRelevant(files, settings, change, effects, graph, every);
  return { base, head, changed, clusters, rules, labels: effects, precise };
}
