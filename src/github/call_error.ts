import * as z from "../zod.ts";
import { visible } from "../text/visible.ts";
import type { Answer, Call } from "./call.ts";

/** What to do where GitHub itself may be down. */
export const RERUN = "try again; https://www.githubstatus.com says whether GitHub is well";

/** What to do where something else seems to answer. */
export const CHECK_ADDRESS =
  "check that GITHUB_API_URL is the address of GitHub's API and that no proxy answers in its place";

/** Why a call failed and how to fix it; in how many milliseconds another try may do better. */
export class CallError extends Error {
  override readonly name = "CallError";

  constructor(
    what: string,
    readonly fix: string,
    readonly retry?: number | "soon",
    readonly status?: number,
  ) {
    super(what);
  }
}

export function unreadable(host: string, why: string): CallError {
  return new CallError(`GitHub at ${host} gave an unknown answer${quote(why)}`, CHECK_ADDRESS);
}

export function refused(answer: Answer, call: Call<unknown>, now: number): CallError {
  const { status } = answer;
  const said = readMessage(answer.text);
  const until = limitedUntil(answer, said, now);
  if (until === undefined) {
    const what = `GitHub answered ${status}${quote(said)}`;
    const retry = status >= 500 ? "soon" : undefined;
    return new CallError(what, fixRefused(status, said, call), retry, status);
  }
  // Later years have more than four digits, or no date at all.
  const date = new Date(Math.min(until, Date.UTC(9999, 11, 31))).toISOString();
  const what = `GitHub takes no more calls until ${date.slice(0, 19)}Z${quote(said)}`;
  return new CallError(what, "try again after that", until - now, status);
}

function fixRefused(status: number, said: string, call: Call<unknown>): string {
  const permission = `"${call.permission}" under "permissions", or a token of your own that ` +
    "permission";
  switch (status) {
    case 401:
      return "pass a valid token, in a workflow the job's own: github.token";
    case 403:
      return /not accessible/i.test(said)
        ? `give the job ${permission}`
        : `fix what GitHub names, and check that the job has ${permission}`;
    case 404:
      return `either ${call.subject} is gone or the token cannot see it: check that it exists ` +
        `and that the job has ${permission}`;
    default:
      return status === 422 && call.accepted !== undefined ? `expected ${call.accepted}` : RERUN;
  }
}

/**
 * When GitHub takes calls again, in milliseconds since 1970, as it
 * {@link https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit says}:
 * in a minute where it does not say when.
 */
function limitedUntil({ status, headers }: Answer, said: string, now: number) {
  if (status !== 403 && status !== 429) return undefined;
  const after = Number(headers.get("retry-after"));
  if (after > 0) return now + after * 1_000;
  const usedUp = headers.get("x-ratelimit-remaining") === "0";
  const reset = Number(headers.get("x-ratelimit-reset"));
  // A second later, because the date is one of whole seconds.
  if (usedUp && reset > 0) return Math.max(now, reset * 1_000) + 1_000;
  return usedUp || status === 429 || /\bsecondary rate\b/i.test(said) ? now + 60_000 : undefined;
}

/** The body of GitHub's errors, as far as it is for people. */
const ErrorBody = z.object({ message: z.string(), errors: z.optional(z.unknown()) });
const ErrorDetails = z.array(z.union([z.string(), z.record(z.string(), z.unknown())]));

/** What GitHub says is wrong; nothing where that is not for people. */
function readMessage(text: string): string {
  try {
    const { message, errors } = ErrorBody.parse(JSON.parse(text));
    const details = (ErrorDetails.safeParse(errors).data ?? []).map((error) =>
      typeof error === "string" ? error : String(error.message ?? `${error.field}: ${error.code}`)
    );
    return [message, ...details].join(": ");
  } catch {
    return /^\s*[<{[]/.test(text) ? "" : text.trim();
  }
}

/** Quotes what others say, as far as it fits a line. */
export function quote(text: string): string {
  if (text === "") return "";
  return ` (${visible(text.length > 300 ? `${text.slice(0, 300)}...` : text)})`;
}
