import { decide, type PlanInput } from "../plan/decide.ts";
import type { Reasons } from "../plan/reason.ts";
import type { ReleaseKind } from "./explanation.ts";

/** A release that a file reaches. */
export interface ReachedRelease {
  /** The cluster's name. */
  readonly cluster: string;
  /** What it is. */
  readonly kind: ReleaseKind;
  /** The hub's name; `null` for the support chart. */
  readonly hub: string | null;
  /** The rules that say so. */
  readonly rules: readonly string[];
}

/** Which releases a change to a file upgrades. */
export interface FileExplanation {
  /** The file's path. */
  readonly file: string;
  /** Whether the rules look at it at all: whether a change to it starts the workflow. */
  readonly concerns: boolean;
  /** The releases, by cluster: the support chart, the staging hubs, the prod hubs. */
  readonly releases: readonly ReachedRelease[];
}

/**
 * Says which releases a change to one file upgrades. Of a `cluster.yaml` it is the most that a
 * change can reach; which of its keys change decides, with `precision: "hub"`.
 */
export function explainFile(input: PlanInput, file: string): FileExplanation {
  const { clusters } = decide({
    ...input,
    changed: [file],
    precise: input.precise === undefined ? undefined : { deleted: [], clusterChanges: new Map() },
  });
  const rules = ({ causes }: Reasons) => [...new Set(causes.map(({ rule }) => rule))].sort();
  return {
    file,
    concerns: input.rules.concerns(file),
    releases: clusters.flatMap(({ cluster, support, hubs }) => {
      const reached = (staging: boolean) =>
        cluster.hubs.filter((hub) => hub.staging === staging).flatMap(({ name }) => {
          const reasons = hubs.get(name);
          return reasons?.any ? [{ name, rules: rules(reasons) }] : [];
        }).map(({ name, rules }): ReachedRelease => ({
          cluster: cluster.name,
          kind: staging ? "staging hub" : "prod hub",
          hub: name,
          rules,
        }));
      const chart: readonly ReachedRelease[] = support.any
        ? [{ cluster: cluster.name, kind: "support chart", hub: null, rules: rules(support) }]
        : [];
      return [...chart, ...reached(true), ...reached(false)];
    }),
  };
}
