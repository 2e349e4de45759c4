import { UserError } from "../errors.ts";
import { visible } from "../text/visible.ts";
import { ByteStream } from "./byte_stream.ts";
import { type Push, type PushFile, readRawFile, readRawPush } from "./push.ts";
import { startGit } from "./start_git.ts";

const NUL = 0;

/**
 * Reads the pushes between two commits, oldest first: the commits of the first-parent history,
 * each with what it changed against its first parent. One git tells them as they are asked for.
 *
 * @throws {UserError} Where git cannot tell them.
 */
export async function* readPushes(
  repo: string,
  { from, to }: { readonly from?: string | undefined; readonly to: string },
): AsyncGenerator<Push> {
  const git = startGit(repo, [
    ...["log", "-z", "--format=tformat:%H %cI %P%x00%s", "--encoding=UTF-8"],
    ...["--first-parent", "--reverse", "--raw", "--root", "--no-abbrev", "--no-renames"],
    // What a user's settings of git would add or leave out.
    ...["--relative", "--no-show-signature", "--no-ext-diff", "--ignore-submodules=none"],
    ...[from === undefined ? to : `${from}..${to}`, "--"],
  ], "null");
  const complaint = new Response(git.stderr).text();
  const fields = new ByteStream(git.stdout);
  let over = false;
  try {
    yield* pushesOf(fields);
    over = true;
  } finally {
    await fields[Symbol.asyncDispose]();
    // Someone who has seen enough leaves git waiting.
    if (!over) killIfAlive(git);
    await Promise.all([complaint, git.status]);
  }
  const { success } = await git.status;
  if (success) return;
  const [first = ""] = (await complaint).split("\n");
  throw new UserError(`Cannot read the history: ${visible(first.replace(/^fatal: /, ""))}`);
}

async function* pushesOf(fields: ByteStream): AsyncGenerator<Push> {
  const next = async () => {
    const bytes = await fields.takeUntil(NUL);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  };
  let field = await next();
  while (field !== undefined) {
    const push = readRawPush(field, await next() ?? "");
    const files: PushFile[] = [];
    for (field = await next(); field !== undefined; field = await next()) {
      const file = readRawFile(field);
      if (file === undefined) break;
      files.push({ ...file, path: await next() ?? "" });
    }
    yield { ...push, files };
  }
}

function killIfAlive(git: Deno.ChildProcess): void {
  try {
    git.kill("SIGTERM");
  } catch (error) {
    // It is gone already.
    if (!(error instanceof TypeError)) throw error;
  }
}
