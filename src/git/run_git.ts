import { visible } from "../text/visible.ts";
import { startGit } from "./start_git.ts";

const INSTEAD =
  "install it, or give the changed files with --changed-files or --changed-files-from";

/** What a git command said. */
export interface GitResult {
  /** True where it exited with 0. */
  readonly ok: boolean;
  /** Its exit code. */
  readonly code: number;
  /** What it wrote, as bytes: paths may be any bytes. */
  readonly output: Uint8Array;
  /** The first line of what it complained about, or how else it failed, safe to print. */
  readonly complaint: string;
}

/**
 * Runs git in a folder, with further environment variables.
 *
 * @throws {UserError} Where git cannot be started.
 */
export async function runGit(
  repo: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<GitResult> {
  const git = startGit(repo, args, "null", INSTEAD, env);
  const { success, code, signal, stdout, stderr } = await git.output();
  const [first = ""] = new TextDecoder().decode(stderr).split("\n");
  const said = visible(first.replace(/^fatal: /, ""));
  const end = signal === null ? `it ended with exit code ${code}` : `${signal} ended it`;
  return { ok: success, code, output: stdout, complaint: success ? said : said || end };
}

/** Splits what git writes with `-z` into its fields. */
export function splitNul(output: Uint8Array): string[] {
  const fields = new TextDecoder().decode(output).split("\0");
  if (fields.at(-1) === "") fields.pop();
  return fields;
}
