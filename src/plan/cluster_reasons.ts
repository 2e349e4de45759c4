import type { Cluster } from "./cluster.ts";
import type { Reach } from "./decision.ts";
import type { Cause } from "./reason.ts";
import { type Release, releasesOf } from "./releases.ts";

const NO_CAUSES: readonly Cause[] = [];

/** Why the releases of one cluster are upgraded. */
export class ClusterReasons {
  readonly #causes = new Map<string, readonly Cause[]>();

  constructor(readonly cluster: Cluster) {}

  get any(): boolean {
    return this.#causes.size > 0;
  }

  /** Its releases, each with the causes to upgrade it, if there are any. */
  get releases(): readonly (Release & { readonly causes: readonly Cause[] })[] {
    return releasesOf(this.cluster)
      .map((release) => ({ ...release, causes: this.causesOf(release.release) }));
  }

  get upgraded(): ClusterReasons["releases"] {
    return this.releases.filter(({ causes }) => causes.length > 0);
  }

  /** Why a release is upgraded, in the order in which that was found out; none where it is not. */
  causesOf(release: string): readonly Cause[] {
    return this.#causes.get(release) ?? NO_CAUSES;
  }

  /** What is upgraded of some of its releases. */
  only(isKept: (release: Release) => boolean): ClusterReasons {
    const kept = new ClusterReasons(this.cluster);
    for (const { release } of releasesOf(this.cluster).filter(isKept)) {
      kept.addTo(release, this.causesOf(release));
    }
    return kept;
  }

  /** Adds a cause to the releases that a rule reaches, and tells whether there are any. */
  add(reach: Reach, cause: Cause): boolean {
    const reached = reachedOf(this.cluster, reach);
    for (const { release } of reached) this.addTo(release, [cause]);
    return reached.length > 0;
  }

  addTo(release: string, causes: readonly Cause[]): void {
    if (causes.length > 0) this.#causes.set(release, [...this.causesOf(release), ...causes]);
  }
}

export function reachedOf(cluster: Cluster, reach: Reach): readonly Release[] {
  return releasesOf(cluster).filter(({ kind, release, phase, entry }) => {
    switch (reach.kind) {
      case "cluster":
        return true;
      case "release":
        return release === reach.release;
      case "all hubs":
        return phase !== "support";
      case "some hubs":
        return phase !== "support" && reach.includes(entry);
      case "staging hubs":
        return phase === "staging";
      case "all support charts":
        return kind === "support chart";
      case "before all hubs":
        return phase === "support";
    }
  });
}
