import { UserError } from "../errors.ts";
import type { RepositoryFacts } from "./event.ts";
import { allows, type Permissions } from "./workflow_file.ts";
import type { Api } from "./world.ts";

/** The pull request that the API knows, and its comments, oldest first. */
interface State {
  readonly facts: RepositoryFacts;
  readonly pullRequest: {
    readonly number: number;
    /** The commit that is to be merged, or that its merge made. */
    readonly sha: string;
    readonly merged: boolean;
    readonly labels: readonly string[];
  };
  readonly comments: { readonly id: number; body: string }[];
}

/** A call that is modelled; it gets the number in the path, and the comment in the body. */
type Endpoint = readonly [
  call: RegExp,
  needs: "read" | "write",
  answer: (state: State, number: number, body: string) => unknown,
];

const ENDPOINTS: readonly Endpoint[] = [
  [
    /^GET commits\/[^/]+\/pulls$/,
    "read",
    (state) => state.pullRequest.merged ? [renderPullRequest(state)] : [],
  ],
  [
    /^GET pulls\/(\d+)$/,
    "read",
    (state, number) => number === state.pullRequest.number ? renderPullRequest(state) : undefined,
  ],
  [
    /^GET issues\/(\d+)\/comments$/,
    "read",
    ({ pullRequest, comments }, number) =>
      number === pullRequest.number ? comments.map(renderComment) : undefined,
  ],
  [/^POST issues\/(\d+)\/comments$/, "write", ({ pullRequest, comments }, number, body) => {
    if (number !== pullRequest.number) return undefined;
    const comment = { id: comments.length + 1, body };
    comments.push(comment);
    return renderComment(comment);
  }],
  [/^PATCH issues\/comments\/(\d+)$/, "write", ({ comments }, number, body) => {
    const comment = comments.find(({ id }) => id === number);
    return comment && renderComment(Object.assign(comment, { body }));
  }],
];

/**
 * The part of GitHub's API that hubwright uses, on the loopback interface: one pull request and its
 * comments. A token can do what the permissions of its job allow.
 */
export class LocalApi implements Api, AsyncDisposable {
  readonly #server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => this.#answer(request, await request.text()),
  );
  readonly url = `http://127.0.0.1:${this.#server.addr.port}`;
  readonly #tokens = new Map<string, Permissions>();
  #state: State | undefined;
  /** The first call that is not modelled. */
  #unmodelled: string | undefined;

  tokenFor(permissions: Permissions): string {
    const same = JSON.stringify(permissions);
    const known = [...this.#tokens].find(([, others]) => JSON.stringify(others) === same);
    const token = known?.[0] ?? `ghs_${crypto.randomUUID().replaceAll("-", "")}`;
    this.#tokens.set(token, permissions);
    return token;
  }

  open(facts: RepositoryFacts, pullRequest: State["pullRequest"]): void {
    this.#state = { facts, pullRequest, comments: [] };
  }

  /** The texts of the comments, oldest first. */
  get comments(): readonly string[] {
    return this.#state?.comments.map(({ body }) => body) ?? [];
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

  #answer(request: Request, body: string): Response {
    const [, token = ""] = /^\S+ (\S+)$/.exec(request.headers.get("authorization") ?? "") ?? [];
    const permissions = this.#tokens.get(token);
    if (permissions === undefined || this.#state === undefined) {
      return refuse(401, "Bad credentials");
    }
    const { pathname } = new URL(request.url);
    const below = pathname.replace(`/repos/${this.#state.facts.repository}/`, "");
    const called = `${request.method} ${below}`;
    const [call, needs = "read", answer] = ENDPOINTS.find(([call]) => call.test(called)) ?? [];
    if (call === undefined || answer === undefined) {
      this.#unmodelled ??= called;
      return refuse(501, "Not modelled");
    }
    const scopes = called.includes("issues/") ? ["issues", "pull-requests"] : ["pull-requests"];
    if (!allows(permissions, needs, ...scopes)) {
      return refuse(403, "Resource not accessible by integration");
    }
    const text = body === "" ? "" : String(JSON.parse(body).body);
    const answered = answer(this.#state, Number(call.exec(called)?.[1]), text);
    if (answered === undefined) return refuse(404, "Not Found");
    return Response.json(answered, { status: request.method === "POST" ? 201 : 200 });
  }
}

function refuse(status: number, message: string): Response {
  return Response.json({ message, status: String(status) }, { status });
}

function renderPullRequest({ facts, pullRequest }: State): unknown {
  const { number, sha, merged, labels } = pullRequest;
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

function renderComment({ id, body }: State["comments"][number]): unknown {
  return { id, body, user: { login: "github-actions[bot]", type: "Bot" } };
}
