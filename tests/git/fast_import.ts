/** What a commit does to a path. */
export interface FileChange {
  /** Any bytes but NUL, whatever a file system holds. */
  readonly path: string | Uint8Array;
  /** What is there afterwards: a file where absent. */
  readonly kind?: "file" | "executable" | "link" | "submodule" | "gone";
  /** The file's text, or where the link leads; empty where absent. */
  readonly text?: string | Uint8Array;
}

/** A commit to make. */
export interface Commit {
  /** Its branch, which is at this commit afterwards. */
  readonly branch: string;
  /** The branch that it follows; where absent the newest commit of its own that is made here. */
  readonly from?: string;
  /** The branches that it merges; what they changed is not taken over by itself. */
  readonly merges?: readonly string[];
  readonly author?: string;
  readonly message?: string;
  /** When it is made, in seconds since 1970. */
  readonly time?: number;
  /** Whether nothing is kept of the files before. */
  readonly anew?: boolean;
  readonly changes: Iterable<FileChange>;
}

const encoder = new TextEncoder();
const MODES = { file: "100644", executable: "100755", link: "120000" } as const;

/**
 * Makes commits by one git process; nothing is checked out.
 *
 * @throws {Error} Where git fails.
 */
export async function fastImport(repo: string, commits: Iterable<Commit>): Promise<void> {
  const child = new Deno.Command("git", {
    args: ["-C", repo, "fast-import", "--quiet", "--force", "--done"],
    env: { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
    stdin: "piped",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const stderr = new Response(child.stderr).text();
  const writer = child.stdin.getWriter();
  try {
    for (const commit of commits) {
      await writer.write(new Uint8Array(await new Blob(instructions(commit)).arrayBuffer()));
    }
    await writer.write(encoder.encode("done\n"));
  } catch {
    // Git is gone, and says why.
  }
  await writer.close().catch(() => {});
  if (!(await child.status).success) throw new Error(`git fast-import: ${await stderr}`);
}

function instructions(commit: Commit): BlobPart[] {
  const { branch, from, author = "A <a@example.org>", message = "", time = 0 } = commit;
  return [
    `commit refs/heads/${branch}\n`,
    `author ${author} ${time} +0000\ncommitter ${author} ${time} +0000\n`,
    ...data(message),
    from === undefined ? "" : `from refs/heads/${from}${from === branch ? "^0" : ""}\n`,
    ...(commit.merges ?? []).map((merged) => `merge refs/heads/${merged}\n`),
    commit.anew ? "deleteall\n" : "",
    ...[...commit.changes].flatMap(({ path, kind = "file", text = "" }) => {
      const name = quote(path);
      if (kind === "gone") return [`D ${name}\n`];
      if (kind === "submodule") return [`M 160000 ${"1".repeat(40)} ${name}\n`];
      return [`M ${MODES[kind]} inline ${name}\n`, ...data(text)];
    }),
    "\n",
  ];
}

function data(text: string | Uint8Array): BlobPart[] {
  const bytes = bytesOf(text);
  return [`data ${bytes.length}\n`, bytes, "\n"];
}

/** A path as C has its strings. */
function quote(path: string | Uint8Array): string {
  const bytes = [...bytesOf(path)];
  return `"${bytes.map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("")}"`;
}

function bytesOf(text: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return typeof text === "string" ? encoder.encode(text) : new Uint8Array(text);
}
