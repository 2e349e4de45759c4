import { answerFault, errorResponse, type FaultRule } from "./fault.ts";
import { TestClock } from "./test_clock.ts";

/** What a token may do; writing includes reading. */
export type Permission = "pull-requests: read" | "pull-requests: write";

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

/** A pull request; what is left out of {@linkcode FakeGitHub.addPullRequest} is as here. */
export interface FakePullRequest {
  readonly number: number;
  /** `open` where absent. */
  readonly state?: "open" | "closed";
  /** 40 times `a` where absent. */
  readonly headSha?: string;
  /** `main` where absent. */
  readonly baseRef?: string;
  /** The fake's repository where absent. */
  readonly baseRepository?: string;
  /** Not merged where absent. */
  readonly mergeCommitSha?: string;
  /** None where absent. */
  readonly labels?: readonly string[];
  /** The commits that GitHub associates with the pull request; none where absent. */
  readonly commits?: readonly string[];
}

/** A call that the fake got. */
export interface FakeRequest {
  readonly method: string;
  /** The path, without the fake's prefix and without the query. */
  readonly path: string;
  readonly query: string;
  readonly headers: Headers;
  readonly body: string;
}

/** How a fake is set up. */
export interface FakeSettings {
  /** `octo/infrastructure` where absent. */
  readonly repository?: string;
  /** What comes before `/repos` in every path, such as `/api/v3`; nothing where absent. */
  readonly prefix?: string;
}

/** The token that may do everything. */
export const TOKEN = "ghs_16C7e42F292c6912E7710c838347Ae178B4a";

/** Who a workflow's own token writes as. */
export const ACTIONS_BOT: FakeUser = { login: "github-actions[bot]", type: "Bot" };

const MAX_BODY = 65_536;

type Handler = (params: readonly string[], url: URL, body: string) => Response;

/**
 * A server on the loopback interface that behaves like the parts of GitHub's API that hubwright
 * uses. Its state can be read and written at any time.
 */
export class FakeGitHub implements AsyncDisposable {
  /** The repository, as `owner/name`. */
  readonly repository: string;
  /** What to take for `GITHUB_API_URL`. */
  readonly url: string;
  /** All comments, oldest first. */
  readonly comments: FakeComment[] = [];
  /** All pull requests by number. */
  readonly pullRequests = new Map<number, FakePullRequest>();
  /** The commits that the repository knows, besides those of pull requests. */
  readonly commits = new Set<string>();
  /** What each token may do. */
  readonly tokens = new Map<string, ReadonlySet<Permission>>([
    [TOKEN, new Set(["pull-requests: write"])],
  ]);
  /** The time of those who connect to it with `connectTo()`. */
  readonly clock = new TestClock();
  /** The calls so far, those that met a fault included. */
  readonly requests: FakeRequest[] = [];

  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #prefix: string;
  readonly #closed = new AbortController();
  #faults: { rule: FaultRule; left: number }[] = [];
  #interludes: { method: string; action: () => void }[] = [];
  #nextCommentId = 1001;

