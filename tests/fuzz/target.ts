import type fc from "fast-check";
import type { CaseFolders } from "./case_folder.ts";

/** What became of a case: hubwright took it, or said in words what is wrong with it. */
export type Ended = "accepted" | "refused";

/** Gives hubwright a case; fails where it crashes, or does not hold what it promises. */
export type Check<Case> = (input: Case) => Promise<Ended>;

/** An edge over which something comes into hubwright, and what comes in. */
export interface Target<Case = unknown> {
  readonly name: string;
  /** How many of a hundred cases it gets, more or less. */
  readonly share: number;
  /** How many cases it gets at least, where nothing says how many there are. */
  readonly least?: number;
  readonly cases: fc.Arbitrary<Case>;
  readonly open: (
    folders: CaseFolders,
    stack: AsyncDisposableStack,
  ) => Check<Case> | Promise<Check<Case>>;
}

export function target<Case>(definition: Target<Case>): Target {
  return definition as unknown as Target;
}
