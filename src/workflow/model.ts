import type { Expression } from "./expression.ts";
import type { Script } from "./script.ts";
import type { Value } from "./text.ts";

/** A scope of the {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#permissions workflow token}. */
export type PermissionScope =
  | "actions"
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
export type Permissions = Readonly<
  Partial<Record<PermissionScope, { readonly access: "read" | "write"; readonly why: string }>>
>;

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
  readonly env?: Readonly<Record<string, Value>> | undefined;
  /** A comment above it. */
  readonly comment?: string | undefined;
}

/** A step that runs a script. */
export interface RunStep extends StepBase {
  /** What tells it apart from a step that uses an action. */
  readonly kind: "run";
  /** The script. */
  readonly run: Script;
}

/** A step that uses an action. */
export interface UsesStep extends StepBase {
  /** What tells it apart from a step that runs a script. */
  readonly kind: "uses";
  /** The action. */
  readonly uses: ActionRef;
  /** The action's inputs. */
  readonly with?: Readonly<Record<string, Value>> | undefined;
}

/** A step of a job. */
export type StepModel = RunStep | UsesStep;

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
  /** The label of the machine that it runs on. */
  readonly runsOn: string;
  /** How many minutes it may take. */
  readonly timeoutMinutes: number;
  /** The list over which it is a matrix, one leg for each item, none stopping another. */
  readonly matrix?: Expression<unknown> | undefined;
  /** What jobs that need it read. */
  readonly outputs: Readonly<Record<string, Expression<unknown>>>;
  /** What it does, in this order. */
  readonly steps: readonly StepModel[];
}

/** What people may say when they start a workflow by hand: a text, one of some, or yes or no. */
export interface DispatchInput {
  /** What it is for. */
  readonly description: string;
  /** What may be said: any text, one of the options, or yes and no. */
  readonly type: "string" | "choice" | "boolean";
  /** The texts to choose from, the usual one first. */
  readonly options?: readonly string[];
}

/** The {@link https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows events} that start a workflow. */
export interface Triggers {
  /** A push. */
  readonly push?: { readonly branches: readonly string[]; readonly paths?: readonly string[] };
  /** A pull request, with the code that it brings. */
  readonly pull_request?: {
    readonly branches?: readonly string[];
    readonly types?: readonly string[];
    readonly paths?: readonly string[];
  };
  /** A group of pull requests in a merge queue. */
  readonly merge_group?: { readonly types: readonly string[] };
  /** A pull request, with the code of the branch that it goes to. */
  readonly pull_request_target?: { readonly types: readonly string[] };
  /** Another workflow's run. */
  readonly workflow_run?: {
    readonly workflows: readonly string[];
    readonly types: readonly string[];
  };
  /** Someone who starts it by hand. */
  readonly workflow_dispatch?: { readonly inputs: Readonly<Record<string, DispatchInput>> };
  /** A time, in UTC. */
  readonly schedule?: readonly { readonly cron: string }[];
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
  /** Runs of the same group run one after the other; none is cancelled for another. */
  readonly concurrency?: { readonly group: Value };
  /** Its jobs, which run in parallel but for what they need. */
  readonly jobs: readonly JobModel[];
}
