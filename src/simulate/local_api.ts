import { UserError } from "../errors.ts";
import type { RepositoryFacts } from "./event.ts";
import type { ApiAccess } from "./world.ts";

/** A comment on the pull request. */
export interface LocalComment {
  readonly id: number;
  body: string;
}

/** The pull request that the API knows. */
export interface LocalPullRequest {
  readonly number: number;
  /** The commit that is to be merged, or that its merge made. */
  readonly sha: string;
  readonly merged: boolean;
  readonly labels: readonly string[];
}

/**
 * The part of GitHub's API that hubwright uses, on the loopback interface: one pull request and its
 * comments.
 *
 * @see {@link https://docs.github.com/rest}
 */
export class LocalApi implements AsyncDisposable {
  readonly access: ApiAccess;
  /** The comments, oldest first. */
  readonly comments: LocalComment[] = [];
  #facts: RepositoryFacts | undefined;
  #pullRequest: LocalPullRequest | undefined;
  /** The first call that is not modelled. */
  #unmodelled: string | undefined;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor() {
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      async (request) => this.#answer(request, await request.text()),
    );
    this.access = {
      url: `http://127.0.0.1:${this.#server.addr.port}`,
      token: `ghs_${crypto.randomUUID().replaceAll("-", "")}`,
    };
  }

  /** Begins anew, with a pull request that has no comments. */
  open(facts: RepositoryFacts, pullRequest: LocalPullRequest): void {
    this.#facts = facts;
    this.#pullRequest = pullRequest;
    this.comments.length = 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }

  /**
   * Stops a simulation that asked for more than is modelled.
   *
   * @throws {UserError} Where it did.
   */
  check(): void {
    if (this.#unmodelled === undefined) return;
    throw new UserError(
      `Cannot simulate the call "${this.#unmodelled}" to GitHub's API: the simulator does not ` +
        "model it",
    );
  }

  #answer(request: Request, body: string): Response {
    const { pathname } = new URL(request.url);
    const call = `${request.method} ${pathname.replace(`/repos/${this.#facts?.repository}/`, "")}`;
    if (!request.headers.get("authorization")?.endsWith(this.access.token)) {
      return Response.json({ message: "Bad credentials" }, { status: 401 });
    }
    const pullRequest = this.#pullRequest;
    const [, number, id] = /(?:pulls|issues)\/(\d+)|issues\/comments\/(\d+)/.exec(call) ?? [];
    if (/^GET commits\/[^/]+\/pulls$/.test(call)) {
      return Response.json(pullRequest?.merged ? [this.#render(pullRequest)] : []);
    }
    const here = pullRequest !== undefined && pullRequest.number === Number(number);
    if (/^GET pulls\/\d+$/.test(call)) {
      return here ? Response.json(this.#render(pullRequest)) : notFound();
    }
    if (/^GET issues\/\d+\/comments$/.test(call)) {
      return here ? Response.json(this.comments.map(renderComment)) : notFound();
    }
    if (/^POST issues\/\d+\/comments$/.test(call)) {
      if (!here) return notFound();
      const comment = { id: this.comments.length + 1, body: bodyOf(body) };
      this.comments.push(comment);
      return Response.json(renderComment(comment), { status: 201 });
    }
    if (/^PATCH issues\/comments\/\d+$/.test(call)) {
      const comment = this.comments.find((comment) => comment.id === Number(id));
      if (comment === undefined) return notFound();
      comment.body = bodyOf(body);
      return Response.json(renderComment(comment));
    }
    this.#unmodelled ??= call;
    return Response.json({ message: "Not modelled" }, { status: 501 });
  }

  #render({ number, sha, merged, labels }: LocalPullRequest): unknown {
    return {
      number,
      state: merged ? "closed" : "open",
      merged_at: merged ? "2026-01-01T00:00:00Z" : null,
      merge_commit_sha: merged ? sha : null,
      head: { sha },
      base: { ref: this.#facts?.defaultBranch, repo: { full_name: this.#facts?.repository } },
      labels: labels.map((name) => ({ name })),
    };
  }
}

function bodyOf(json: string): string {
  return String(JSON.parse(json).body);
}

function renderComment({ id, body }: LocalComment): unknown {
  return { id, body, user: { login: "github-actions[bot]", type: "Bot" } };
}

function notFound(): Response {
  return Response.json({ message: "Not Found" }, { status: 404 });
}
