import * as z from "../zod.ts";
import { describeIssue, REPORT_INPUT } from "../config/issues.ts";
import { thrownText, UserError } from "../errors.ts";
import { VERSION } from "../version.ts";
import type { Answer, Call } from "./call.ts";
import { CallError, quote, refused, RERUN, unreadable } from "./call_error.ts";
import { type Clock, SYSTEM_CLOCK } from "./clock.ts";
import { fetchAnswer, sameOrigin } from "./fetch_answer.ts";

/** The version of GitHub's API that the schemas of the answers are written for. */
const API_VERSION = "2022-11-28";

/** How long all calls may take together, waiting included. */
const TOTAL_MS = 120_000;

/** How long an answer may take, so that there is time for another try. */
const TRY_MS = TOTAL_MS / 4;

const RETRIES = 3;

export interface ApiSettings {
  readonly token: string;
  readonly baseUrl: string;
  readonly repository: string;
  readonly log: (line: string) => void;
  readonly clock?: Clock;
}

/** One repository on GitHub. Every method throws a `UserError` where it fails. */
export interface GitHub {
  readonly repository: string;
  readonly request: <T>(call: Call<T>) => Promise<T>;
  /** Reads a list to its last page. */
  readonly list: <T>(call: Call<T[]>) => Promise<T[]>;
  /** Makes a call about something that may not be there, which gives `undefined`. */
  readonly find: <T>(call: Call<T>) => Promise<T | undefined>;
  /** Makes a call that deletes something; what is gone already counts as deleted. */
  readonly remove: (call: Call<unknown>) => Promise<void>;
  /** Gives GitHub time for something; there is less of it left then. */
  readonly wait: (ms: number) => Promise<void>;
}

/**
 * Makes the connection to a repository on GitHub. Nothing is sent yet; the time that all calls have
 * together begins.
 *
 * Calls are repeated: after 1, 4 and 9 seconds where GitHub or the network has an error, after a
 * rate limit when GitHub says so, and never where the wait does not fit the time that is left.
 */
export function connect(settings: ApiSettings): GitHub {
  checkSettings(settings);
  const { token, repository, log, clock = SYSTEM_CLOCK } = settings;
  const root = `${settings.baseUrl.replace(/\/+$/, "")}/repos/${repository}/`;
  const { host } = new URL(root);
  const end = clock.now() + TOTAL_MS;
  const redact = (line: string) => line.replaceAll(token, "***");
  const headers = {
    accept: "application/vnd.github+json",
    authorization: `Bearer ${token}`,
    "user-agent": `hubwright/${VERSION}`,
    "x-github-api-version": API_VERSION,
  };

  async function send(url: URL, call: Call<unknown>): Promise<Answer> {
    const { method = "GET", body } = call;
    const init = { method, headers, body: body === undefined ? null : JSON.stringify(body) };
    for (let tries = 1;; tries++) {
      const left = end - clock.now();
      if (left <= 0) throw late(TOTAL_MS);
      const signal = clock.timeout(Math.min(left, TRY_MS));
      try {
        const answer = await fetchAnswer(url, { ...init, signal });
        if (answer.status >= 200 && answer.status < 300) return answer;
        // Before it is cut, which could leave a part of the token.
        throw refused({ ...answer, text: redact(answer.text) }, call, clock.now());
      } catch (error) {
        const failure = signal.aborted ? late(left < TRY_MS ? TOTAL_MS : TRY_MS) : inWords(error);
        const wait = failure.retry === "soon" ? tries ** 2 * 1_000 : failure.retry;
        if (wait === undefined || tries > RETRIES || clock.now() + wait >= end) throw failure;
        log(redact(`${failure.message}: trying again in ${Math.ceil(wait / 1_000)} s`));
        await clock.sleep(wait);
      }
    }
  }

  function inWords(error: unknown): CallError {
    if (error instanceof CallError) return error;
    if (error instanceof Deno.errors.NotCapable) {
      const fix = `add --allow-net=${host} to the command that starts hubwright`;
      return new CallError(`Deno denies access to ${host}`, fix);
    }
    const why = error instanceof Error ? error.cause ?? error : error;
    const what = `GitHub at ${host} is out of reach${quote(thrownText(why))}`;
    const fix = `check GITHUB_API_URL and the network, then ${RERUN}`;
    return new CallError(what, fix, "soon");
  }

  async function about<T>(call: Call<unknown>, work: (url: URL) => Promise<T>): Promise<T> {
    try {
      return await work(new URL(`${root}${call.path}`));
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      throw new UserError(redact(`${call.failing}: ${error.message}; ${error.fix}`));
    }
  }

  function parse<T>(shape: z.ZodMiniType<T>, { headers, text }: Answer): T {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      const type = JSON.stringify(headers.get("content-type") ?? "");
      const found = text === "" ? "nothing" : `something else of the type ${type}`;
      throw unreadable(host, `expected JSON, found ${found}`);
    }
    const result = shape.safeParse(value, REPORT_INPUT);
    if (result.success) return result.data;
    throw unreadable(host, result.error.issues.map((issue) => describeIssue(issue)).join("; "));
  }

  return {
    repository,
    request: (call) => about(call, async (url) => parse(call.answer, await send(url, call))),
    list: (call) =>
      about(call, async (first) => {
        first.searchParams.set("per_page", "100");
        const pages = [];
        for (let url: URL | undefined = first; url !== undefined;) {
          const answer: Answer = await send(url, call);
          pages.push(parse(call.answer, answer));
          url = nextPage(answer.headers, url);
        }
        return pages.flat();
      }),
    find: (call) =>
      about(call, async (url) => {
        const answer = await send(url, call).catch(unlessGone);
        return answer && parse(call.answer, answer);
      }),
    remove: (call) => about(call, (url) => send(url, call).then(() => {}, unlessGone)),
    wait: (ms) => clock.sleep(Math.max(0, Math.min(ms, end - clock.now()))),
  };
}

function late(ms: number): CallError {
  return new CallError(`GitHub did not answer within ${ms / 1_000} s`, RERUN, "soon");
}

function unlessGone(error: unknown): undefined {
  if (!(error instanceof CallError && error.status === 404)) throw error;
}

function nextPage(headers: Headers, url: URL): URL | undefined {
  const [, next] = /<([^<>]*)>;\s*rel="next"/.exec(headers.get("link") ?? "") ?? [];
  return next === undefined ? undefined : sameOrigin(next, url);
}

function checkSettings({ token, baseUrl, repository }: ApiSettings): void {
  const problems = [
    token === "" &&
    "expected a token, found none; pass one to this step, in a workflow github.token",
    !/^[\x21-\x7e]*$/.test(token) &&
    "expected a token without spaces and line breaks; pass it as GitHub gave it",
    !/^https?:$/.test(URL.parse(baseUrl)?.protocol ?? "") &&
    'expected the address of its API, such as "https://api.github.com", found ' +
      `${JSON.stringify(baseUrl)}; set GITHUB_API_URL`,
    !/^(?!\.{1,2}\/)[\w.-]+\/(?!\.{1,2}$)[\w.-]+$/.test(repository) &&
    `expected a repository as "owner/name", found ${JSON.stringify(repository)}; set ` +
      "GITHUB_REPOSITORY",
  ].filter((problem) => problem !== false);
  if (problems.length === 0) return;
  throw new UserError(problems.map((why) => ({ message: `Cannot connect to GitHub: ${why}` })));
}
