/**
 * The time that all calls of a run may take together, waiting included. The clock starts at the
 * first question, so that what a run does before its first call costs nothing.
 */
export class TimeBudget {
  /** The whole budget in milliseconds. */
  readonly totalMs: number;
  #end: number | undefined;

  /** @param totalMs The whole budget in milliseconds. */
  constructor(totalMs: number) {
    this.totalMs = totalMs;
  }

  /** Says how much is left. */
  remaining(): number {
    const now = performance.now();
    this.#end ??= now + this.totalMs;
    return Math.max(0, this.#end - now);
  }

  /** Whether a wait leaves time for another try after it. */
  fits(waitMs: number): boolean {
    return waitMs < this.remaining();
  }
}
