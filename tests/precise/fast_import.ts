import type { Files } from "./world.ts";

/** A commit and the one before it. */
export interface Commits {
  /** The name of the branch; `NAME-before` is where it started. */
  readonly name: string;
  readonly before: Files;
  readonly after: Files;
  /** The folder of the git repository that holds the files: empty, or with a `/` at its end. */
  readonly folder: string;
}

/** Commits many changes by one git process, each to a branch of its own. Nothing is checked out. */
export async function importCommits(repo: string, changes: readonly Commits[]): Promise<void> {
  const git = new Deno.Command("git", {
    args: ["-C", repo, "fast-import", "--quiet"],
    stdin: "piped",
    stderr: "piped",
  }).spawn();
  const writer = git.stdin.getWriter();
  const text = changes.map(({ name, before, after, folder }) =>
    commit(`${name}-before`, before, folder) +
    commit(name, after, folder, `from refs/heads/${name}-before\ndeleteall\n`)
  ).join("");
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  const complaint = await new Response(git.stderr).text();
  if (!(await git.status).success) throw new Error(`git fast-import: ${complaint}`);
}

function commit(name: string, files: Files, folder: string, from = ""): string {
  const lines = [...files].map(([path, { text, executable }]) =>
    `M ${executable ? "100755" : "100644"} inline ${folder}${path}\n${data(text)}\n`
  );
  return `commit refs/heads/${name}\ncommitter Test <test@example.org> 0 +0000\n${
    data("change")
  }\n` +
    `${from}${lines.join("")}\n`;
}

function data(text: string): string {
  return `data ${new TextEncoder().encode(text).length}\n${text}`;
}
