import type { OwedUpgrade } from "../ledger/ledger_record.ts";
import type { Plain } from "./context_data.ts";

/** What can go wrong, with what is said of an upgrade or a check to which it happens. */
export const HAPPENED = {
  fail: "failed",
  cancel: "was cancelled",
  timeout: "timed out",
  lost: "lost its runner",
  "cancel-run": "was cancelled with the run",
} as const;
export type Fate = keyof typeof HAPPENED;
export const FATES = Object.keys(HAPPENED) as readonly Fate[];

/** What goes wrong, in the command that upgrades or checks a release, or in every leg of a job. */
export interface Fault {
  /** Where, as it is written: `staging:lake/staging`. */
  readonly target: string;
  /** The id of the job, or the command. */
  readonly job: string | undefined;
  readonly call: Deployment | undefined;
  readonly fate: Fate;
}

/** How a job, a leg or a step ended, as `needs.<job>.result` says. */
export type Result = "success" | "failure" | "cancelled" | "skipped";

export type Texts = Readonly<Record<string, string>>;

/** What a call of a deployment command does; `hub` is an add-on's name too, and no support chart's. */
export interface Deployment {
  readonly action: "upgrade-support" | "upgrade-hub" | "check-hub";
  readonly cluster: string;
  readonly hub: string | undefined;
}

export interface DeploymentRecord extends Deployment {
  readonly fate: Fate | undefined;
}

/** A message that GitHub shows beside the job. */
export interface Annotation {
  readonly level: "error" | "warning" | "notice";
  readonly message: string;
}

export interface StepRecord {
  readonly name: string;
  /** How it ended before `continue-on-error` was looked at. */
  readonly outcome: Result;
  readonly conclusion: Result;
  readonly log: string;
  readonly deployments: readonly DeploymentRecord[];
}

/** One leg's values of the matrix, by the names of the vectors. */
export type MatrixLeg = Readonly<Record<string, Plain>>;

/** What became of a leg of a job: a job without a matrix has one. */
export interface LegRecord {
  readonly name: string;
  readonly matrix: MatrixLeg;
  readonly result: Result;
  readonly lost: boolean;
  readonly steps: readonly StepRecord[];
  readonly outputs: Texts;
  readonly annotations: readonly Annotation[];
  readonly summary: string;
  /** The jobs of the workflow that it calls; absent where it has steps of its own. */
  readonly called?: readonly JobRecord[];
}

export interface JobRecord {
  readonly id: string;
  /** As it is written where it uses `matrix`: GitHub lists it so where no leg runs. */
  readonly name: string;
  readonly needs: readonly string[];
  readonly result: Result;
  /** What dependants see as its result, which `continue-on-error` makes a success. */
  readonly seen: Result;
  /** Why no leg ran; empty where one did. */
  readonly why: string;
  readonly legs: readonly LegRecord[];
  readonly outputs: Texts;
}

export interface RunRecord {
  readonly path: string;
  readonly name: string;
  readonly event: string;
  readonly id: number;
  readonly attempt: number;
  readonly conclusion: Result;
  readonly cancelled: boolean;
  readonly jobs: readonly JobRecord[];
}

/** A release and what became of it; its name is empty for the support chart. */
export interface ReleaseRecord {
  readonly kind: "support" | "staging" | "prod";
  readonly cluster: string;
  readonly hub: string;
  /** There where nothing checks it once it is upgraded. */
  readonly unchecked?: true;
  readonly planned: boolean;
  /**
   * `blocked` where the run says why it was not deployed, `dropped` where nothing says so, and
   * `planned` on a pull request, which deploys nothing.
   */
  readonly status: "deployed" | "failed" | "blocked" | "dropped" | "planned" | "not planned";
  /** Why it is not deployed; empty where it is. */
  readonly why: string;
}

export type SimulatedEvent = "push" | "pull_request" | "workflow_dispatch" | "schedule";

export interface Change {
  /** The commit before the change; for a pull request, the tip of its base branch. */
  readonly base: string;
  /** The commit after it, `HEAD` where absent; `WORKTREE` for the files on disk. */
  readonly head?: string | undefined;
  /** Whether what is pushed is the head merged into the base, and not the head itself. */
  readonly merged?: boolean | undefined;
  /** What happens; a push where absent. */
  readonly event?: SimulatedEvent | undefined;
  /** The branch that it is for; the default branch where absent. */
  readonly branch?: string | undefined;
  /** What someone says who starts the workflow by hand. */
  readonly inputs?: Texts;
  /** The commit of the default branch, where it is not the one that the run is for. */
  readonly tip?: string | undefined;
  /** Whether a commit that a force push replaced must stay unknown. */
  readonly forced?: boolean;
  readonly number?: number;
  /** The labels of the pull request, or of the one that the push merged. */
  readonly labels?: readonly string[];
}

export interface Trouble {
  readonly faults?: readonly Fault[];
  /** The actions to skip and treat as successful. */
  readonly skippedActions?: readonly string[];
}

export interface Simulation {
  readonly event: SimulatedEvent;
  /** The branch that it is about, where branches deploy different things. */
  readonly branch?: string;
  readonly base: string;
  readonly head: string;
  /** Whether all runs are green, and every planned release that is not deployed has a reason. */
  readonly green: boolean;
  readonly runs: readonly RunRecord[];
  readonly releases: readonly ReleaseRecord[];
  /** The comments on the pull request, where the API is the simulator's own. */
  readonly comments: readonly string[];
  readonly notices: readonly string[];
}

/** A release of a fleet after a step, and what it runs. */
export interface FleetRelease extends Pick<ReleaseRecord, "kind" | "cluster" | "hub"> {
  /** What became of its upgrade in this step; empty where none was begun. */
  readonly upgraded: "" | "deployed" | "failed";
  /** The commit to which it was upgraded last. */
  readonly runs: string;
  readonly sure: boolean;
  /** The pushes that call for an upgrade that it did not get since. */
  readonly due: readonly string[];
  /** What the record says that it is owed. */
  readonly owed: OwedUpgrade | null;
}

/** One step of a sequence, and how the fleet is after it. */
export interface StepOfSequence {
  /** As it was asked for. */
  readonly step: string;
  /** The run that deploys first, where one was started. */
  readonly runs: readonly RunRecord[];
  readonly releases: readonly FleetRelease[];
  /** The comments on the step's pull request. */
  readonly comments: readonly string[];
  readonly notices: readonly string[];
  /** What must never happen: an upgrade to an older commit, past a failed canary, or forgotten. */
  readonly wrong: readonly string[];
}
