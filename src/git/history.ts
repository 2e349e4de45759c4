import { UserError } from "../errors.ts";
import { ByteStream } from "./byte_stream.ts";
import { complaintOf, startGit } from "./git.ts";

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
  readonly path: string;
  /** The id of its blob after the push; `undefined` where it was deleted. */
  readonly id: string | undefined;
  /** Its mode after the push, for instance `100644`. */
  readonly mode: string;
}

const NUL = 0;

/**
 * Reads the pushes between two commits, oldest first: the commits of the first-parent history,
 * each with what it changed against its first parent. One git lists them while they are consumed.
 *
 * @throws {UserError} Where git cannot list them.
 */
export async function* readPushes(
  repo: string,
  { from, to }: { readonly from?: string | undefined; readonly to: string },
): AsyncGenerator<Push> {
  const git = startGit(repo, [
    ...["log", "-z", "--format=tformat:%H %cI %P%x00%s", "--encoding=UTF-8"],
    ...["--first-parent", "--reverse", "--raw", "--root", "--no-abbrev", "--no-renames"],
    // Against settings of the user that would add or omit something.
    ...["--relative", "--no-show-signature", "--no-ext-diff", "--ignore-submodules=none"],
    ...[from === undefined ? to : `${from}..${to}`, "--"],
  ], "null");
  const stderr = new Response(git.stderr).text();
  const fields = new ByteStream(git.stdout);
  let finished = false;
  try {
    yield* parsePushes(fields);
    finished = true;
  } finally {
    await fields[Symbol.asyncDispose]();
    // A consumer that stops early leaves git waiting.
    if (!finished) killIfAlive(git);
    await Promise.all([stderr, git.status]);
  }
  const status = await git.status;
  if (status.success) return;
  throw new UserError(`Cannot read the history: ${complaintOf(await stderr, status)}`);
}

async function* parsePushes(fields: ByteStream): AsyncGenerator<Push> {
  const next = async () => {
    const bytes = await fields.takeUntil(NUL);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  };
  let field = await next();
  while (field !== undefined) {
    const [commit = "", date = "", parent] = field.split(" ");
    const subject = await next() ?? "";
    const files: PushFile[] = [];
    for (field = await next(); field !== undefined; field = await next()) {
      const [, mode, id] = /^\n?:\d+ (\d+) [0-9a-f]+ ([0-9a-f]+) [A-Z]/.exec(field) ?? [];
      if (mode === undefined || id === undefined) break;
      files.push({ path: await next() ?? "", id: /^0+$/.test(id) ? undefined : id, mode });
    }
    yield { commit, date, subject, parent: parent || undefined, files };
  }
}

function killIfAlive(git: Deno.ChildProcess): void {
  try {
    git.kill("SIGTERM");
  } catch (error) {
    // It has ended already.
    if (!(error instanceof TypeError)) throw error;
  }
}
