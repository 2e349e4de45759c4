import type { Fault } from "./fault.ts";
import type { RunRecord } from "./record.ts";
import type { ReleaseRecord } from "./release.ts";

export interface Change {
  /** The commit before the change; for a pull request, the tip of its base branch. */
  readonly base: string;
  /** The commit after it, `HEAD` where absent; `WORKTREE` for the files on disk. */
  readonly head?: string | undefined;
  /** Whether what is pushed is the head merged into the base, and not the head itself. */
  readonly merged?: boolean | undefined;
  /** What happens; a push where absent. */
  readonly event?: "push" | "pull_request" | undefined;
  /** The labels of the pull request, or of the one that the push merged. */
  readonly labels?: readonly string[];
}

/** How a simulation departs from what should happen. */
export interface Trouble {
  readonly faults?: readonly Fault[];
  /** The actions that are taken for done without running. */
  readonly skippedActions?: readonly string[];
}

export interface Simulation {
  readonly event: "push" | "pull_request";
  /** The commit before the change. */
  readonly base: string;
  readonly head: string;
  /** Whether all runs are green, and every planned release that is not deployed has a reason. */
  readonly green: boolean;
  /** In the order in which they started. */
  readonly runs: readonly RunRecord[];
  readonly releases: readonly ReleaseRecord[];
  /** The comments on the pull request, where the API is the simulator's own. */
  readonly comments: readonly string[];
  /** What people should know. */
  readonly notices: readonly string[];
}
