import { UserError } from "../errors.ts";
import type { RepositoryFacts } from "./event.ts";
import { allows, type Permissions } from "./workflow_file.ts";
import type { Api, ListedJob, Run } from "./world.ts";

export interface PullRequest {
  readonly number: number;
  /** The commit that is to be merged, or that its merge made. */
  readonly sha: string;
  readonly merged: boolean;
  readonly labels: readonly string[];
}

interface Comment {
  readonly id: number;
  readonly on: number;
  body: string;
}

/** A deployment of GitHub's: a record, for whoever made it. */
export interface StoredDeployment {
  readonly id: number;
  readonly sha: string;
  readonly task: string;
  readonly environment: string;
  readonly payload: unknown;
  readonly description: string;
  readonly created_at: string;
  /** The states that it was given, oldest first. */
  readonly states: string[];
}

/** What GitHub keeps of a repository from one run to the next. All lists are oldest first. */
export interface Kept {
  /** The time, in milliseconds. */
  readonly now: () => number;
  readonly pullRequests: PullRequest[];
  readonly comments: Comment[];
  readonly deployments: StoredDeployment[];
  readonly runs: Map<number, Run>;
}

export function nothingKept(now = () => Date.UTC(2026, 0, 1)): Kept {
  return { now, pullRequests: [], comments: [], deployments: [], runs: new Map() };
}

interface ApiState extends Kept {
  readonly facts: RepositoryFacts;
  /** The commit that a ref names, where there is one. */
  readonly commitOf: (ref: string) => Promise<string | undefined>;
}

interface Call {
  /** The number in the path, or the word. */
  readonly at: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A call that is modelled; `undefined` is what is not found, a text what is wrong with it. */
type Endpoint = readonly [
  call: RegExp,
  scopes: readonly string[],
  answer: (state: ApiState, call: Call) => unknown,
];

const PULLS = ["pull-requests"];
const ISSUES = ["issues", "pull-requests"];

const ENDPOINTS: readonly Endpoint[] = [
  [
    /^GET commits\/([^/]+)\/pulls$/,
    PULLS,
    (state, { at }) =>
      state.pullRequests.filter(({ merged, sha }) => merged && sha === at)
        .map((each) => renderPullRequest(state, each)),
  ],
  [/^GET pulls\/(\d+)$/, PULLS, (state, { at }) => {
    const found = pullRequestOf(state, at);
    return found && renderPullRequest(state, found);
  }],
  [
    /^GET issues\/(\d+)\/comments$/,
    ISSUES,
    (state, { at }) =>
      pullRequestOf(state, at) &&
      state.comments.filter(({ on }) => on === Number(at)).map(renderComment),
  ],
  [/^POST issues\/(\d+)\/comments$/, ISSUES, (state, { at, body }) => {
    if (pullRequestOf(state, at) === undefined) return undefined;
    const comment = { id: state.comments.length + 1, on: Number(at), body: String(body.body) };
    state.comments.push(comment);
    return renderComment(comment);
  }],
  [/^PATCH issues\/comments\/(\d+)$/, ISSUES, ({ comments }, { at, body }) => {
    const comment = comments.find(({ id }) => id === Number(at));
    return comment && renderComment(Object.assign(comment, { body: String(body.body) }));
  }],
  [/^GET deployments$/, ["deployments"], ({ deployments }, { query }) => {
    const isWanted = (key: "environment" | "task") => ({ [key]: value }: StoredDeployment) =>
      value === (query.get(key) ?? value);
    return deployments.filter(isWanted("environment")).filter(isWanted("task"))
      .toReversed().slice(0, Number(query.get("per_page") ?? 30)).map(renderDeployment);
  }],
  [/^POST deployments$/, ["deployments"], async (state, { body }) => {
    const { ref, task = "deploy", environment = "production", payload = {}, ...more } = body;
    const sha = await state.commitOf(String(ref));
    if (sha === undefined) return `No ref found for: ${ref}`;
    const { auto_merge = true, required_contexts, description = "" } = more;
    if (auto_merge !== false || !Array.isArray(required_contexts) || required_contexts.length > 0) {
      return "Conflict: commit status checks failed for the ref";
    }
    const deployment: StoredDeployment = {
      ...{ id: state.deployments.length + 1, sha, payload, states: [] },
      ...{ task: String(task), environment: String(environment), description: String(description) },
      created_at: new Date(state.now()).toISOString(),
    };
    state.deployments.push(deployment);
    return renderDeployment(deployment);
  }],
  [/^POST deployments\/(\d+)\/statuses$/, ["deployments"], (state, { at, body }) => {
    const deployment = state.deployments.find(({ id }) => id === Number(at));
    deployment?.states.push(String(body.state));
    return deployment && { id: deployment.states.length, state: body.state };
  }],
  [/^GET actions\/runs\/(\d+)$/, ["actions"], (state, { at }) => {
    const run = state.runs.get(Number(at));
    return run && renderRun(state, run);
  }],
  [/^GET actions\/runs\/(\d+)\/jobs$/, ["actions"], (state, { at, query }) => {
    const run = state.runs.get(Number(at));
    const all = query.get("filter") === "all";
    const jobs = run?.listed.map((job, index) => renderJob(state, run, job, index))
      .filter(({ name }, index, jobs) =>
        all || jobs.findLastIndex((job) => job.name === name) === index
      );
    return jobs && { total_count: jobs.length, jobs };
  }],
  [/^GET actions\/workflows\/(\d+)\/runs$/, ["actions"], (state, { at, query }) => {
    const branch = query.get("branch");
    const runs = [...state.runs.values()].filter((run) =>
      workflowId(state, run) === Number(at) && (branch === null || branchOf(run) === branch)
    ).toReversed().map((run) => renderRun(state, run));
    return { total_count: runs.length, workflow_runs: runs };
  }],
];

/**
 * The part of GitHub's API that hubwright uses, on the loopback interface: pull requests with their
 * comments, deployments, and runs with their jobs. A token can do what the permissions of its job
 * allow.
 */
export class LocalApi implements Api, AsyncDisposable {
  readonly #server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => await this.#answer(request, await request.text()),
  );
  readonly url = `http://127.0.0.1:${this.#server.addr.port}`;
  readonly #tokens = new Map<string, Permissions>();
  #state: ApiState | undefined;
  /** The first call that is not modelled. */
  #unmodelled: string | undefined;

