import type { Answer } from "./call.ts";
import { CallError, CHECK_ADDRESS, unreadable } from "./call_error.ts";

/** How many redirects in a row are followed; GitHub sends one for a renamed repository. */
const MAX_REDIRECTS = 3;

/** The redirects that repeat the request as it was, which `fetch` itself does not do for all. */
const REDIRECTS: readonly number[] = [301, 302, 307, 308];

/** How many bytes an answer may have: a page of 100 comments of GitHub's limit has 26 million. */
const MOST_BYTES = 64_000_000;

/**
 * Sends a request and reads all of its answer. It talks to one origin only, so that a token in a
 * header cannot leave it, and reads no more than an answer of GitHub's can have.
 */
export async function fetchAnswer(
  url: URL,
  init: RequestInit,
  redirects: number = MAX_REDIRECTS,
): Promise<Answer> {
  const response = await fetch(url, { ...init, redirect: "manual" });
  const { status, headers, body } = response;
  const location = headers.get("location");
  if (REDIRECTS.includes(status) && location !== null && redirects > 0) {
    await body?.cancel();
    return await fetchAnswer(sameOrigin(location, url), init, redirects - 1);
  }
  const decoder = new TextDecoder();
  let [text, size] = ["", 0];
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES) throw unreadable(url.host, `expected at most ${MOST_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return { status, headers, text: text + decoder.decode() };
}

/** Reads an address that an answer gives; another origin must not see the token. */
export function sameOrigin(address: string, base: URL): URL {
  const url = URL.parse(address, base);
  if (url === null) throw unreadable(base.host, `expected an address, found "${address}"`);
  if (url.origin === base.origin) return url;
  const what = `GitHub at ${base.origin} points to ${url.origin}, which must not see the token`;
  throw new CallError(what, CHECK_ADDRESS);
}
