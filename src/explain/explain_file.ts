import { decide } from "../plan/decide.ts";
import type { PlanInput } from "../plan/plan_input.ts";
import { type Release, releasesOf } from "../plan/releases.ts";

export interface FileExplanation {
  readonly file: string;
  /** Whether the rules look at it at all: whether a change to it starts the workflow. */
  readonly concerns: boolean;
  readonly releases: readonly (Omit<Release, "reasons"> & {
    readonly cluster: string;
    readonly rules: readonly string[];
  })[];
}

/**
 * Says which releases a change to one file upgrades. Of a `cluster.yaml` it is the most that a
 * change can reach; with `precision: "hub"` the keys that change decide.
 */
export function explainFile(input: PlanInput, file: string): FileExplanation {
  const change = { changed: [file], deleted: [], clusterChanges: new Map() };
  return {
    file,
    concerns: input.rules.concerns(file),
    releases: decide({ ...input, ...change }).clusters.flatMap((of) =>
      releasesOf(of).filter(({ reasons }) => reasons.any).map(({ reasons, ...named }) => ({
        cluster: of.cluster.name,
        ...named,
        rules: [...new Set(reasons.causes.map(({ rule }) => rule))].sort(),
      }))
    ),
  };
}
