import type { Plain } from "./context_data.ts";
import type { RunRecord } from "./record.ts";
import { UserError } from "../errors.ts";
import { parsePattern } from "../plan/pattern.ts";
import { unmodelled, type Workflow } from "./workflow_file.ts";

/** The zeros that take the place of a commit where there is none. */
export const NO_COMMIT = "0".repeat(40);

export interface RunEvent {
  readonly name: "push" | "pull_request" | "workflow_run" | "workflow_dispatch" | "schedule";
  readonly ref: string;
  readonly sha: string;
  /** The commit that people pushed: for a pull request its head, not the merge. */
  readonly headSha: string;
  /** For a pull request, its base branch; otherwise empty. */
  readonly baseRef: string;
  /** For a pull request, its head branch; otherwise empty. */
  readonly headRef: string;
  /** The webhook's payload, `github.event`. */
  readonly payload: { readonly [key: string]: Plain };
}

export interface RepositoryFacts {
  readonly repository: string;
  readonly defaultBranch: string;
  readonly serverUrl: string;
}

function onDefaultBranch(
  name: RunEvent["name"],
  facts: RepositoryFacts,
  sha: string,
  payload: RunEvent["payload"],
): RunEvent {
  const ref = `refs/heads/${facts.defaultBranch}`;
  return {
    name,
    ref,
    sha,
    headSha: sha,
    baseRef: "",
    headRef: "",
    payload: { ...common(facts), ...payload },
  };
}

/** A {@link https://docs.github.com/webhooks/webhook-events-and-payloads#push push} to the default branch. */
export function pushEvent(
  facts: RepositoryFacts,
  before: string,
  after: string,
  forced: boolean,
): RunEvent {
  const ref = `refs/heads/${facts.defaultBranch}`;
  const range = `${before.slice(0, 12)}...${after.slice(0, 12)}`;
  const compare = `${pageOf(facts)}/compare/${range}`;
  const created = before === NO_COMMIT;
  const push = { ref, before, after, forced, created, deleted: false, base_ref: null, compare };
  const author = { name: "Simulated", email: "simulated@example.org", username: "simulated" };
  const head_commit = { id: after, message: "A simulated push", author };
  return onDefaultBranch("push", facts, after, { ...push, head_commit });
}

/** A push to a {@link https://docs.github.com/webhooks/webhook-events-and-payloads#pull_request pull request}. The run is for a merge of it. */
export function pullRequestEvent(
  facts: RepositoryFacts,
  { number, head, base, headRef, labels }: Readonly<
    Record<"head" | "base" | "headRef", string> & { number: number; labels: readonly string[] }
  >,
  merge: string,
): RunEvent {
  const { defaultBranch } = facts;
  const { repository: repo } = common(facts);
  const pull_request = {
    ...{ number, state: "open", draft: false, merged: false, title: "A simulated pull request" },
    html_url: `${pageOf(facts)}/pull/${number}`,
    user: ACTOR,
    labels: labels.map((name, index) => ({ id: index + 1, name })),
    head: { ref: headRef, sha: head, repo },
    base: { ref: defaultBranch, sha: base, repo },
  };
  return {
    name: "pull_request",
    ref: `refs/pull/${number}/merge`,
    sha: merge,
    headSha: head,
    baseRef: defaultBranch,
    headRef,
    payload: { action: "synchronize", number, pull_request, ...common(facts) },
  };
}

/** Someone {@link https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflow_dispatch starts the workflow by hand}, on the default branch, or the clock does. */
export function startEvent(
  facts: RepositoryFacts,
  name: "workflow_dispatch" | "schedule",
  sha: string,
  inputs: Readonly<Record<string, string>> = {},
): RunEvent {
  const ref = `refs/heads/${facts.defaultBranch}`;
  // What GitHub leaves out is null to an expression.
  const missing = { before: null, head_commit: null };
  return onDefaultBranch(name, facts, sha, {
    ...{ ref, ...missing },
    ...name === "schedule" ? {} : { inputs },
  });
}

