import { context, type Expression } from "./expression.ts";

/** The parts of the {@link https://docs.github.com/actions/reference/workflows-and-actions/contexts#github-context github context} that hubwright's workflows read. */
export const github = {
  eventName: read<
    | "push"
    | "pull_request"
    | "merge_group"
    | "pull_request_target"
    | "workflow_run"
    | "workflow_dispatch"
    | "schedule"
  >("event_name"),
  /** The ref that started the run: `refs/heads/main`. */
  ref: read("ref"),
  /** The name of the branch that it is for. */
  refName: read("ref_name"),
  /** On a pull request: the branch that it goes to. */
  baseRef: read("base_ref"),
  /** Who started the run. */
  actor: read("actor"),
  /** On a push: the newest commit that it brings. */
  headCommit: {
    message: read("event", "head_commit", "message"),
    author: read("event", "head_commit", "author", "name"),
  },
  sha: read("sha"),
  token: read("token"),
  /** `owner/name`. */
  repository: read("repository"),
  /** `https://github.com`. */
  serverUrl: read("server_url"),
  runId: read("run_id"),
  /** Which attempt of the run this is, from 1. */
  runAttempt: read<number>("run_attempt"),
  workflow: read("workflow"),
  /** On a push: the commit before it, all zeros on a new branch. */
  pushBefore: read("event", "before"),
  /** What someone said who started the run by hand; empty text in any other run. */
  inputs: {
    releases: read("event", "inputs", "releases"),
    phase: read("event", "inputs", "phase"),
    dryRun: read("event", "inputs", "dry-run"),
  },
  /** In a merge queue: the commit that a group of pull requests is merged into. */
  mergeGroupBase: read("event", "merge_group", "base_sha"),
  pullRequestNumber: read<number>("event", "pull_request", "number"),
  /** The repository that the pull request's branch is in, `owner/name`. */
  pullRequestRepository: read("event", "pull_request", "head", "repo", "full_name"),
  /** The pull request's branch, a name that a fork chooses. */
  pullRequestBranch: read("event", "pull_request", "head", "ref"),
  /** The names of the pull request's labels. */
  pullRequestLabels: read<string[]>("event", "pull_request", "labels", "*", "name"),
  /** On a workflow_run: the run that is over. */
  workflowRun: {
    id: read<number>("event", "workflow_run", "id"),
    /** The name of its workflow. */
    name: read("event", "workflow_run", "name"),
    event: read("event", "workflow_run", "event"),
    conclusion: read("event", "workflow_run", "conclusion"),
    /** The commit that it ran for: on a pull request, the head of the pull request's branch. */
    headSha: read("event", "workflow_run", "head_sha"),
    /** The repository that the branch is in, `owner/name`. */
    headRepository: read("event", "workflow_run", "head_repository", "full_name"),
    /** The branch that it ran for, a name that a fork chooses. */
    headBranch: read("event", "workflow_run", "head_branch"),
    /** Where people look at it. */
    url: read("event", "workflow_run", "html_url"),
  },
} as const;

function read<Value = string>(...path: readonly string[]): Expression<Value> {
  return context("github", ...path);
}

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
