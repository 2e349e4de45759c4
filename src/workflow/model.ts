import type { ActionRef } from "./action.ts";
import type { Expression } from "./expression.ts";
import type { Script } from "./script.ts";
import type { Value } from "./text.ts";

/** A scope of the {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#permissions workflow token}. */
export type PermissionScope = "actions" | "contents" | "deployments" | "id-token" | "pull-requests";

/** What a token may do in a scope, and why it has to. */
export interface Permission {
  /** The access. */
  readonly access: "read" | "write";
  /** The reason, for the comment beside it. */
  readonly why: string;
}

/** What a job's token may do. What is not named is not allowed. */
export type Permissions = Readonly<Partial<Record<PermissionScope, Permission>>>;

/** What every step has. */
export interface StepBase {
  /** The name in the log. */
  readonly name: string;
  /** The id under which its outputs are read. */
  readonly id?: string | undefined;
  /** When it runs; without one, where every step before succeeded. */
  readonly if?: Expression<unknown> | undefined;
  /** Environment variables of this step. */
  readonly env?: Readonly<Record<string, Value>> | undefined;
  /** A comment above it. */
  readonly comment?: string | undefined;
}

/** A step that runs a script. */
export interface RunStep extends StepBase {
  readonly kind: "run";
  /** The script. */
  readonly run: Script;
}

/** A step that uses an action. */
export interface UsesStep extends StepBase {
  readonly kind: "uses";
  /** The action. */
  readonly uses: ActionRef;
  /** The action's inputs. */
  readonly with?: Readonly<Record<string, Value>> | undefined;
}

/** A step of a job. */
export type StepModel = RunStep | UsesStep;

/** A job. */
export interface JobModel {
  /** The id under which other jobs need it. */
  readonly id: string;
  /** The name in the run's graph. */
  readonly name: Value;
  /** The comment above it: what it does and why. */
  readonly comment: string;
  /** The ids of the jobs that must be over first. */
  readonly needs: readonly string[];
  /** When it runs; without one, where every needed job succeeded. */
  readonly if?: Expression<unknown> | undefined;
  /** What its token may do. */
  readonly permissions: Permissions;
  /** The runner's label. */
  readonly runsOn: string;
  /** After how many minutes it is cancelled. */
  readonly timeoutMinutes: number;
  /** The list over which it is a matrix, one leg for each item, none stopping another. */
  readonly matrix?: Expression<unknown> | undefined;
  /** Its outputs. */
  readonly outputs: Readonly<Record<string, Expression<unknown>>>;
  /** Its steps. */
  readonly steps: readonly StepModel[];
}

/** What people may say when they start a workflow by hand. */
export interface DispatchInput {
  /** What it is, for the form that they fill in. */
  readonly description: string;
  /** A text, one of some texts, or yes or no. */
  readonly type: "string" | "choice" | "boolean";
  /** The texts to choose from, the usual one first. */
  readonly options?: readonly string[];
}

/** What starts a workflow. */
export interface Triggers {
  readonly push?: { readonly branches: readonly string[]; readonly paths?: readonly string[] };
  readonly pull_request?: {
    readonly branches?: readonly string[];
    readonly types?: readonly string[];
    readonly paths?: readonly string[];
  };
  readonly merge_group?: { readonly types: readonly string[] };
  readonly pull_request_target?: { readonly types: readonly string[] };
  readonly workflow_run?: {
    readonly workflows: readonly string[];
    readonly types: readonly string[];
  };
  readonly workflow_dispatch?: { readonly inputs: Readonly<Record<string, DispatchInput>> };
  readonly schedule?: readonly { readonly cron: string }[];
}

/** How runs of a workflow wait for each other. No run is cancelled for another. */
export interface Concurrency {
  /** Runs of the same group run one after the other. */
  readonly group: Value;
}

/** A workflow. */
export interface WorkflowModel {
  /** The path of its file, relative to the repository's root. */
  readonly file: string;
  /** The name in GitHub's list of workflows. */
  readonly name: string;
  /** The comment at the top of the file. */
  readonly header: string;
  /** What starts it. */
  readonly on: Triggers;
  /** How its runs wait for each other. */
  readonly concurrency?: Concurrency;
  /** Its jobs. */
  readonly jobs: readonly JobModel[];
}
