import type { Expression } from "./expression.ts";
import type { Script } from "./script.ts";
import type { Value } from "./text.ts";

/** A scope of the {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#permissions workflow token}. */
type PermissionScope = "actions" | "contents" | "deployments" | "id-token" | "pull-requests";

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

export interface StepBase {
  readonly name: string;
  readonly id?: string | undefined;
  readonly if?: Expression<unknown> | undefined;
  readonly env?: Readonly<Record<string, Value>> | undefined;
  /** A comment above it. */
  readonly comment?: string | undefined;
}

export interface RunStep extends StepBase {
  readonly kind: "run";
  readonly run: Script;
}

export interface UsesStep extends StepBase {
  readonly kind: "uses";
  readonly uses: ActionRef;
  readonly with?: Readonly<Record<string, Value>> | undefined;
}

export type StepModel = RunStep | UsesStep;

export interface JobModel {
  /** The id under which other jobs need it. */
  readonly id: string;
  readonly name: Value;
  /** The comment above it: what it does and why. */
  readonly comment: string;
  /** The ids of the jobs that must be over first. */
  readonly needs: readonly string[];
  readonly if?: Expression<unknown> | undefined;
  readonly permissions: Permissions;
  readonly runsOn: string;
  readonly timeoutMinutes: number;
  /** The list over which it is a matrix, one leg for each item, none stopping another. */
  readonly matrix?: Expression<unknown> | undefined;
  readonly outputs: Readonly<Record<string, Expression<unknown>>>;
  readonly steps: readonly StepModel[];
}

type Texts = readonly string[];

/** What people may say when they start a workflow by hand: a text, one of some, or yes or no. */
export interface DispatchInput {
  readonly description: string;
  readonly type: "string" | "choice" | "boolean";
  /** The texts to choose from, the usual one first. */
  readonly options?: Texts;
}

export interface Triggers {
  readonly push?: { readonly branches: Texts; readonly paths?: Texts };
  readonly pull_request?: {
    readonly branches?: Texts;
    readonly types?: Texts;
    readonly paths?: Texts;
  };
  readonly merge_group?: { readonly types: Texts };
  readonly pull_request_target?: { readonly types: Texts };
  readonly workflow_run?: { readonly workflows: Texts; readonly types: Texts };
  readonly workflow_dispatch?: { readonly inputs: Readonly<Record<string, DispatchInput>> };
  readonly schedule?: readonly { readonly cron: string }[];
}

export interface WorkflowModel {
  /** The path of its file, relative to the repository's root. */
  readonly file: string;
  readonly name: string;
  /** The comment at the top of the file. */
  readonly header: string;
  readonly on: Triggers;
  /** Runs of the same group run one after the other; none is cancelled for another. */
  readonly concurrency?: { readonly group: Value };
  readonly jobs: readonly JobModel[];
}
