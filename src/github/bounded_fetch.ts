import { CallError } from "./failure.ts";
import { isNestedDeeper } from "./nesting.ts";
import type { TimeBudget } from "./time_budget.ts";

/** How many tries without any answer the whole budget has time for. */
const TRIES = 4;

/** How many redirects in a row are followed; GitHub sends one for a renamed repository. */
const MAX_REDIRECTS = 3;

/** The redirects that repeat the request as it was. */
const REDIRECTS: readonly number[] = [301, 302, 307, 308];

/** How many bytes an answer may have: a page of 100 comments of GitHub's limit has 26 million. */
const MOST_BYTES = 64_000_000;

/** How deep the lists and objects of an answer lie in each other; GitHub's have ten levels. */
const MOST_LEVELS = 100;

/** Answers whose body must be `null`. */
const WITHOUT_BODY: readonly number[] = [204, 205, 304];

/** What Octokit calls to send a request. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/**
 * Makes a `fetch` that talks to one origin only, so that a token in a header cannot leave it, and
 * only for as long as the budget lasts. It answers when the whole body is there: a connection that
 * is lost in the middle of a list must not look like a shorter list.
 */
export function boundedFetch(origin: string, budget: TimeBudget): Fetch {
  return async (url, init = {}) => {
    const tryMs = Math.min(budget.remaining(), budget.totalMs / TRIES);
    // A quick answer would come before the time-out; a list may have pages without end.
    if (tryMs === 0) throw new CallError({ kind: "late", seconds: budget.totalMs / 1_000 });
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), tryMs);
    try {
      return await readWhole(
        await follow(url, { ...init, signal: timeout.signal }, origin, MAX_REDIRECTS),
      );
    } catch (error) {
      if (timeout.signal.aborted) {
        const waitedMs = budget.remaining() === 0 ? budget.totalMs : tryMs;
        throw new CallError({ kind: "late", seconds: Number((waitedMs / 1_000).toFixed(1)) });
      }
      if (error instanceof Deno.errors.NotCapable) {
        throw new CallError({ kind: "denied", host: new URL(origin).host });
      }
      throw error;
    } finally {
      clearTimeout(timer);
    }
  };
}

async function follow(
  url: string,
  init: RequestInit,
  origin: string,
  redirects: number,
): Promise<Response> {
  const to = new URL(url).origin;
  if (to !== origin) throw new CallError({ kind: "elsewhere", from: origin, to });
  const response = await fetch(url, { ...init, redirect: "manual" });
  const location = response.headers.get("location");
  if (!REDIRECTS.includes(response.status) || location === null || redirects === 0) return response;
  await response.body?.cancel();
  return follow(new URL(location, url).href, init, origin, redirects - 1);
}

async function readWhole(response: Response): Promise<Response> {
  const { status, statusText, headers, url } = response;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES) {
      const message = `expected at most ${MOST_BYTES} bytes, found more`;
      throw new CallError({ kind: "unreadable", host: new URL(url).host, message });
    }
    chunks.push(chunk);
  }
  const isJson = /json/i.test(headers.get("content-type") ?? "");
  if (isJson && isNestedDeeper(chunks, MOST_LEVELS)) {
    const message = `expected at most ${MOST_LEVELS} levels of JSON, found more`;
    throw new CallError({ kind: "unreadable", host: new URL(url).host, message });
  }
  const body = WITHOUT_BODY.includes(status) ? null : new Blob(chunks);
  return new Response(body, { status, statusText, headers });
}