/**
 * The event that follows a run, once it is completed. It is for the default branch, whatever the run
 * was for, and a fork's pull requests are not listed.
 *
 * @see {@link https://docs.github.com/webhooks/webhook-events-and-payloads#workflow_run}
 */
export function workflowRunEvent(
  facts: RepositoryFacts,
  { id, attempt, name, path, conclusion }: Omit<RunRecord, "jobs" | "cancelled" | "event">,
  event: RunEvent,
  sha: string,
): RunEvent {
  const { repository } = common(facts);
  const workflow_run = {
    ...{ id, name, path, run_number: 1, run_attempt: attempt, event: event.name },
    ...{ status: "completed", conclusion, pull_requests: [], actor: ACTOR },
    ...{ head_branch: event.headRef || facts.defaultBranch, head_sha: event.headSha },
    html_url: `${pageOf(facts)}/actions/runs/${id}`,
    head_repository: repository,
    repository,
  };
  const payload = { action: "completed", workflow_run, workflow: { name, path } };
  return onDefaultBranch("workflow_run", facts, sha, payload);
}

const ACTOR = { login: "simulated" };

function pageOf({ serverUrl, repository }: RepositoryFacts): string {
  return `${serverUrl}/${repository}`;
}

function common(facts: RepositoryFacts) {
  const { repository: full_name, defaultBranch: default_branch } = facts;
  const [login = "", name = ""] = full_name.split("/");
  const html_url = pageOf(facts);
  return {
    // Not there at all on GitHub, where reading it gives null.
    inputs: null,
    repository: { name, full_name, owner: { login }, default_branch, html_url },
    sender: ACTOR,
  };
}

/** GitHub compares {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#git-diff-comparisons so many files} of a change with the path filters. */
const MOST_FILES = 300;

/** The activity types that start a workflow that names none. */
const USUAL_TYPES = ["opened", "synchronize", "reopened"];

/** Whether an event {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#on starts a run} of a workflow. */
export function isTriggered(
  { on, path }: Pick<Workflow, "on" | "path">,
  event: RunEvent,
  changed: readonly string[] | undefined,
): boolean {
  const { name, payload } = event;
  if (name === "workflow_run") {
    const { workflows = [], types = ["completed"], branches } = on.workflow_run ?? {};
    if (branches !== undefined) throw unmodelled(`"on.workflow_run.branches"`, path);
    const { name } = payload.workflow as { readonly name: string };
    return workflows.includes(name) && types.includes("completed");
  }
  if (name === "schedule" || name === "workflow_dispatch") return on[name] !== undefined;
  const filter = on[name];
  if (filter === undefined) return false;
  const branch = name === "push" ? event.ref.replace(/^refs\/heads\//, "") : event.baseRef;
  if (filter.branches !== undefined && !matches(filter.branches, branch, path)) return false;
  if (name === "pull_request") {
    if (!(filter.types ?? USUAL_TYPES).includes(String(payload.action))) return false;
  } else if (filter.types !== undefined) throw unmodelled(`"on.push.types"`, path);
  const { paths } = filter;
  if (paths === undefined || changed === undefined) return true;
  if (changed.slice(0, MOST_FILES).some((name) => matches(paths, name, path))) return true;
  if (changed.length <= MOST_FILES) return false;
  throw new UserError({
    file: path,
    message: `Cannot tell whether a change of ${changed.length} files starts it: GitHub looks at ` +
      `${MOST_FILES} of them`,
  });
}

/** Of patterns in order the last that matches decides: a leading `!` takes back. */
function matches(patterns: readonly string[], name: string, file: string): boolean {
  let matched = false;
  for (const text of patterns) {
    const pattern = parsePattern(text);
    if (typeof pattern === "string") throw unmodelled(`the filter "${text}"`, file);
    if (pattern.matches(name)) matched = !pattern.exception;
  }
  return matched;
}
