import type { Plain } from "./strict_dictionary.ts";

/** The zeros that take the place of a commit where there is none. */
export const NO_COMMIT = "0".repeat(40);

export interface RunEvent {
  readonly name: "push" | "pull_request" | "workflow_run";
  readonly ref: string;
  readonly sha: string;
  /** For a pull request, its base branch; otherwise empty. */
  readonly baseRef: string;
  /** For a pull request, its head branch; otherwise empty. */
  readonly headRef: string;
  /** The webhook's payload, `github.event`. */
  readonly payload: { readonly [key: string]: Plain };
}

/** The repository as payloads describe it. */
export interface RepositoryFacts {
  readonly repository: string;
  readonly defaultBranch: string;
  readonly serverUrl: string;
}

/**
 * A push to the default branch.
 *
 * @see {@link https://docs.github.com/webhooks/webhook-events-and-payloads#push}
 */
export function pushEvent(
  facts: RepositoryFacts,
  before: string,
  after: string,
  forced: boolean,
): RunEvent {
  const ref = `refs/heads/${facts.defaultBranch}`;
  return {
    name: "push",
    ref,
    sha: after,
    baseRef: "",
    headRef: "",
    payload: {
      ref,
      before,
      after,
      forced,
      created: before === NO_COMMIT,
      deleted: false,
      base_ref: null,
      compare: `${facts.serverUrl}/${facts.repository}/compare/${before.slice(0, 12)}...${
        after.slice(0, 12)
      }`,
      ...common(facts),
    },
  };
}

/** A pull request, as far as a simulation has one. */
export interface PullRequestFacts {
  readonly number: number;
  readonly head: string;
  readonly base: string;
  readonly headRef: string;
  readonly labels: readonly string[];
}

/**
 * A push to a pull request. The run is for a merge of it.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#pull_request}
 */
export function pullRequestEvent(
  facts: RepositoryFacts,
  { number, head, base, headRef, labels }: PullRequestFacts,
  merge: string,
): RunEvent {
  const repo = common(facts).repository;
  return {
    name: "pull_request",
    ref: `refs/pull/${number}/merge`,
    sha: merge,
    baseRef: facts.defaultBranch,
    headRef,
    payload: {
      action: "synchronize",
      number,
      pull_request: {
        number,
        state: "open",
        draft: false,
        merged: false,
        title: "A simulated pull request",
        html_url: `${facts.serverUrl}/${facts.repository}/pull/${number}`,
        user: { login: "simulated" },
        labels: labels.map((name, index) => ({ id: index + 1, name })),
        head: { ref: headRef, sha: head, repo },
        base: { ref: facts.defaultBranch, sha: base, repo },
      },
      ...common(facts),
    },
  };
}

/** A run that another run follows. */
export interface FinishedRun {
  readonly id: number;
  readonly name: string;
  readonly path: string;
  readonly conclusion: string;
  readonly event: RunEvent;
  /** The commit that people pushed: for a pull request its head, not the merge. */
  readonly headSha: string;
  readonly headBranch: string;
}

/**
 * The event that follows a run, once it is completed. It is for the default branch, whatever the run
 * was for, and a fork's pull requests are not listed.
 *
 * @see {@link https://docs.github.com/webhooks/webhook-events-and-payloads#workflow_run}
 */
export function workflowRunEvent(facts: RepositoryFacts, run: FinishedRun, sha: string): RunEvent {
  return {
    name: "workflow_run",
    ref: `refs/heads/${facts.defaultBranch}`,
    sha,
    baseRef: "",
    headRef: "",
    payload: {
      action: "completed",
      workflow_run: {
        id: run.id,
        name: run.name,
        path: run.path,
        run_number: 1,
        run_attempt: 1,
        event: run.event.name,
        status: "completed",
        conclusion: run.conclusion,
        head_branch: run.headBranch,
        head_sha: run.headSha,
        html_url: `${facts.serverUrl}/${facts.repository}/actions/runs/${run.id}`,
        pull_requests: [],
        head_repository: common(facts).repository,
        repository: common(facts).repository,
        actor: { login: "simulated" },
      },
      workflow: { name: run.name, path: run.path },
      ...common(facts),
    },
  };
}

function common({ repository, defaultBranch, serverUrl }: RepositoryFacts) {
  const [owner = "", name = ""] = repository.split("/");
  return {
    repository: {
      name,
      full_name: repository,
      owner: { login: owner },
      default_branch: defaultBranch,
      html_url: `${serverUrl}/${repository}`,
    },
    sender: { login: "simulated" },
  };
}
