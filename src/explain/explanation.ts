import type { ReleaseKind } from "./releases.ts";

/** A rule that upgrades a release, and what made it apply. */
export interface ExplainedCause {
  readonly rule: string;
  readonly says: string;
  /** The changed files, as paths, or what else made it apply. */
  readonly subjects: readonly string[];
  /** Why all of a changed file counts, where that needs a word. */
  readonly note?: string;
  /** The keys that changed, if they alone decided; values that may be secrets are masked. */
  readonly keys: readonly ExplainedKey[];
}

export interface ExplainedKey {
  /** Where it is, for instance `auth.users[0]`. */
  readonly key: string;
  readonly before: string;
  readonly after: string;
}

export interface ReleaseExplanation {
  readonly cluster: string;
  readonly kind: ReleaseKind;
  /** The hub's name; `null` for the support chart. */
  readonly hub: string | null;
  readonly upgraded: boolean;
  /** The rules that upgrade it; where a label skips it, those that would. */
  readonly causes: readonly ExplainedCause[];
  /** Why it is not upgraded; `null` where it is. */
  readonly why_not: string | null;
  /** The releases of its cluster that have to succeed before it, if it is upgraded. */
  readonly gated_by: readonly string[];
  /** The releases of its cluster that wait for it, if it is upgraded. */
  readonly gates: readonly string[];
}
