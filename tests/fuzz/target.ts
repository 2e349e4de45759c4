import type fc from "fast-check";

/** What became of a case: hubwright took it, or said in words what is wrong with it. */
export type Ended = "accepted" | "refused";

/** What the cases of a target share: a folder, a server, a repository. */
export interface World<Case> extends Partial<AsyncDisposable> {
  /**
   * Gives hubwright a case and checks what it makes of it.
   *
   * @throws {Error} Where hubwright crashes, or does not hold what it promises.
   */
  readonly check: (input: Case) => Promise<Ended>;
}

/** An edge over which something comes into hubwright, and what comes in. */
export interface Target<Case = unknown> {
  /** What is mutated, in words. */
  readonly name: string;
  /** How many of a hundred cases it gets, more or less. */
  readonly share: number;
  /** What comes in. */
  readonly cases: fc.Arbitrary<Case>;
  /** Makes what the cases share. */
  readonly open: () => Promise<World<Case>>;
}

/** Defines a target. */
export function target<Case>(definition: Target<Case>): Target {
  return definition as unknown as Target;
}