  /** @param settings How it is set up. */
  constructor({ repository = "octo/infrastructure", prefix = "" }: FakeSettings = {}) {
    this.repository = repository;
    this.#prefix = prefix;
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => this.#answer(request),
    );
    this.url = `http://127.0.0.1:${this.#server.addr.port}${prefix}`;
  }

  /** Stops the server. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed.abort();
    await this.#server.shutdown();
  }

  /** Adds a pull request. */
  addPullRequest(pullRequest: FakePullRequest): void {
    this.pullRequests.set(pullRequest.number, pullRequest);
  }

  /** Adds a comment. */
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

  async #answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const { method, headers } = request;
    const body = await request.text();
    const path = url.pathname.slice(this.#prefix.length);
    this.requests.push({ method, path, query: url.search, headers, body });
    const rule = this.#takeFault(method);
    if (rule === undefined) return this.#handle(method, path, url, headers, body);
    if (rule.applied === true) this.#handle(method, path, url, headers, body);
    return answerFault(rule.fault, this.clock, this.#closed.signal);
  }

  #takeFault(method: string): FaultRule | undefined {
    const fault = this.#faults.find(({ rule, left }) =>
      left > 0 && (rule.method ?? method) === method
    );
    if (fault !== undefined) fault.left--;
    return fault?.rule;
  }

  #handle(method: string, path: string, url: URL, headers: Headers, body: string): Response {
    const interlude = this.#interludes.findIndex((interlude) => interlude.method === method);
    for (const { action } of interlude < 0 ? [] : this.#interludes.splice(interlude, 1)) action();

    const permissions = this.tokens.get(
      (headers.get("authorization") ?? "").replace(/^(token|bearer) /i, ""),
    );
    if (permissions === undefined) return errorResponse(401, "Bad credentials");
    const root = `/repos/${this.repository}/`;
    if (!path.startsWith(root)) return errorResponse(404, "Not Found");
    const rest = path.slice(root.length);
    for (const [route, needs, handler] of this.#routes) {
      const [routeMethod, pattern] = route.split(" ");
      const match = new RegExp(`^${pattern?.replaceAll(":", "([^/]+)")}$`).exec(rest);
      if (routeMethod !== method || match === null) continue;
      return permissions.has("pull-requests: write") || permissions.has(needs)
        ? handler(match.slice(1), url, body)
        : errorResponse(403, "Resource not accessible by integration");
    }
    return errorResponse(404, "Not Found");
  }

  readonly #routes: readonly (readonly [route: string, needs: Permission, handler: Handler])[] = [
    ["GET pulls/:", "pull-requests: read", ([number]) => {
      const pullRequest = this.pullRequests.get(Number(number));
      return pullRequest === undefined
        ? errorResponse(404, "Not Found")
        : Response.json(this.#renderPullRequest(pullRequest));
    }],
    ["GET commits/:/pulls", "pull-requests: read", ([sha = ""], url) => {
      const found = [...this.pullRequests.values()].filter(({ commits }) => commits?.includes(sha));
      return found.length === 0 && !this.commits.has(sha)
        ? errorResponse(422, `No commit found for SHA: ${sha}`)
        : this.#page(found.map((pullRequest) => this.#renderPullRequest(pullRequest)), url);
    }],
    ["GET issues/:/comments", "pull-requests: read", ([number], url) => {
      if (!this.pullRequests.has(Number(number))) return errorResponse(404, "Not Found");
      const found = this.comments.filter(({ pullRequest }) => pullRequest === Number(number));
      return this.#page(found.map(renderComment), url);
    }],
    ["POST issues/:/comments", "pull-requests: write", ([number], _url, body) => {
      if (!this.pullRequests.has(Number(number))) return errorResponse(404, "Not Found");
      const text = readBody(body);
      if (text instanceof Response) return text;
      return Response.json(renderComment(this.addComment(Number(number), text)), { status: 201 });
    }],
    ["PATCH issues/comments/:", "pull-requests: write", ([id], _url, body) => {
      const comment = this.comments.find((comment) => comment.id === Number(id));
      if (comment === undefined) return errorResponse(404, "Not Found");
      const text = readBody(body);
      if (text instanceof Response) return text;
      comment.body = text;
      return Response.json(renderComment(comment));
    }],
    ["DELETE issues/comments/:", "pull-requests: write", ([id]) => {
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
      base: {
        ref: baseRef ?? "main",
        repo: { full_name: baseRepository ?? this.repository },
      },
      labels: (pullRequest.labels ?? []).map((name, id) => ({ id, name, color: "ededed" })),
    };
  }

  #page(items: readonly unknown[], url: URL): Response {
    const size = Math.min(Number(url.searchParams.get("per_page") ?? 30), 100);
    const page = Number(url.searchParams.get("page") ?? 1);
    const last = Math.max(1, Math.ceil(items.length / size));
    const link = (to: number, rel: string) => {
      const target = new URL(url);
      target.searchParams.set("page", String(to));
      return `<${target}>; rel="${rel}"`;
    };
    const links = [
      ...page > 1 ? [link(page - 1, "prev"), link(1, "first")] : [],
      ...page < last ? [link(page + 1, "next"), link(last, "last")] : [],
    ];
    return Response.json(items.slice((page - 1) * size, page * size), {
      headers: links.length === 0 ? {} : { link: links.join(", ") },
    });
  }
}

function renderComment({ id, body, user }: FakeComment): unknown {
  return { id, body, user, created_at: "2026-11-22T12:00:00Z" };
}

function readBody(json: string): string | Response {
  const { body } = JSON.parse(json);
  if (typeof body !== "string" || body === "") {
    return errorResponse(422, "Validation Failed", [
      { resource: "IssueComment", code: "missing_field", field: "body" },
    ]);
  }
  if ([...body].length > MAX_BODY) {
    return errorResponse(422, "Validation Failed", [{
      resource: "IssueComment",
      code: "unprocessable",
      field: "data",
      message: `Body is too long (maximum is ${MAX_BODY} characters)`,
    }]);
  }
  return body;
}
