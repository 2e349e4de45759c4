import { UserError } from "../errors.ts";
import { startGit } from "./git.ts";
import type { FileVersion } from "./tree.ts";

/** A commit of the first-parent history: what one push, or the merge of one pull request, did. */
export interface Push {
  readonly commit: string;
  /** When it was committed, as an ISO 8601 date with its time. */
  readonly date: string;
  readonly subject: string;
  /** Its first parent; `undefined` for a commit without one. */
  readonly parent: string | undefined;
  /** What it changed against its first parent; a rename is a deletion and an addition. */
  readonly files: readonly FileVersion[];
}

/**
 * Reads the pushes between two commits, oldest first: the commits of the first-parent history,
 * each with what it changed against its first parent. One git lists them while they are consumed.
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
  ]);
  const fields = fieldsOf(git.process.stdout);
  const next = async () => (await fields.next()).value as string | undefined;
  // Not with "using": a Deno that is too old has to read the entry to say so.
  try {
    let field = await next();
    while (field !== undefined) {
      const [commit = "", date = "", parent] = field.split(" ");
      const subject = await next() ?? "";
      const files: FileVersion[] = [];
      for (field = await next(); field !== undefined; field = await next()) {
        const [, mode, id = ""] = /^\n?:\d+ (\d+) [0-9a-f]+ ([0-9a-f]+) [A-Z]/.exec(field) ?? [];
        if (mode === undefined) break;
        files.push({ path: await next() ?? "", id: /^0+$/.test(id) ? undefined : id, mode });
      }
      yield { commit, date, subject, parent: parent || undefined, files };
    }
    const complaint = await git.complaint();
    if (complaint !== "") throw new UserError(`Cannot read the history: ${complaint}`);
  } finally {
    await fields.return(undefined);
    await git[Symbol.asyncDispose]();
  }
}

async function* fieldsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const fields = `${rest}${decoder.decode(chunk, { stream: true })}`.split("\0");
    rest = fields.pop() ?? "";
    yield* fields;
  }
}
