import type { Octokit, OctokitOptions } from "@octokit/core";
import { summarize } from "./explain.ts";
import { isPassing, readFailure } from "./failure.ts";
import type { TimeBudget } from "./time_budget.ts";

/** How often a call is repeated, for each cause. */
const RETRIES = 3;

/** Where waiting ends and who is told. */
export interface PatienceSettings {
  /** The time that all calls may take together. */
  readonly budget: TimeBudget;
  /** How long a second of waiting takes, in milliseconds. */
  readonly secondMs: number;
  /** Prints a line. */
  readonly log: (line: string) => void;
}

/** When Octokit waits and tries again. */
export interface Patience {
  /** A plugin that must come before the retry plugin. */
  readonly plugin: (octokit: Octokit) => void;
  /** The options of the retry plugin and of the throttling plugin. */
  readonly options: Pick<OctokitOptions, "retry" | "throttle">;
}

/**
 * Decides when Octokit waits and tries again: GitHub's own errors and the network's after 1, 4 and
 * 9 seconds, a rate limit when GitHub says so, and neither where the wait does not fit the budget.
 */
export function patience({ budget, secondMs, log }: PatienceSettings): Patience {
  const announce = (why: string, seconds: number) => log(`${why}: trying again in ${seconds} s`);

  const awaitLimit = (why: string) => (seconds: number, _: unknown, __: unknown, tries: number) => {
    if (tries >= RETRIES || !budget.fits(seconds * secondMs)) return false;
    announce(why, Math.max(0, seconds));
    return true;
  };

  return {
    plugin: (octokit) => {
      octokit.hook.error("request", (error, { request }) => {
        const failure = readFailure(error);
        const tries = request.retryCount ?? 0;
        const seconds = (tries + 1) ** 2;
        const fits = budget.fits(seconds * secondMs);
        const again = failure !== undefined && isPassing(failure) && fits;
        request.retries = again ? RETRIES : 0;
        if (again && tries < RETRIES) announce(summarize(failure), seconds);
        throw error;
      });
    },
    options: {
      // The list is empty because the hook decides: without, the retry plugin goes by the number of
      // retries that the last failure of the call left behind.
      retry: { retryAfterBaseValue: secondMs, doNotRetry: [] },
      throttle: {
        retryAfterBaseValue: secondMs,
        onRateLimit: awaitLimit("GitHub's rate limit is used up"),
        onSecondaryRateLimit: awaitLimit("GitHub asks for fewer calls"),
        write: AT_ONCE,
        notifications: AT_ONCE,
      },
    },
  };
}

type Group = NonNullable<NonNullable<OctokitOptions["throttle"]>["write"]>;

/**
 * Stands in for the throttling plugin's pause between writes, which spreads bursts: hubwright
 * makes one call at a time.
 */
const AT_ONCE = {
  key: () => ({
    schedule: <Arguments extends unknown[], Result>(
      _options: unknown,
      job: (...args: Arguments) => Result,
      ...args: Arguments
    ) => job(...args),
  }),
} as unknown as Group;
