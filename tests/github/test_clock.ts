import type { Clock } from "../../src/github/clock.ts";

/** A clock on which time passes only where a test, or a wait, says so. */
export class TestClock implements Clock {
  #now = Date.UTC(2026, 10, 22);
  #timeouts: { readonly at: number; readonly controller: AbortController }[] = [];

  now(): number {
    return this.#now;
  }

  sleep(ms: number): Promise<void> {
    return Promise.resolve(this.pass(ms));
  }

  timeout(ms: number): AbortSignal {
    const controller = new AbortController();
    this.#timeouts.push({ at: this.#now + ms, controller });
    return controller.signal;
  }

  /** Lets time pass. */
  pass(ms: number): void {
    this.#now += ms;
    const { over = [], left = [] } = Object.groupBy(
      this.#timeouts,
      ({ at }) => at <= this.#now ? "over" : "left",
    );
    this.#timeouts = left;
    for (const { controller } of over) controller.abort();
  }

  /** Lets time pass until the last call that was made times out. */
  passToTimeout(): void {
    this.pass((this.#timeouts.at(-1)?.at ?? this.#now) - this.#now);
  }
}
