import { listNames } from "../text/list_names.ts";
import { rememberText } from "../text/remember_text.ts";
import type { KeyChange } from "./key_changes.ts";

/** A cause to upgrade releases: one object for all releases that share it. */
export interface Cause {
  readonly rule: string;
  /** What it decided on: changed files, as paths, or what else made it apply. */
  readonly subjects: readonly string[];
  /** The keys of a changed file that decided, where not all of the file did. */
  readonly keys?: readonly KeyChange[];
  /** Why all of a changed file decided, in words. */
  readonly note?: string;
}

/** Why a release is upgraded, in words. */
export const writeCauses = rememberText<Cause>((all) =>
  [...Map.groupBy(all, ({ rule }) => rule)].sort(([a], [b]) => a < b ? -1 : 1)
    .map(([rule, causes]) => `${listSubjects(causes)} (rule: ${rule})`).join("; ")
);

function listSubjects(causes: readonly Cause[]): string {
  const subjects = listNames([...new Set(causes.flatMap((cause) => cause.subjects))].sort());
  const [{ note, keys } = {}, ...others] = causes;
  if (others.length > 0) return subjects;
  const details = note ?? (keys && listNames([...new Set(keys.map(keyName))]));
  return details === undefined ? subjects : `${subjects}: ${details}`;
}

/** Writes the path of a changed key, for instance `auth.users[0]`; "new" for a whole entry. */
export function keyName({ path }: KeyChange): string {
  if (path.length === 0) return "new";
  return path.map((key, index) => {
    if (typeof key === "number") return `[${key}]`;
    return index === 0 ? key : `.${key}`;
  }).join("");
}
