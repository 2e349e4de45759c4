import { Octokit } from "@octokit/core";
import { paginateRest } from "@octokit/plugin-paginate-rest";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { z } from "zod";
import { type Problem, UserError } from "../errors.ts";
import { visible } from "../plan/visible.ts";
import { VERSION } from "../version.ts";
import { boundedFetch } from "./bounded_fetch.ts";
import type { Call } from "./call.ts";
import { explain } from "./explain.ts";
import { CallError, readFailure } from "./failure.ts";
import { patience } from "./patience.ts";
import { TimeBudget } from "./time_budget.ts";

/** The version of GitHub's API that the schemas of the answers are written for. */
const API_VERSION = "2022-11-28";

/** How to reach GitHub. */
export interface ApiSettings {
  /** The token; it appears in no message. */
  readonly token: string;
  /** The address of the API, as in `GITHUB_API_URL`. */
  readonly baseUrl: string;
  /** The repository, as `owner/name`. */
  readonly repository: string;
  /** Prints a line, for instance about another try. */
  readonly log: (line: string) => void;
  /** How long all calls may take together, waiting included, in milliseconds; 2 minutes. */
  readonly totalTimeMs?: number;
  /** How long a second of waiting takes, in milliseconds: 1000, other than in tests. */
  readonly retryDelayMs?: number;
}

/** One repository on GitHub. Every method throws a {@linkcode UserError} where it fails. */
export interface GitHub {
  /** The repository, as `owner/name`. */
  readonly repository: string;
  /**
   * Makes a call that has one answer.
   *
   * @param call The call.
   * @param shape What the answer must look like.
   * @returns The answer.
   */
  readonly request: <T>(call: Call, shape: z.ZodType<T>) => Promise<T>;
  /**
   * Reads a list to its last page.
   *
   * @param call The call.
   * @param item What an item must look like.
   * @returns All items.
   */
  readonly list: <T>(call: Call, item: z.ZodType<T>) => Promise<T[]>;
  /**
   * Makes a call that deletes something; what is gone already counts as deleted.
   *
   * @param call The call.
   */
  readonly remove: (call: Call) => Promise<void>;
}

/**
 * Makes the connection to a repository on GitHub. Nothing is sent yet.
 *
 * @param settings How to reach GitHub.
 * @returns The repository.
 * @throws {UserError} If there is no usable token, address or repository name.
 * @example
 * ```ts
 * import { connect } from "./api.ts";
 *
 * const github = connect({
 *   token: "ghs_16C7e42F292c6912E7",
 *   baseUrl: "https://api.github.com",
 *   repository: "octo/infrastructure",
 *   log: (line) => console.error(line),
 * });
 * console.assert(github.repository === "octo/infrastructure");
 * ```
 */
export function connect(settings: ApiSettings): GitHub {
  const { token, repository, owner, repo, baseUrl } = checkSettings(settings);
  const { totalTimeMs = 120_000, retryDelayMs: secondMs = 1_000 } = settings;
  const { origin, host } = new URL(baseUrl);
  const redact = (line: string) => line.replaceAll(token, "***");
  const log = (line: string) => settings.log(redact(line));
  const budget = new TimeBudget(totalTimeMs);
  const { plugin, options } = patience({ budget, secondMs, log });
  const octokitLog = {
    debug: () => {},
    info: () => {},
    warn: (line: string) => log(visible(line)),
    error: (line: string) => log(visible(line)),
  };
  const octokit = new (Octokit.plugin(plugin, paginateRest, retry, throttling))({
    auth: token,
    baseUrl,
    userAgent: `hubwright/${VERSION}`,
    log: octokitLog,
    request: { fetch: boundedFetch(origin, budget), log: octokitLog },
    ...options,
  });

  octokit.hook.wrap("request", async (request, options) => {
    // The plugins keep their count of tries here; without a copy, it would go on from call to call.
    options.request = { ...options.request };
    options.headers["x-github-api-version"] = API_VERSION;
    try {
      const response = await request(options);
      // The paginate plugin takes an empty answer for an empty list.
      if (options.method !== "DELETE") requireJson(response.data, response.headers, host);
      return response;
    } catch (error) {
      // The paginate plugin takes a 409 for an empty list: it knows one by its status.
      const failure = readFailure(error);
      throw failure === undefined ? error : new CallError(failure);
    }
  });

  const parse = <T>(shape: z.ZodType<T>, answer: unknown): T => {
    const result = shape.safeParse(answer);
    if (result.success) return result.data;
    throw new CallError({ kind: "unreadable", host, message: describeIssue(result.error) });
  };
  const inWords = async <T>(call: Call, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      const failure = readFailure(error);
      throw failure === undefined ? error : new UserError(redact(explain(failure, call)));
    }
  };
  const send = ({ route, parameters }: Call) =>
    octokit.request(route, { ...parameters, owner, repo });

  return {
    repository,
    request: (call, shape) =>
      inWords(call, async () => parse(shape, (await send(call)).data as unknown)),
    list: (call, item) =>
      inWords(call, async () => {
        const parameters = { ...call.parameters, owner, repo, per_page: 100 };
        return parse(z.array(item), await octokit.paginate(call.route, parameters));
      }),
    remove: (call) =>
      inWords(call, async () => {
        try {
          await send(call);
        } catch (error) {
          const failure = readFailure(error);
          if (failure?.kind !== "refused" || failure.status !== 404) throw error;
        }
      }),
  };
}

interface CheckedSettings {
  readonly token: string;
  readonly baseUrl: string;
  readonly repository: string;
  readonly owner: string;
  readonly repo: string;
}

function checkSettings({ token, baseUrl, repository }: ApiSettings): CheckedSettings {
  const problems: Problem[] = [];
  const problem = (message: string) => {
    problems.push({ message: `Cannot connect to GitHub: ${message}` });
  };
  if (token === "") {
    problem("expected a token, found none; pass one to this step, in a workflow github.token");
  } else if (!/^[\x21-\x7e]+$/.test(token)) {
    problem("expected a token without spaces and line breaks; pass it as GitHub gave it");
  }
  if (!/^https?:$/.test(URL.parse(baseUrl)?.protocol ?? "")) {
    problem(
      `expected the address of its API, such as "https://api.github.com", found ` +
        `${JSON.stringify(baseUrl)}; set GITHUB_API_URL`,
    );
  }
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(repository) ?? [];
  if (
    owner === undefined || repo === undefined || [owner, repo].some((part) => /^\.\.?$/.test(part))
  ) {
    problem(
      `expected a repository as "owner/name", found ${JSON.stringify(repository)}; set ` +
        "GITHUB_REPOSITORY",
    );
    throw new UserError(problems);
  }
  if (problems.length > 0) throw new UserError(problems);
  return { token, baseUrl: baseUrl.replace(/\/+$/, ""), repository, owner, repo };
}

function requireJson(data: unknown, headers: { "content-type"?: string }, host: string): void {
  if (typeof data === "object" && data !== null) return;
  const found = JSON.stringify(headers["content-type"] ?? "no content type");
  const message = `expected a JSON object or list, found ${data === "" ? "nothing" : found}`;
  throw new CallError({ kind: "unreadable", host, message });
}

function describeIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? "" : `${issue.path.join(".")}: ${issue.message}`;
}
