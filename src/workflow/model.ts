import type { Expression } from "./expression.ts";
import type { Matrix } from "./job_matrix.ts";
import type { Script } from "./script.ts";
import type { Value } from "./text.ts";
import type { Triggers } from "./triggers.ts";

/** A scope of the {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#permissions workflow token}. */
export type PermissionScope =
  | "actions"
  | "artifact-metadata"
  | "attestations"
  | "checks"
  | "contents"
  | "deployments"
  | "discussions"
  | "id-token"
  | "issues"
  | "models"
  | "packages"
  | "pages"
  | "pull-requests"
  | "security-events"
  | "statuses";

/** What a job's token may do, and why it has to. What is not named is not allowed. */
export type Permissions = {
  readonly [Scope in PermissionScope]?: {
    readonly access: Scope extends "id-token" ? "write" : Scope extends "models" ? "read"
    : "read" | "write";
    readonly why: string;
  };
};

/** Names with their values, such as environment variables or inputs. */
export type Values = Readonly<Record<string, Value>>;

/** A value of one type, known now or in the run. */
export type ValueOf<Type> = Type | Expression<Type>;

/** An action: of the repository itself (`./path`), one whose commit the lock says, or at a commit. */
export type ActionRef =
  | { readonly kind: "local"; readonly path: string }
  | { readonly kind: "locked"; readonly name: string }
  | {
    readonly kind: "pinned";
    readonly name: string;
    readonly commit: string;
    readonly version: string;
  };

/** What every step has. */
export interface StepBase {
  /** The name in the log. */
  readonly name: string;
  /** The id under which later steps read its outputs. */
  readonly id?: string | undefined;
  /** When it runs; without one, where every step before it succeeded. */
  readonly if?: Expression<unknown> | undefined;
  /** Its environment variables. */
  readonly env?: Values | undefined;
  /** Whether the job goes on where the step fails. Default: it does not. */
  readonly continueOnError?: ValueOf<boolean> | undefined;
  /** How many minutes it may take. Default: as many as the job. */
  readonly timeoutMinutes?: ValueOf<number> | undefined;
  /** A comment above it. */
  readonly comment?: string | undefined;
}

/** A step that runs a script. */
export interface RunStep extends StepBase {
  /** What tells it apart from a step that uses an action. */
  readonly kind: "run";
  /** The script. */
  readonly run: Script;
  /** What runs the script. Default: the job's shell. */
  readonly shell?: string | undefined;
  /** The folder in which it runs. Default: the repository's root. */
  readonly workingDirectory?: Value | undefined;
}

/** A step that uses an action. */
export interface UsesStep extends StepBase {
  /** What tells it apart from a step that runs a script. */
  readonly kind: "uses";
  /** The action. */
  readonly uses: ActionRef;
  /** The action's inputs. */
  readonly with?: Values | undefined;
}

/** A step of a job. */
export type StepModel = RunStep | UsesStep;

/** A machine: one that has a label, or several, or that is in a group. */
export type Runner = Value | readonly Value[] | {
  readonly group: Value;
  readonly labels?: Value | readonly Value[] | undefined;
};

/** A container. */
export interface Container {
  /** Its image. */
  readonly image: Value;
  /** Who may pull the image. */
  readonly credentials?: { readonly username: Value; readonly password: Value } | undefined;
  /** Its environment variables. */
  readonly env?: Values | undefined;
  /** The ports that it opens, `5432` or `8080:80` for instance. */
  readonly ports?: readonly Value[] | undefined;
  /** The folders that it shares with the machine, `/data:/data` for instance. */
  readonly volumes?: readonly Value[] | undefined;
  /** Further options of `docker create`. */
  readonly options?: Value | undefined;
}

/** What a job deploys to: its rules hold the job back, and its secrets are in reach. */
export interface Environment {
  /** Its name. */
  readonly name: Value;
  /** Where people see what is deployed. */
  readonly url?: Value | undefined;
  /** Whether GitHub records a deployment. Default: it does. */
  readonly deployment?: boolean | undefined;
}

