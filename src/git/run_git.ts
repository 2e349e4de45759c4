import { UserError } from "../errors.ts";
import { visible } from "../plan/visible.ts";

/** What a git command said. */
export interface GitResult {
  /** True where it exited with 0. */
  readonly ok: boolean;
  /** What it wrote, as bytes: paths may be any bytes. */
  readonly output: Uint8Array;
  /** The first line of what it complained about, safe to print. */
  readonly complaint: string;
}

/**
 * Runs git in a folder.
 *
 * @param repo The folder.
 * @param args The arguments, none of which a shell sees.
 * @returns What it said.
 * @throws {UserError} Where git cannot be started.
 */
export async function runGit(
  repo: string,
  args: readonly string[],
): Promise<GitResult> {
  const command = new Deno.Command("git", {
    args: ["-C", repo, ...args],
    env: { LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
  try {
    const { success, stdout, stderr } = await command.output();
    const [first = ""] = new TextDecoder().decode(stderr).split("\n");
    return { ok: success, output: stdout, complaint: visible(first.replace(/^fatal: /, "")) };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new UserError(
      "Cannot start git: expected it on the PATH; install it, or give the changed files with " +
        "--changed-files or --changed-files-from",
    );
  }
}

/**
 * Splits what git writes with `-z` into its fields.
 *
 * @param output The bytes: fields, each followed by NUL.
 * @returns The fields; bytes that are no UTF-8 become the replacement character.
 * @example
 * ```ts
 * import { splitNul } from "./run_git.ts";
 *
 * console.assert(splitNul(new TextEncoder().encode("a\0b\n\0")).join("|") === "a|b\n");
 * ```
 */
export function splitNul(output: Uint8Array): string[] {
  const fields = new TextDecoder().decode(output).split("\0");
  if (fields.at(-1) === "") fields.pop();
  return fields;
}
