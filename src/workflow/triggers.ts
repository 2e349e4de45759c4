/** What people may say when they start a workflow by hand. */
export interface DispatchInput {
  /** What it is for. */
  readonly description: string;
  /** What may be said: any text, one of the options, yes and no, a number, or an environment. */
  readonly type: "string" | "choice" | "boolean" | "number" | "environment";
  /** The texts to choose from, the usual one first. */
  readonly options?: readonly string[];
  /** What counts where nothing is said. Default: the first option, false, or empty text. */
  readonly default?: string | number | boolean;
  /** Whether something has to be said. Default: no. */
  readonly required?: boolean;
}

/** What a workflow that is called may be given. */
export interface CallInput {
  /** What it is for. */
  readonly description: string;
  /** What may be given. */
  readonly type: "string" | "boolean" | "number";
  /** What counts where nothing is given. */
  readonly default?: string | number | boolean;
  /** Whether it has to be given. Default: no. */
  readonly required?: boolean;
}

/** A secret that a workflow that is called may be given. */
export interface CallSecret {
  /** What it is for. */
  readonly description: string;
  /** Whether it has to be given. Default: no. */
  readonly required?: boolean;
}

/** What happened, where an event has several kinds. */
export type EventTypes = {
  /** What happened: `published` for instance. */
  readonly types?: readonly string[];
};

/**
 * The {@link https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows events} that start a workflow:
 * those that only who may write to the repository causes, and those of pull requests of which the
 * lint rules know what a stranger can do with them. A list of patterns takes exceptions, with `!`.
 */
export interface Triggers {
  /** A push. */
  readonly push?: {
    readonly branches?: readonly string[];
    readonly tags?: readonly string[];
    readonly paths?: readonly string[];
  };
  /** A pull request, with the code that it brings. */
  readonly pull_request?: EventTypes & {
    readonly branches?: readonly string[];
    readonly paths?: readonly string[];
  };
  /** A group of pull requests in a merge queue. */
  readonly merge_group?: EventTypes;
  /** A pull request, with the code of the branch that it goes to. */
  readonly pull_request_target?: EventTypes & {
    readonly branches?: readonly string[];
    readonly paths?: readonly string[];
  };
  /** Another workflow's run. */
  readonly workflow_run?: EventTypes & {
    readonly workflows: readonly string[];
    readonly branches?: readonly string[];
  };
  /** A call of the API, of a type that the caller chooses. */
  readonly repository_dispatch?: EventTypes;
  /** A release. */
  readonly release?: EventTypes;
  /** A new branch or tag. */
  readonly create?: Record<never, never>;
  /** A branch or a tag that is gone. */
  readonly delete?: Record<never, never>;
  /** A deployment. */
  readonly deployment?: Record<never, never>;
  /** What has become of a deployment. */
  readonly deployment_status?: Record<never, never>;
  /** What has become of a commit. */
  readonly status?: Record<never, never>;
  /** A check of another app. */
  readonly check_run?: EventTypes;
  /** The checks of another app. */
  readonly check_suite?: EventTypes;
  /** A package. */
  readonly registry_package?: EventTypes;
  /** A build of the repository's pages. */
  readonly page_build?: Record<never, never>;
  /** A rule that protects a branch. */
  readonly branch_protection_rule?: EventTypes;
  /** A label of the repository. */
  readonly label?: EventTypes;
  /** A milestone. */
  readonly milestone?: EventTypes;
  /** The repository becomes public. */
  readonly public?: Record<never, never>;
  /** Someone who starts it by hand. */
  readonly workflow_dispatch?: { readonly inputs: Readonly<Record<string, DispatchInput>> };
  /** Another workflow, as a job of its own. */
  readonly workflow_call?: {
    readonly inputs?: Readonly<Record<string, CallInput>>;
    readonly secrets?: Readonly<Record<string, CallSecret>>;
  };
  /** A time, in UTC. */
  readonly schedule?: readonly { readonly cron: string }[];
}

/** The events of {@linkcode Triggers}. */
export const EVENTS: readonly (keyof Triggers)[] = Object.keys(
  {
    push: true,
    pull_request: true,
    merge_group: true,
    pull_request_target: true,
    workflow_run: true,
    repository_dispatch: true,
    release: true,
    create: true,
    delete: true,
    deployment: true,
    deployment_status: true,
    status: true,
    check_run: true,
    check_suite: true,
    registry_package: true,
    page_build: true,
    branch_protection_rule: true,
    label: true,
    milestone: true,
    public: true,
    workflow_dispatch: true,
    workflow_call: true,
    schedule: true,
  } satisfies Record<keyof Triggers, true>,
) as (keyof Triggers)[];
