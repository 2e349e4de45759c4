import type { Fate } from "./fault.ts";
import type { Plain } from "./strict_dictionary.ts";

/** How a job, a leg or a step ended, as `needs.<job>.result` says. */
export type Result = "success" | "failure" | "cancelled" | "skipped";

/** Values by name, all of them text: variables, inputs, outputs. */
export type Texts = Readonly<Record<string, string>>;

/** What a call of a deployment command does. */
export interface Deployment {
  readonly action: "upgrade-support" | "upgrade-hub" | "check-hub";
  readonly cluster: string;
  /** The hub; `undefined` for the support chart. */
  readonly hub: string | undefined;
}

/** A deployment command that a step called. */
export interface DeploymentRecord extends Deployment {
  /** What went wrong with it; `undefined` where nothing did. */
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
  /** In the order of the matrix. */
  readonly legs: readonly LegRecord[];
  readonly outputs: Texts;
}

/** What became of a run of a workflow. */
export interface RunRecord {
  readonly path: string;
  readonly name: string;
  readonly event: string;
  readonly id: number;
  readonly conclusion: Result;
  readonly cancelled: boolean;
  /** In the order of the file. */
  readonly jobs: readonly JobRecord[];
}
