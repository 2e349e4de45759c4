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

/** Reads the first field of a push, as `git log --format="%H %cI %P"` writes it. */
export function readRawPush(field: string, subject: string): Omit<Push, "files"> {
  const [commit = "", date = "", parent] = field.split(" ");
  return { commit, date, subject, parent: parent || undefined };
}

/** Reads what `git log --raw -z` says of a file, its path aside. */
export function readRawFile(field: string): Omit<PushFile, "path"> | undefined {
  const id = /^\n?:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) [A-Z]/.exec(field)?.[1];
  if (id === undefined) return undefined;
  return { id: /^0+$/.test(id) ? undefined : id };
}
