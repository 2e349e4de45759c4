import { decide } from "../plan/decide.ts";
import type { PlanInput } from "../plan/plan_input.ts";
import { type Release, SUPPORT_CHART } from "../plan/releases.ts";

export interface FileExplanation {
  readonly file: string;
  /** Whether the rules look at it at all: whether a change to it starts the workflow. */
  readonly concerns: boolean;
  readonly releases: readonly {
    readonly cluster: string;
    readonly kind: Release["kind"];
    /** The name of the hub or the add-on; `null` for the support chart. */
    readonly hub: string | null;
    readonly rules: readonly string[];
  }[];
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
    releases: decide({ ...input, ...change }).clusters.flatMap(({ upgraded }) => upgraded)
      .map(({ cluster, kind, release, causes }) => ({
        cluster,
        kind,
        hub: kind === SUPPORT_CHART ? null : release,
        rules: [...new Set(causes.map(({ rule }) => rule))].sort(),
      })),
  };
}
