import type { ApiState } from "./local_api.ts";

/** What GitHub keeps of a repository from one run to the next. */
export type Kept = Omit<ApiState, "facts" | "commitOf">;

/** What GitHub keeps of a repository in which nothing has run yet. */
export function nothingKept(): Kept {
  const lists = { pullRequests: [], comments: [], deployments: [], runs: new Map() };
  return { ...lists, now: () => Date.UTC(2026, 0, 1) };
}
