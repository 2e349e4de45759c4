import type { Deployment } from "./deploy_command.ts";
import type { Fate } from "./fault.ts";
import type { Result } from "./needs.ts";
import type { MatrixLeg } from "./matrix.ts";

/** A deployment command that a step called. */
export interface DeploymentRecord extends Deployment {
  /** What befell it; `undefined` where it went well. */
  readonly fate: Fate | undefined;
}

/** What a step said of a file or of the run: what GitHub shows beside the job. */
export interface Annotation {
  /** How bad it is. */
  readonly level: "error" | "warning" | "notice";
  /** What it says. */
  readonly message: string;
}

/** What became of a step. */
export interface StepRecord {
  /** Its name, or what stands in its place on GitHub. */
  readonly name: string;
  /** How it ended before `continue-on-error` was looked at. */
  readonly outcome: Result;
  /** How it ended. */
  readonly conclusion: Result;
  /** What it printed, or why it did nothing. */
  readonly log: string;
  /** The deployment commands that it called. */
  readonly deployments: readonly DeploymentRecord[];
}

/** What became of a leg of a job: a job without a matrix has one. */
export interface LegRecord {
  /** Its name. */
  readonly name: string;
  /** Its values of the matrix. */
  readonly matrix: MatrixLeg;
  /** How it ended. */
  readonly result: Result;
  /** Whether its runner was lost. */
  readonly lost: boolean;
  /** Its steps, as far as it came. */
  readonly steps: readonly StepRecord[];
  /** The outputs that it sent. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What its steps annotated. */
  readonly annotations: readonly Annotation[];
  /** Its summary, in Markdown. */
  readonly summary: string;
}

/** What became of a job. */
export interface JobRecord {
  /** Its id. */
  readonly id: string;
  /** The jobs that it needs. */
  readonly needs: readonly string[];
  /** How it ended. */
  readonly result: Result;
  /** What dependants see as its result, which `continue-on-error` makes a success. */
  readonly seen: Result;
  /** Why no leg ran; empty where one did. */
  readonly why: string;
  /** Its legs, in the order of the matrix. */
  readonly legs: readonly LegRecord[];
  /** Its outputs. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** What became of a run of a workflow. */
export interface RunRecord {
  /** The workflow's file. */
  readonly path: string;
  /** The workflow's name. */
  readonly name: string;
  /** The event that started it. */
  readonly event: string;
  /** The run's id. */
  readonly id: number;
  /** How it ended. */
  readonly conclusion: Result;
  /** Whether somebody cancelled it. */
  readonly cancelled: boolean;
  /** Its jobs, in the order of the file. */
  readonly jobs: readonly JobRecord[];
}
