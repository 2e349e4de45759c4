import { FakeDeployments } from "../ledger/fake_deployments.ts";
import { answerFault, errorResponse, type FaultRule } from "./fault.ts";
import { wrongRequest } from "./published_api.ts";
import { TestClock } from "./test_clock.ts";

/** What a token may do; writing includes reading. */
export type Permission =
  | "pull-requests: read"
  | "pull-requests: write"
  | "actions: read"
  | "deployments: read"
  | "deployments: write";

/** Who wrote a comment. */
export interface FakeUser {
  readonly login: string;
  readonly type: "Bot" | "User";
}

/** A comment on a pull request. */
export interface FakeComment {
  readonly id: number;
  readonly pullRequest: number;
  readonly user: FakeUser | null;
  body: string;
}

/** A pull request: what is absent is that of an open one to `main`, whose head is 40 times `a`. */
export interface FakePullRequest {
  readonly number: number;
  readonly state?: "open" | "closed";
  readonly headSha?: string;
  readonly baseRef?: string;
  readonly baseRepository?: string;
  readonly mergeCommitSha?: string;
  readonly labels?: readonly string[];
  /** The commits that GitHub associates with the pull request. */
  readonly commits?: readonly string[];
}

/** A job of a run; what is left out is as where nothing is known of it. */
export interface FakeJob {
  readonly name: string;
  readonly run_attempt: number;
  readonly conclusion?: string | null;
  readonly html_url?: string;
  readonly runner_name?: string;
  readonly steps?: readonly { readonly name: string; readonly conclusion: string | null }[];
}

/** A run of a workflow; what is left out is as here. */
export interface FakeRun {
  readonly id: number;
  readonly run_number: number;
  /** `push` where absent. */
  readonly event?: string;
  /** `completed` where absent. */
  readonly status?: string;
  /** `main` where absent. */
  readonly head_branch?: string;
}

/** A call that the fake got: the path is without the fake's prefix and without the query. */
export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Headers;
  readonly body: string;
}

/** The token that may do everything. */
export const TOKEN = "ghs_16C7e42F292c6912E7710c838347Ae178B4a";

/** Who a workflow's own token writes as. */
export const ACTIONS_BOT: FakeUser = { login: "github-actions[bot]", type: "Bot" };

const MAX_BODY = 65_536;

type Handler = (argument: string, url: URL, body: string) => Response;

/**
 * A server on the loopback interface that behaves like the parts of GitHub's API that hubwright
 * uses. Its state can be read and written at any time.
 */
export class FakeGitHub implements AsyncDisposable {
  readonly repository: string = "octo/infrastructure";
  /** What to take for `GITHUB_API_URL`. */
  readonly url: string;
  /** All comments, oldest first. */
  readonly comments: FakeComment[] = [];
  readonly pullRequests = new Map<number, FakePullRequest>();
  /** The commits that the repository knows, besides those of pull requests. */
  readonly commits = new Set<string>();
  /** What each token may do. */
  readonly tokens = new Map<string, ReadonlySet<Permission>>([
    [TOKEN, new Set<Permission>(["pull-requests: write", "actions: read", "deployments: write"])],
  ]);
  /** The jobs of every run. */
  readonly jobs: FakeJob[] = [];
  /** The runs of every workflow, in any order. */
  readonly runs: FakeRun[] = [];
  readonly deployments = new FakeDeployments();
  /** The calls so far, those that met a fault included. */
  readonly requests: FakeRequest[] = [];
  /** The time of those who connect to it with `connectTo()`. */
  readonly clock = new TestClock();

  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #closed = new AbortController();
  readonly #faults: { rule: FaultRule; left: number }[] = [];
  readonly #interludes: { method: string; action: () => void }[] = [];
  #nextCommentId = 1001;

