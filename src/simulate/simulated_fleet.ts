import { allLegs, deploymentsIn } from "./all_jobs.ts";
import type { Cluster } from "../plan/cluster.ts";
import { type LedgerRecord, releaseKey } from "../ledger/ledger_record.ts";
import { SUPPORT_CHART } from "../plan/releases.ts";
import type { FleetRelease, LegRecord, ReleaseRecord, RunRecord } from "./record.ts";
import type { Origin } from "./origin.ts";
import { type Release, releasesOf, upgradeOf } from "./release.ts";

type State = Omit<FleetRelease, "owed" | "upgraded">;

/**
 * What the releases of a fleet run, and what they should. It is kept from what the deployment
 * commands were called with and what each push calls for by itself, so that it can tell whether the
 * workflow and its record are right.
 */
export class SimulatedFleet {
  readonly #counted = new WeakSet<LegRecord>();
  #releases = new Map<string, State>();
  #upgraded = new Map<string, FleetRelease["upgraded"]>();

  constructor(private readonly origin: Pick<Origin, "isAncestor">) {}

  /** Takes in what releases there are; those that were there before run what they did. */
  know(clusters: readonly Cluster[], commit: string): void {
    if (clusters.length === 0) return;
    this.#releases = new Map(
      releasesOf(clusters).map((release) => {
        const key = keyOf(release);
        const known = this.#releases.get(key) ?? { runs: commit, sure: true, due: [] };
        return [key, { ...known, ...release }];
      }),
    );
  }

  /** Takes in what a push concerns; what a commit calls for that it replaced is void. */
  async push(concerned: readonly Release[], head: string): Promise<void> {
    const keys = new Set(concerned.map(keyOf));
    for (const [key, state] of this.#releases) {
      const due = await this.#reached(state.due, head);
      this.#releases.set(key, { ...state, due: keys.has(key) ? [...due, head] : due });
    }
  }

  /** Takes in what an attempt of a run deployed, and says what must never happen. */
  async take(
    run: RunRecord | undefined,
    sha: string,
    tip: string | undefined,
    releases: readonly ReleaseRecord[],
  ): Promise<readonly string[]> {
    const wrong: string[] = [];
    const legs = allLegs(run?.jobs ?? []).filter((leg) => !this.#counted.has(leg));
    this.#upgraded = new Map();
    for (const leg of legs) this.#counted.add(leg);
    const deployments = deploymentsIn(legs);
    for (const [key, state] of this.#releases) {
      const upgrade = upgradeOf(state, deployments);
      if (upgrade === undefined) continue;
      const { runs, due } = state;
      // Who takes the branch itself back means it.
      if (runs !== sha && sha !== tip && await this.origin.isAncestor(sha, runs)) {
        wrong.push(`${key} went back from ${short(runs)} to ${short(sha)}`);
      }
      const sure = upgrade.status === "deployed";
      const reached = await this.#reached(due, sha);
      const left = sure
        ? due.filter((commit) => !reached.includes(commit))
        : [...new Set([...due, sha])];
      this.#releases.set(key, { ...state, runs: sha, sure, due: left });
      this.#upgraded.set(key, upgrade.status);
      const failed = releases.find(({ cluster, kind, planned, status }) =>
        state.kind === "prod" && cluster === state.cluster && kind !== "prod" && planned &&
        status !== "deployed"
      );
      if (failed !== undefined) {
        wrong.push(`${key} was upgraded although the canary ${keyOf(failed)} did not succeed`);
      }
    }
    return wrong;
  }

  releases({ owed }: Pick<LedgerRecord, "owed">): readonly FleetRelease[] {
    const byKey = new Map(owed.map((each) => [releaseKey(each), each]));
    return [...this.#releases].map(([key, state]) => ({
      ...state,
      upgraded: this.#upgraded.get(key) ?? "",
      owed: byKey.get(key) ?? null,
    }));
  }

  /** What is owed and forgotten: no later run makes it up. */
  async forgotten({ as_of, owed }: LedgerRecord, tip: string): Promise<readonly string[]> {
    // After a force push, everything is planned.
    if (!await this.origin.isAncestor(as_of, tip)) return [];
    const known = new Set(owed.map(releaseKey));
    const lost: string[] = [];
    for (const [key, { due }] of this.#releases) {
      const [commit] = await this.#reached(due, as_of);
      if (commit !== undefined && !known.has(key)) {
        lost.push(`${key} needs an upgrade since ${short(commit)}, and that is forgotten`);
      }
    }
    return lost;
  }

  /** Which of some commits are in the history of another, itself included. */
  async #reached(commits: readonly string[], head: string): Promise<readonly string[]> {
    const reached = await Promise.all(
      commits.map((commit) => this.origin.isAncestor(commit, head)),
    );
    return commits.filter((_, index) => reached[index]);
  }
}

function keyOf({ cluster, hub }: Release): string {
  return releaseKey({ cluster, release: hub === "" ? SUPPORT_CHART : hub });
}

/** A commit as people read it. */
export function short(commit: string): string {
  return commit.slice(0, 12);
}
