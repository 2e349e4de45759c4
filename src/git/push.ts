/** A commit of the first-parent history: what one push, or the merge of one pull request, did. */
export interface Push {
  /** The commit, as a full hash. */
  readonly commit: string;
  /** When it was committed, as an ISO 8601 date with its time. */
  readonly date: string;
  /** The first line of its message. */
  readonly subject: string;
  /** Its first parent; `undefined` for a commit without one. */
  readonly parent: string | undefined;
  /** What it changed against its first parent. */
  readonly files: readonly PushFile[];
}

/** A file that a push changed; a rename is a deletion and an addition. */
export interface PushFile {
  /** Its path. */
  readonly path: string;
  /** The id of its blob after the push; `undefined` where it was deleted. */
  readonly id: string | undefined;
}

/**
 * Reads the first field of a push, as `git log --format="%H %cI %P"` writes it.
 *
 * @param field The field.
 * @param subject The first line of the commit's message.
 * @returns The push, its files aside.
 * @example
 * ```ts
 * import { readRawPush } from "./push.ts";
 *
 * const { commit, parent } = readRawPush("c0ffee 2026-01-01T00:00:00Z beef cafe", "Merge");
 * console.assert(commit === "c0ffee" && parent === "beef");
 * ```
 */
export function readRawPush(field: string, subject: string): Omit<Push, "files"> {
  const [commit = "", date = "", parent] = field.split(" ");
  return { commit, date, subject, parent: parent || undefined };
}

/**
 * Reads what `git log --raw -z` says of a file, its path aside.
 *
 * @param field `:MODE MODE ID ID STATUS`, behind a line break for the first file of a commit.
 * @returns The blob after the commit; `undefined` for a field that is about no file.
 * @example
 * ```ts
 * import { readRawFile } from "./push.ts";
 *
 * console.assert(readRawFile(":100644 100644 c0ffee beef M")?.id === "beef");
 * console.assert(readRawFile(":100644 000000 c0ffee 000000 D")?.id === undefined);
 * console.assert(readRawFile("c0ffee 2026-01-01T00:00:00Z ") === undefined);
 * ```
 */
export function readRawFile(field: string): Omit<PushFile, "path"> | undefined {
  const id = /^\n?:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) [A-Z]/.exec(field)?.[1];
  if (id === undefined) return undefined;
  return { id: /^0+$/.test(id) ? undefined : id };
}
