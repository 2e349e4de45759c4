import { MOST_TEXT } from "../text/bound_text.ts";

/**
 * How large a plan may be. `plan` never writes a larger one, so whoever reads a plan that a fork may
 * have made can refuse it.
 */
export const BOUNDS = {
  /** The legs of one matrix: {@link https://docs.github.com/actions/reference/limits as many as GitHub runs}. */
  legs: 256,
  /** The jobs over which the legs of a phase are spread at most. */
  shards: 40,
  /** Each waits for all before it, so that no workflow file has room for many more. */
  waves: 64,
  /** The legs of a phase, over however many jobs they are spread. */
  planLegs: 40 * 256,
  stagingHubs: 256,
  addons: 256,
  notices: 256,
  /** The characters of a reason or a notice, as UTF-16 counts them. */
  text: MOST_TEXT,
} as const;
