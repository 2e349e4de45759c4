import { bytesOf, type Content } from "./content.ts";

/** What a commit does to a path. */
export interface FileChange {
  readonly path: string;
  /** What is there afterwards: a file, a link, a submodule, or nothing. */
  readonly kind: "file" | "link" | "submodule" | "gone";
  readonly content: Content;
}

/** A bare-bones git repository that takes commits of any names, whatever a file system can hold. */
export class FastRepository {
  /** Its folder. */
  readonly path: string;

  /** @param path Its folder, which is there. */
  constructor(path: string) {
    this.path = path;
  }

  /** Makes it, with a commit that is checked out. */
  async init(): Promise<void> {
    await this.#git(["init", "--quiet", "--initial-branch=main"]);
    await this.#git(["commit", "--quiet", "--allow-empty", "--message=First"]);
  }

  /** Makes commits, one after the other; the branch `case` is at the last. */
  async commit(commits: readonly (readonly FileChange[])[]): Promise<void> {
    const stream = commits.flatMap((changes, index) => [
      `commit refs/heads/case\nmark :${index + 1}\ncommitter a <a> 0 +0000\ndata 0\n`,
      index === 0 ? "" : `from :${index}\n`,
      ...changes.flatMap(instructions),
      "\n",
    ]);
    const blob = new Blob(["reset refs/heads/case\n\n", ...stream, "done\n"]);
    await this.#git(["fast-import", "--quiet", "--force", "--done"], blob);
  }

  async #git(args: readonly string[], input?: Blob): Promise<void> {
    const child = new Deno.Command("git", {
      args: ["-C", this.path, "-c", "user.name=a", "-c", "user.email=a", ...args],
      env: { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
      stdin: "piped",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    const fed = (input ?? new Blob([])).stream().pipeTo(child.stdin).catch(() => {});
    const { success, stderr } = await child.output();
    await fed;
    if (!success) throw new Error(`git ${args[0]}: ${new TextDecoder().decode(stderr)}`);
  }
}

function instructions({ path, kind, content }: FileChange): readonly BlobPart[] {
  const name = quote(path);
  if (kind === "gone") return [`D ${name}\n`];
  if (kind === "submodule") return [`M 160000 ${"1".repeat(40)} ${name}\n`];
  const bytes = bytesOf(content);
  const mode = kind === "link" ? "120000" : "100644";
  return [`M ${mode} inline ${name}\ndata ${bytes.length}\n`, bytes, "\n"];
}

/** A path as C has its strings. */
function quote(path: string): string {
  const bytes = [...new TextEncoder().encode(path)];
  return `"${bytes.map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("")}"`;
}
