/** A way in which a call can go wrong. */
export type Fault =
  | {
    /** An error of GitHub's. */
    readonly kind: "error";
    readonly status: number;
    readonly message?: string;
  }
  | {
    /** The limit of calls an hour is used up. */
    readonly kind: "rate limit";
    readonly status?: 403 | 429;
    /** Seconds from now. */
    readonly resetsIn: number;
  }
  | {
    /** Too many calls in too short a time. */
    readonly kind: "secondary rate limit";
    readonly status?: 403 | 429;
    /** Seconds; not said where absent. */
    readonly retryAfter?: number;
  }
  | {
    /** The connection is lost in the middle of the answer. */
    readonly kind: "cut off";
  }
  | {
    /** No answer, ever. */
    readonly kind: "hang";
  }
  | {
    /** Another place to go to. */
    readonly kind: "redirect";
    readonly status: number;
    readonly location: string;
  }
  | {
    /** An answer that GitHub does not give. */
    readonly kind: "answer";
    readonly status?: number;
    readonly body: string;
    readonly headers?: Readonly<Record<string, string>>;
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

/** Makes the answer that a fault gives. */
export async function answerFault(fault: Fault, closed: AbortSignal): Promise<Response> {
  switch (fault.kind) {
    case "error":
      return errorResponse(fault.status, fault.message ?? "Server Error");
    case "rate limit":
      return errorResponse(fault.status ?? 403, "API rate limit exceeded for installation.", {
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": String(Math.floor(Date.now() / 1_000) + fault.resetsIn),
      });
    case "secondary rate limit":
      return errorResponse(
        fault.status ?? 403,
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
        fault.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) },
      );
    case "cut off":
      return cutOff();
    case "hang":
      await new Promise((resolve) => closed.addEventListener("abort", resolve));
      return new Response(null, { status: 503 });
    case "redirect":
      return Response.json({ message: "Moved" }, {
        status: fault.status,
        headers: { location: fault.location },
      });
    case "answer":
      return new Response(fault.body, {
        status: fault.status ?? 200,
        headers: { "content-type": "application/json; charset=utf-8", ...fault.headers },
      });
  }
}

/** Makes an error as GitHub's API writes it. */
export function errorResponse(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
  errors?: readonly Readonly<Record<string, string>>[],
): Response {
  const body = {
    message,
    ...errors === undefined ? {} : { errors },
    documentation_url: "https://docs.github.com/rest",
    status: String(status),
  };
  return Response.json(body, { status, headers });
}

/** Promises more than it sends. */
function cutOff(): Response {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode("[]"));
      controller.close();
    },
  });
  const headers = { "content-type": "application/json; charset=utf-8", "content-length": "100" };
  return new Response(body, { headers });
}
