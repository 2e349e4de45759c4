import type { TestClock } from "./test_clock.ts";

type Headers = Readonly<Record<string, string>>;

/** A way in which a call can go wrong: an answer, one that is cut off in the middle, or none ever. */
export type Fault =
  | { readonly kind: "answer"; readonly status?: number; readonly body: string; headers?: Headers }
  | { readonly kind: "cut off" }
  | { readonly kind: "hang" };

/** Which calls a fault meets, and when. */
export interface FaultRule {
  readonly fault: Fault;
  /** How many calls it meets; 1. */
  readonly times?: number;
  /** The method that it meets; all of them where absent. */
  readonly method?: string;
  /** Whether the call takes effect all the same; it does not. */
  readonly applied?: boolean;
}

/** An error of GitHub's. */
export function errorFault(status: number, message = "Server Error", headers: Headers = {}): Fault {
  return { kind: "answer", status, body: JSON.stringify({ message }), headers };
}

/** The limit of calls an hour is used up. */
export function rateLimit(clock: TestClock, seconds: number, status = 403): Fault {
  return errorFault(status, "API rate limit exceeded for installation.", {
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": String(Math.floor(clock.now() / 1_000) + seconds),
  });
}

/** Too many calls in too short a time. */
export function secondaryLimit(seconds?: number, status = 403): Fault {
  const message =
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
  return errorFault(status, message, seconds === undefined ? {} : { "retry-after": `${seconds}` });
}

/** Makes the answer that a fault gives. */
export async function answerFault(
  fault: Fault,
  clock: TestClock,
  closed: AbortSignal,
): Promise<Response> {
  const headers = { "content-type": "application/json; charset=utf-8" };
  switch (fault.kind) {
    case "cut off": {
      // It promises more than it sends.
      const body = new Blob(["[]"]).stream();
      return new Response(body, { headers: { ...headers, "content-length": "100" } });
    }
    case "hang": {
      const waiting = new Promise((resolve) => closed.addEventListener("abort", resolve));
      clock.passToTimeout();
      await waiting;
      return new Response(null, { status: 503 });
    }
    case "answer": {
      const { status = 200, body } = fault;
      return new Response(body, { status, headers: { ...headers, ...fault.headers } });
    }
  }
}

/** Makes an error as GitHub's API writes it. */
export function errorResponse(
  status: number,
  message: string,
  errors?: readonly Readonly<Record<string, string>>[],
): Response {
  const documentation_url = "https://docs.github.com/rest";
  return Response.json({ message, errors, documentation_url, status: `${status}` }, { status });
}
