import type { ConfigEntry } from "./config_code.ts";

/** What `init` would write into the config, and what it says about it. */
export interface Proposal {
  readonly entries: readonly ConfigEntry[];
  /** What was found, and what follows from it. */
  readonly found: readonly string[];
  /** What could not be found or taken over, each with what to do. */
  readonly open: readonly string[];
}

export type Part = Pick<Proposal, "entries" | "open">;
