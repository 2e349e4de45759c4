import type { TestClock } from "./test_clock.ts";

/** A way in which a call can go wrong. */
export type Fault =
  | {
    /** An answer: an error, or one that GitHub does not give. */
    readonly kind: "answer";
    readonly status?: number;
    readonly body: string;
    readonly headers?: Readonly<Record<string, string>>;
  }
  | {
    /** The connection is lost in the middle of the answer. */
    readonly kind: "cut off";
  }
  | {
    /** No answer, ever. */
    readonly kind: "hang";
  };

/** Which calls a fault meets, and when. */
export interface FaultRule {
  /** The fault. */
  readonly fault: Fault;
  /** How many calls it meets; 1. */
  readonly times?: number;
  /** The method that it meets; all of them where absent. */
  readonly method?: string;
  /** Whether the call takes effect all the same; it does not. */
  readonly applied?: boolean;
}

/** An error of GitHub's. */
export function errorFault(
  status: number,
  message = "Server Error",
  headers: Readonly<Record<string, string>> = {},
): Fault {
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
  const headers = seconds === undefined ? {} : { "retry-after": String(seconds) };
  return errorFault(status, message, headers);
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
    case "answer":
      return new Response(fault.body, {
        status: fault.status ?? 200,
        headers: { ...headers, ...fault.headers },
      });
  }
}

/** Makes an error as GitHub's API writes it. */
export function errorResponse(
  status: number,
  message: string,
  errors?: readonly Readonly<Record<string, string>>[],
): Response {
  return Response.json({
    message,
    ...errors === undefined ? {} : { errors },
    documentation_url: "https://docs.github.com/rest",
    status: String(status),
  }, { status });
}
