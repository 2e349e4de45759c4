import { decide } from "../plan/decide.ts";
import type { PlanInput } from "../plan/plan_input.ts";
import { type ReleaseKind, releasesOf } from "./releases.ts";

export interface ReachedRelease {
  readonly cluster: string;
  readonly kind: ReleaseKind;
  /** The hub's name; `null` for the support chart. */
  readonly hub: string | null;
  readonly rules: readonly string[];
}

/** Which releases a change to a file upgrades. */
export interface FileExplanation {
  readonly file: string;
  /** Whether the rules look at it at all: whether a change to it starts the workflow. */
  readonly concerns: boolean;
  /** The releases, by cluster: the support chart, the staging hubs, the prod hubs. */
  readonly releases: readonly ReachedRelease[];
}

/**
 * Says which releases a change to one file upgrades. Of a `cluster.yaml` it is the most that a
 * change can reach; with `precision: "hub"` the keys that change decide.
 */
export function explainFile(input: PlanInput, file: string): FileExplanation {
  const { clusters } = decide({
    ...input,
    changed: [file],
    deleted: [],
    clusterChanges: new Map(),
  });
  return {
    file,
    concerns: input.rules.concerns(file),
    releases: clusters.flatMap((of) =>
      releasesOf(of).filter(({ reasons }) => reasons.any).map(({ kind, hub, reasons }) => ({
        cluster: of.cluster.name,
        kind,
        hub,
        rules: [...new Set(reasons.causes.map(({ rule }) => rule))].sort(),
      }))
    ),
  };
}
