import * as z from "../zod.ts";

/** Why a call to GitHub's API gave nothing to go on with. */
export type Failure =
  | Refused
  | Limited
  | {
    /** No connection, or one that was lost before the answer was complete. */
    readonly kind: "unreachable";
    readonly host: string;
    readonly message: string;
  }
  | {
    /** Deno was not started with the permission to talk to the host. */
    readonly kind: "denied";
    readonly host: string;
  }
  | {
    /** The time was up before an answer came. */
    readonly kind: "late";
    readonly seconds: number;
  }
  | {
    /** The answer, or the next page, is at a host that must not see the token. */
    readonly kind: "elsewhere";
    readonly from: string;
    readonly to: string;
  }
  | {
    /** An answer of success that is not what GitHub documents. */
    readonly kind: "unreadable";
    readonly host: string;
    readonly message: string;
  };

/** GitHub answered with an error. */
export interface Refused {
  readonly kind: "refused";
  readonly status: number;
  /** What GitHub says; empty where it says nothing that a person can read. */
  readonly message: string;
}

/** GitHub takes no more calls for a while. */
export interface Limited {
  readonly kind: "limited";
  readonly until: Date;
  readonly message: string;
}

/** Carries a failure from where it is found to where it is put into words. */
export class CallError extends Error {
  override readonly name = "CallError";
  /** What went wrong. */
  readonly failure: Failure;

  /** @param failure What went wrong. */
  constructor(failure: Failure) {
    super(failure.kind);
    this.failure = failure;
  }
}

/** What Octokit throws: the class itself is in a package that hubwright does not depend on. */
interface HttpError extends Error {
  readonly status: number;
  readonly request: { readonly url: string };
  readonly response?: {
    readonly headers: Readonly<Record<string, string | number | undefined>>;
    readonly data: unknown;
  };
}

/** How long GitHub wants to be left alone where it does not say for how long. */
const UNSAID_WAIT_MS = 60_000;

/** The body of GitHub's errors, as far as people can read it. */
const ErrorBody = z.object({
  message: z.string(),
  errors: z.catch(
    z.array(z.union([
      z.string(),
      z.pipe(z.object({ message: z.string() }), z.transform(({ message }) => message)),
      z.pipe(
        z.object({ field: z.string(), code: z.string() }),
        z.transform(({ field, code }) => `${field}: ${code}`),
      ),
    ])),
    [],
  ),
});

/** Reads what went wrong from what Octokit threw. */
export function readFailure(error: unknown, now: Date = new Date()): Failure | undefined {
  if (error instanceof CallError) return error.failure;
  if (!isHttpError(error)) return undefined;
  if (error.cause instanceof CallError) return error.cause.failure;
  const { status, response } = error;
  if (response === undefined) {
    return { kind: "unreachable", host: new URL(error.request.url).host, message: error.message };
  }
  const message = readMessage(response.data);
  const until = limitedUntil(status, message, response.headers, now);
  return until === undefined
    ? { kind: "refused", status, message }
    : { kind: "limited", until, message };
}

/** Whether a failure may be gone at the next try, without a change to what is asked. */
export function isPassing(failure: Failure): boolean {
  return failure.kind === "unreachable" || failure.kind === "late" ||
    failure.kind === "refused" && failure.status >= 500;
}

function isHttpError(error: unknown): error is HttpError {
  return error instanceof Error && error.name === "HttpError";
}

function readMessage(data: unknown): string {
  if (typeof data === "string") return data.trimStart().startsWith("<") ? "" : data.trim();
  const body = ErrorBody.safeParse(data);
  return body.success ? [body.data.message, ...body.data.errors].join(": ") : "";
}

/** The same signs that Octokit's throttling plugin goes by, and `retry-after` by itself. */
function limitedUntil(
  status: number,
  message: string,
  headers: Readonly<Record<string, string | number | undefined>>,
  now: Date,
): Date | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const after = Number(headers["retry-after"] ?? NaN);
  const usedUp = headers["x-ratelimit-remaining"] === "0";
  if (after > 0) return dateAt(now.getTime() + after * 1_000);
  const reset = Number(headers["x-ratelimit-reset"] ?? NaN);
  if (usedUp && reset > 0) return dateAt(reset * 1_000);
  if (usedUp || status === 429 || /\bsecondary rate\b/i.test(message)) {
    return new Date(now.getTime() + UNSAID_WAIT_MS);
  }
  return undefined;
}

/** No date is so late that it cannot be written down. */
function dateAt(ms: number): Date {
  return new Date(Math.min(ms, Date.UTC(9999, 11, 31)));
}