  /** @param prefix What comes before `/repos` in every path. */
  constructor(prefix = "") {
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => this.#answer(request, prefix),
    );
    this.url = `http://127.0.0.1:${this.#server.addr.port}${prefix}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed.abort();
    await this.#server.shutdown();
  }

  addPullRequest(pullRequest: FakePullRequest): void {
    this.pullRequests.set(pullRequest.number, pullRequest);
  }

  addComment(pullRequest: number, body: string, user: FakeUser | null = ACTIONS_BOT): FakeComment {
    const comment = { id: this.#nextCommentId++, pullRequest, body, user };
    this.comments.push(comment);
    return comment;
  }

  /** Makes the next calls go wrong. */
  fail(rule: FaultRule): void {
    this.#faults.push({ rule, left: rule.times ?? 1 });
  }

  /** Does something right before the next call of a method takes effect, as another run might. */
  before(method: string, action: () => void): void {
    this.#interludes.push({ method, action });
  }

  /** The calls that changed something, or tried to. */
  writes(): string[] {
    return this.requests.filter(({ method }) => method !== "GET")
      .map(({ method, path }) => `${method} ${path}`);
  }

  async #answer(request: Request, prefix: string): Promise<Response> {
    const url = new URL(request.url);
    const { method, headers } = request;
    const path = url.pathname.slice(prefix.length);
    const call = { method, path, query: url.search, headers, body: await request.text() };
    this.requests.push(call);
    const wrong = wrongRequest(call);
    if (wrong !== undefined) return errorResponse(422, wrong);
    const fault = this.#faults.find(({ rule, left }) =>
      left > 0 && (rule.method ?? method) === method
    );
    if (fault === undefined) return this.#handle(call, url);
    fault.left--;
    if (fault.rule.applied === true) this.#handle(call, url);
    return answerFault(fault.rule.fault, this.clock, this.#closed.signal);
  }

  #handle({ method, path, headers, body }: FakeRequest, url: URL): Response {
    const interlude = this.#interludes.findIndex((interlude) => interlude.method === method);
    for (const { action } of interlude < 0 ? [] : this.#interludes.splice(interlude, 1)) action();

    const [, token = ""] = (headers.get("authorization") ?? "").split(" ");
    const permissions = this.tokens.get(token);
    if (permissions === undefined) return errorResponse(401, "Bad credentials");
    for (const [route, needs, handler] of this.#routes) {
      const [routeMethod, pattern = ""] = `${route}`.replace(" ", ` /repos/${this.repository}/`)
        .split(" ");
      const match = new RegExp(`^${pattern.replace(":", "([^/]+)")}$`).exec(path);
      if (routeMethod !== method || match === null) continue;
      return permissions.has(needs) || permissions.has(needs.replace("read", "write") as Permission)
        ? handler(match[1] ?? "", url, body)
        : errorResponse(403, "Resource not accessible by integration");
    }
    return errorResponse(404, "Not Found");
  }

  readonly #routes: readonly (readonly [route: string, needs: Permission, handler: Handler])[] = [
    ["GET pulls/:", "pull-requests: read", (number) => {
      const pullRequest = this.pullRequests.get(Number(number));
      return pullRequest === undefined
        ? errorResponse(404, "Not Found")
        : Response.json(this.#renderPullRequest(pullRequest));
    }],
    ["GET commits/:/pulls", "pull-requests: read", (sha, url) => {
      const found = [...this.pullRequests.values()].filter(({ commits }) => commits?.includes(sha));
      return found.length === 0 && !this.commits.has(sha)
        ? errorResponse(422, `No commit found for SHA: ${sha}`)
        : page(found.map((pullRequest) => this.#renderPullRequest(pullRequest)), url);
    }],
    ["GET deployments", "deployments: read", (_, url) => this.deployments.list(url)],
    [
      "POST deployments",
      "deployments: write",
      (_, url, body) => this.deployments.create(body, url),
    ],
    [
      "POST deployments/:/statuses",
      "deployments: write",
      (id, url, body) => this.deployments.addStatus(id, body, url),
    ],
    ["GET actions/runs/:", "actions: read", (id) => {
      const run = this.runs.find((run) => run.id === Number(id));
      return run === undefined ? errorResponse(404, "Not Found") : Response.json(renderRun(run));
    }],
    ["GET actions/workflows/:/runs", "actions: read", (_workflow, url) => {
      const branch = url.searchParams.get("branch");
      const found = this.runs.map(renderRun).filter(({ head_branch }) => head_branch === branch)
        .toSorted((a, b) => b.run_number - a.run_number);
      return page(found, url, (workflow_runs) => ({ total_count: found.length, workflow_runs }));
    }],
    ["GET actions/runs/:/jobs", "actions: read", (_run, url) => {
      return page(this.jobs, url, (jobs) => ({ total_count: this.jobs.length, jobs }));
    }],
    ["GET issues/:/comments", "pull-requests: read", (number, url) => {
      if (!this.pullRequests.has(Number(number))) return errorResponse(404, "Not Found");
      const found = this.comments.filter(({ pullRequest }) => pullRequest === Number(number));
      return page(found, url);
    }],
    ["POST issues/:/comments", "pull-requests: write", (number, _url, body) => {
      if (!this.pullRequests.has(Number(number))) return errorResponse(404, "Not Found");
      const text = readBody(body);
      if (text instanceof Response) return text;
      return Response.json(this.addComment(Number(number), text), { status: 201 });
    }],
    ["PATCH issues/comments/:", "pull-requests: write", (id, _url, body) => {
      const comment = this.comments.find((comment) => comment.id === Number(id));
      if (comment === undefined) return errorResponse(404, "Not Found");
      const text = readBody(body);
      if (text instanceof Response) return text;
      comment.body = text;
      return Response.json(comment);
    }],
    ["DELETE issues/comments/:", "pull-requests: write", (id) => {
      const index = this.comments.findIndex((comment) => comment.id === Number(id));
      if (index < 0) return errorResponse(404, "Not Found");
      this.comments.splice(index, 1);
      return new Response(null, { status: 204 });
    }],
  ];

  #renderPullRequest(pullRequest: FakePullRequest): unknown {
    const { number, state, headSha, baseRef, baseRepository, mergeCommitSha } = pullRequest;
    return {
      number,
      state: state ?? (mergeCommitSha === undefined ? "open" : "closed"),
      merged_at: mergeCommitSha === undefined ? null : "2026-11-22T12:00:00Z",
      merge_commit_sha: mergeCommitSha ?? null,
      head: { ref: "patch-1", sha: headSha ?? "a".repeat(40) },
      base: { ref: baseRef ?? "main", repo: { full_name: baseRepository ?? this.repository } },
      labels: (pullRequest.labels ?? []).map((name, id) => ({ id, name, color: "ededed" })),
    };
  }
}

function renderRun(run: FakeRun) {
  const usual = { event: "push", status: "completed", head_branch: "main" };
  return { workflow_id: 3, ...usual, ...run };
}

/** A page of a list, with links to the others as GitHub writes them. */
function page(
  items: readonly unknown[],
  url: URL,
  wrap: (items: readonly unknown[]) => unknown = (items) => items,
): Response {
  const size = Math.min(Number(url.searchParams.get("per_page") ?? 30), 100);
  const number = Number(url.searchParams.get("page") ?? 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = (to: number, rel: string) => {
    const target = new URL(url);
    target.searchParams.set("page", String(to));
    return `<${target}>; rel="${rel}"`;
  };
  const links = [
    ...number > 1 ? [link(number - 1, "prev"), link(1, "first")] : [],
    ...number < last ? [link(number + 1, "next"), link(last, "last")] : [],
  ];
  return Response.json(wrap(items.slice((number - 1) * size, number * size)), {
    headers: links.length === 0 ? {} : { link: links.join(", ") },
  });
}

function readBody(json: string): string | Response {
  const { body } = JSON.parse(json);
  const wrong = typeof body !== "string" || body === ""
    ? { code: "missing_field", field: "body" }
    : [...body].length > MAX_BODY
    ? { code: "unprocessable", message: `Body is too long (maximum is ${MAX_BODY} characters)` }
    : undefined;
  return wrong === undefined ? body : errorResponse(422, "Validation Failed", [wrong]);
}