/** Runs of one group run one after the other. */
export interface Concurrency {
  /** The group's name. */
  readonly group: Value;
  /** Which runs may wait: all, or the newest alone. Default: all, unless a newer run cancels. */
  readonly queue?: "max" | "single" | undefined;
  /** Whether a newer run cancels the one that is running. Default: it does not. */
  readonly cancelInProgress?: ValueOf<boolean> | undefined;
}

/** A call of another workflow. */
export interface WorkflowCall {
  /** The workflow: a file of this repository, or of another at a commit. */
  readonly uses: ActionRef;
  /** What it is given. */
  readonly with?: Values | undefined;
  /** The secrets that it is given. */
  readonly secrets?: Readonly<Record<string, Expression<string>>> | undefined;
  /** The names of what it gives back. */
  readonly outputs: readonly string[];
}

/** A job of a workflow. */
export interface JobModel {
  /** The id under which other jobs need it. */
  readonly id: string;
  /** The name in the list of checks. */
  readonly name: Value;
  /** The comment above it: what it does and why. */
  readonly comment: string;
  /** The ids of the jobs that must be over first. */
  readonly needs: readonly string[];
  /** When it runs; without one, where every job that it needs succeeded. */
  readonly if?: Expression<unknown> | undefined;
  /** What its token may do. */
  readonly permissions: Permissions;
  /** The machine that it runs on. */
  readonly runsOn: Runner;
  /** How many minutes it may take. */
  readonly timeoutMinutes: ValueOf<number>;
  /** Whether the run goes on as if it had succeeded where it fails. Default: it does not. */
  readonly continueOnError?: ValueOf<boolean> | undefined;
  /** What it deploys to. */
  readonly environment?: Environment | undefined;
  /** The container that its steps run in. */
  readonly container?: Container | undefined;
  /** Containers beside it, by the names under which it reaches them. */
  readonly services?: Readonly<Record<string, Container>> | undefined;
  /** What runs its scripts. Default: the workflow's shell. */
  readonly shell?: string | undefined;
  /** The environment variables of all its steps. */
  readonly env?: Values | undefined;
  /** What it is a matrix over: a list, one leg for each item, or several names. */
  readonly matrix?: Matrix | undefined;
  /** Whether a leg that fails stops the others. Default: it does not. */
  readonly failFast?: ValueOf<boolean> | undefined;
  /** How many legs may run at once. Default: as many as there are machines. */
  readonly maxParallel?: ValueOf<number> | undefined;
  /** Which of its runs wait for each other. */
  readonly concurrency?: Concurrency | undefined;
  /** The workflow that it calls; then it has no steps, and runs on no machine of its own. */
  readonly calls?: WorkflowCall | undefined;
  /** What jobs that need it read. */
  readonly outputs: Readonly<Record<string, Expression<unknown>>>;
  /** What it does, in this order. */
  readonly steps: readonly StepModel[];
}

/** A workflow, as plain data. */
export interface WorkflowModel {
  /** The path of its file, relative to the repository's root. */
  readonly file: string;
  /** The name in the list of workflows. */
  readonly name: string;
  /** The comment at the top of the file. */
  readonly header: string;
  /** What starts it. */
  readonly on: Triggers;
  /** The name of a run in the list of runs. */
  readonly runName?: Value | undefined;
  /** Which of its runs wait for each other. */
  readonly concurrency?: Concurrency | undefined;
  /** The environment variables of all its steps. */
  readonly env?: Values | undefined;
  /** What runs its scripts. Default: `bash`. */
  readonly shell?: string | undefined;
  /** What a workflow that calls it reads, of the outputs of its jobs. */
  readonly outputs?: Readonly<Record<string, Expression<unknown>>> | undefined;
  /** Its jobs, which run in parallel but for what they need. */
  readonly jobs: readonly JobModel[];
}
