import type { Cluster } from "./cluster.ts";
import type { ClusterChange } from "./cluster_change.ts";
import type { LabelEffects } from "./labels.ts";
import type { Rules } from "./rules.ts";
import type { Notice } from "./schema.ts";
import type { Waves } from "./waves.ts";

/** What a branch deploys: everything, or what goes before prod hubs alone, or prod hubs alone. */
export type Deploys = "all" | "staging" | "prod";

/** Whose canaries stand before a prod hub: those of its own cluster, or those of all clusters. */
export type Gate = "cluster" | "fleet";

export interface PlanInput {
  /** The commit before the change; empty where the changed files were given instead. */
  readonly base: string;
  /** The commit after the change; empty where the changed files were given instead. */
  readonly head: string;
  readonly clusters: readonly Cluster[];
  /** The files that were added or modified, as paths, or why that is unknown. */
  readonly changed: readonly string[] | { readonly everything: string };
  /** The files that were deleted, as paths: they upgrade nothing, but people should know. */
  readonly deleted: readonly string[];
  /** What changed in the `cluster.yaml` files among those, by their paths. */
  readonly clusterChanges: ReadonlyMap<string, ClusterChange>;
  /** Whether the keys that changed in a `cluster.yaml` decide, or the whole file does. */
  readonly byKeys: boolean;
  readonly rules: Rules;
  readonly deploys?: Deploys | undefined;
  readonly gate?: Gate;
  readonly waves?: Waves | undefined;
  readonly labels: LabelEffects;
  readonly notices?: readonly Notice[];
}
