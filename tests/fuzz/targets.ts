import { corpusSeeds } from "./cluster_case.ts";
import type { Target } from "./target.ts";
import { apiTarget } from "./targets/api.ts";
import { argumentsTarget } from "./targets/arguments.ts";
import { commentTarget } from "./targets/comment.ts";
import { configTarget } from "./targets/config.ts";
import { filterTarget } from "./targets/filter.ts";
import { generateTarget } from "./targets/generate.ts";
import { gitTarget } from "./targets/git.ts";
import { historiesTarget } from "./targets/histories.ts";
import { planTarget } from "./targets/plan.ts";
import { eventTarget, workflowFileTarget } from "./targets/simulate.ts";

/** Every edge over which something comes into hubwright. */
export const TARGETS: readonly Target[] = [
  generateTarget(),
  planTarget(),
  configTarget,
  filterTarget,
  commentTarget,
  apiTarget,
  gitTarget,
  historiesTarget,
  eventTarget,
  workflowFileTarget,
  argumentsTarget,
];

/**
 * The same edges, and those about cluster files once more with the files of a real repository, where
 * these are at hand.
 */
export async function allTargets(): Promise<readonly Target[]> {
  const seeds = await corpusSeeds();
  if (seeds === undefined) return TARGETS;
  const real = [generateTarget(seeds, 4), planTarget(seeds, 4)]
    .map((target) => ({ ...target, name: `${target.name} (a real repository's)` }));
  return [...TARGETS, ...real];
}
