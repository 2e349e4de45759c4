import { context, type Expression } from "./expression.ts";

/** The parts of the {@link https://docs.github.com/actions/reference/workflows-and-actions/contexts#github-context github context} that hubwright's workflows read. */
export const github = {
  /** The event that started the run. */
  eventName: context<
    | "push"
    | "pull_request"
    | "merge_group"
    | "pull_request_target"
    | "workflow_run"
    | "workflow_dispatch"
    | "schedule"
  >("github", "event_name"),
  /** The ref that started the run: `refs/heads/main`. */
  ref: context<string>("github", "ref"),
  /** The commit that started the run. */
  sha: context<string>("github", "sha"),
  /** The token of the job. */
  token: context<string>("github", "token"),
  /** `owner/name`. */
  repository: context<string>("github", "repository"),
  /** `https://github.com`. */
  serverUrl: context<string>("github", "server_url"),
  /** The id of the run. */
  runId: context<string>("github", "run_id"),
  /** Which attempt of the run this is, from 1. */
  runAttempt: context<number>("github", "run_attempt"),
  /** The name of the workflow. */
  workflow: context<string>("github", "workflow"),
  /** On a push: the commit before it, all zeros on a new branch. */
  pushBefore: context<string>("github", "event", "before"),
  /** What someone said who started the run by hand; empty text in any other run. */
  inputs: {
    releases: context<string>("github", "event", "inputs", "releases"),
    phase: context<string>("github", "event", "inputs", "phase"),
    dryRun: context<string>("github", "event", "inputs", "dry-run"),
  },
  /** In a merge queue: the commit that a group of pull requests is merged into. */
  mergeGroupBase: context<string>("github", "event", "merge_group", "base_sha"),
  /** On a pull request: its number. */
  pullRequestNumber: context<number>("github", "event", "pull_request", "number"),
  /** On a pull request: the repository that its branch is in, `owner/name`. */
  pullRequestRepository: context<string>(
    ...["github", "event", "pull_request", "head", "repo", "full_name"],
  ),
  /** On a pull request: its branch, a name that a fork chooses. */
  pullRequestBranch: context<string>("github", "event", "pull_request", "head", "ref"),
  /** On a pull request: the names of its labels. */
  pullRequestLabels: context<string[]>("github", "event", "pull_request", "labels", "*", "name"),
  /** On a workflow_run: the run that is over. */
  workflowRun: {
    /** Its id. */
    id: context<number>("github", "event", "workflow_run", "id"),
    /** The event that started it. */
    event: context<string>("github", "event", "workflow_run", "event"),
    /** How it ended. */
    conclusion: context<string>("github", "event", "workflow_run", "conclusion"),
    /** The commit that it ran for: on a pull request, the head of the pull request's branch. */
    headSha: context<string>("github", "event", "workflow_run", "head_sha"),
    /** The repository that the branch is in, `owner/name`. */
    headRepository: context<string>(
      ...["github", "event", "workflow_run", "head_repository", "full_name"],
    ),
    /** The branch that it ran for, a name that a fork chooses. */
    headBranch: context<string>("github", "event", "workflow_run", "head_branch"),
    /** Where people look at it. */
    url: context<string>("github", "event", "workflow_run", "html_url"),
  },
} as const;

/** How GitHub lets a secret be called. */
const SECRET_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * A secret of the repository.
 *
 * @param name The secret's name.
 * @returns Its value.
 * @throws {TypeError} If it is not a name, an expression for instance: which secrets a step sees has
 * to be known when the workflow is generated.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { secret } from "./github_context.ts";
 *
 * assert(secret("SLACK_WEBHOOK").text === "secrets.SLACK_WEBHOOK");
 * ```
 */
export function secret(name: string): Expression<string> {
  if (typeof name === "string" && SECRET_NAME.test(name)) return context("secrets", name);
  const found = typeof name === "string" ? JSON.stringify(name) : "something that is not text";
  throw new TypeError(
    `Cannot use a secret: expected its name, such as DEPLOYER_KEY, found ${found}; the name has ` +
      "to be known when the workflow is generated",
  );
}
