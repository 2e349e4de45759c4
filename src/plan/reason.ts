import { listNames } from "../text/list_names.ts";
import type { KeyChange } from "./key_changes.ts";
import { rememberText } from "../text/remember_text.ts";

/** A reason to upgrade releases: one object for all releases that share it. */
export interface Cause {
  /** The rule that decided. */
  readonly rule: string;
  /** What it decided on: changed files, as paths, or what else made it apply. */
  readonly subjects: readonly string[];
  /** What of a changed file decided, where not all of it did. */
  readonly keys?: readonly KeyChange[];
  /** Why all of a changed file decided, in words. */
  readonly note?: string;
}

const NO_CAUSES: readonly Cause[] = [];

/** Why one release is upgraded, collected cause by cause. */
export class Reasons {
  // Most lists stay empty or get one item: one that is pushed to would keep room for many.
  #causes: readonly Cause[] = NO_CAUSES;

  /** Adds a cause. */
  add(cause: Cause): void {
    this.#causes = [...this.#causes, cause];
  }

  /** Whether anything was added: a release without a cause is not upgraded. */
  get any(): boolean {
    return this.#causes.length > 0;
  }

  /** The causes, in the order in which they were added. */
  get causes(): readonly Cause[] {
    return this.#causes;
  }

  /** Writes the causes as one line. */
  toString(): string {
    return writeCauses(this.#causes);
  }
}

const writeCauses = rememberText<Cause>((all) => {
  const byRule = Map.groupBy(all, ({ rule }) => rule);
  return [...byRule].sort(([a], [b]) => a < b ? -1 : 1)
    .map(([rule, causes]) => `${listSubjects(causes)} (rule: ${rule})`)
    .join("; ");
});

function listSubjects(causes: readonly Cause[]): string {
  const [only] = causes;
  const subjects = listNames([...new Set(causes.flatMap((cause) => cause.subjects))].sort());
  if (causes.length > 1 || only === undefined) return subjects;
  if (only.note !== undefined) return `${subjects}: ${only.note}`;
  if (only.keys === undefined) return subjects;
  return `${subjects}: ${listNames([...new Set(only.keys.map(keyName))])}`;
}

/** Writes where a changed key stands. */
export function keyName({ path }: KeyChange): string {
  if (path.length === 0) return "new";
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? key : `${text}.${key}`;
  }, "");
}