  tokenFor(permissions: Permissions): string {
    const same = JSON.stringify(permissions);
    const known = [...this.#tokens].find(([, others]) => JSON.stringify(others) === same);
    const token = known?.[0] ?? `ghs_${crypto.randomUUID().replaceAll("-", "")}`;
    this.#tokens.set(token, permissions);
    return token;
  }

  /** Goes on with what GitHub keeps. */
  open(state: ApiState): void {
    this.#state = state;
  }

  /** Stops a simulation that asked for more than is modelled. */
  check(): void {
    if (this.#unmodelled === undefined) return;
    throw new UserError(
      `Cannot simulate the call "${this.#unmodelled}" to GitHub's API: the simulator does not ` +
        "model it",
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }

  async #answer(request: Request, body: string): Promise<Response> {
    const [, token = ""] = /^\S+ (\S+)$/.exec(request.headers.get("authorization") ?? "") ?? [];
    const permissions = this.#tokens.get(token);
    if (permissions === undefined || this.#state === undefined) {
      return refuse(401, "Bad credentials");
    }
    const { pathname, searchParams: query } = new URL(request.url);
    const below = pathname.replace(`/repos/${this.#state.facts.repository}/`, "");
    const called = `${request.method} ${below}`;
    const endpoint = ENDPOINTS.find(([call]) => call.test(called));
    if (endpoint === undefined) {
      this.#unmodelled ??= called;
      return refuse(501, "Not modelled");
    }
    const [call, scopes, answer] = endpoint;
    const needs = request.method === "GET" ? "read" : "write";
    if (!allows(permissions, needs, ...scopes)) {
      return refuse(403, "Resource not accessible by integration");
    }
    const [, at = ""] = call.exec(called) ?? [];
    const answered = await answer(this.#state, {
      ...{ at: decodeURIComponent(at), query },
      body: body === "" ? {} : JSON.parse(body),
    });
    if (answered === undefined) return refuse(404, "Not Found");
    if (typeof answered === "string") return refuse(422, answered);
    return Response.json(answered, { status: request.method === "POST" ? 201 : 200 });
  }
}

function refuse(status: number, message: string): Response {
  return Response.json({ message, status: String(status) }, { status });
}

function pullRequestOf({ pullRequests }: ApiState, at: string): PullRequest | undefined {
  return pullRequests.find(({ number }) => number === Number(at));
}

function renderPullRequest({ facts }: ApiState, { number, sha, merged, labels }: PullRequest) {
  return {
    number,
    state: merged ? "closed" : "open",
    merged_at: merged ? "2026-01-01T00:00:00Z" : null,
    merge_commit_sha: merged ? sha : null,
    head: { sha },
    base: { ref: facts.defaultBranch, repo: { full_name: facts.repository } },
    labels: labels.map((name) => ({ name })),
  };
}

const BOT = { login: "github-actions[bot]", type: "Bot" };

function renderComment({ id, body }: Comment) {
  return { id, body, user: BOT };
}

function renderDeployment({ states: _, ...deployment }: StoredDeployment) {
  return { ...deployment, ref: deployment.sha, creator: BOT };
}

function workflowId({ runs }: ApiState, { workflow }: Run): number {
  return 1 +
    [...new Set([...runs.values()].map((run) => run.workflow.path))].indexOf(workflow.path);
}

function branchOf({ event }: Run): string {
  return event.headRef || event.ref.replace(/^refs\/heads\//, "");
}

function renderRun(state: ApiState, run: Run) {
  const { id, number, attempt, event, conclusion = null } = run;
  return {
    ...{ id, run_number: number, run_attempt: attempt, workflow_id: workflowId(state, run) },
    ...{ event: event.name, head_branch: branchOf(run), head_sha: event.sha, conclusion },
    status: conclusion === null ? "in_progress" : "completed",
  };
}

/** A runner that is lost ends no further step, the one that it was in included. */
function renderJob(
  { facts: { serverUrl, repository } }: ApiState,
  { id: run }: Run,
  { name, attempt, taken, steps, end }: ListedJob,
  index: number,
) {
  // What is indented is in an action, which is one step for GitHub.
  const own = steps.filter((step) => !step.name.startsWith("  "));
  const listed = own.map((step, index) => {
    const isLost = end?.lost === true && index === own.length - 1;
    return {
      ...{ name: step.name, number: index + 1, status: isLost ? "in_progress" : "completed" },
      conclusion: isLost ? null : step.conclusion,
    };
  });
  const id = run * 100_000 + index;
  return {
    ...{ id, run_id: run, run_attempt: attempt, name, steps: listed },
    html_url: `${serverUrl}/${repository}/actions/runs/${run}/job/${id}`,
    runner_name: taken ? "simulated" : "",
    status: end === undefined ? "in_progress" : "completed",
    conclusion: end?.result ?? null,
  };
}
