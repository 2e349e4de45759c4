import type * as z from "../zod.ts";

/** A call to GitHub's API about a repository, with the words for what to say where it fails. */
export interface Call<Result> {
  /** `GET` where absent. */
  readonly method?: "POST" | "PATCH" | "DELETE";
  /** The path inside the repository, with its query: `pulls/7`. */
  readonly path: string;
  readonly body?: unknown;
  /** The shape of the answer; of a page of it, where it is a list. */
  readonly answer: z.ZodMiniType<Result>;
  /** What fails with the call: `Cannot read the comments of pull request 7`. */
  readonly failing: string;
  /** What the call is about: `pull request 7`. */
  readonly subject: string;
  /** What the job's `permissions` must hold: `pull-requests: read`. */
  readonly permission: string;
  /** What GitHub accepts, where it can refuse what it is given. */
  readonly accepted?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}
