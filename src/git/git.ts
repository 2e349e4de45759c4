import { thrownText, UserError } from "../errors.ts";
import { visible } from "../text/visible.ts";

/** What a git command said. */
export interface GitResult {
  /** True where it exited with 0. */
  readonly ok: boolean;
  readonly code: number;
  readonly text: string;
  /** The first line of its complaint, or how else it failed, safe to print. */
  readonly complaint: string;
}

/** Settings under which git starts no program that a repository's own settings name. */
const NO_PROGRAMS = ["--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"];

/** How git is started. */
export interface GitOptions {
  /** How to do without git, for the message where it is missing. */
  readonly or?: string | undefined;
  /** Further environment variables. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Starts git in a folder. Its messages are in English, it never asks for a password, and it leaves
 * the repository as it is.
 *
 * @throws {UserError} Where git cannot be started.
 */
export function startGit(
  repo: string,
  args: readonly string[],
  stdin: "piped" | "null",
  { or, env = {} }: GitOptions = {},
): Deno.ChildProcess {
  try {
    return new Deno.Command("git", {
      args: ["-C", repo, ...NO_PROGRAMS, ...args],
      env: { LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", ...env },
      stdin,
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    const why = error instanceof Deno.errors.NotFound
      ? `expected it on the PATH; install it${or === undefined ? "" : `, or ${or}`}`
      : thrownText(error);
    throw new UserError(`Cannot start git: ${why}`);
  }
}

/**
 * Runs git in a folder.
 *
 * @throws {UserError} Where git cannot be started.
 */
export async function runGit(
  repo: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<GitResult> {
  const git = startGit(repo, args, "null", options);
  const { success, code, signal, stdout, stderr } = await git.output();
  const complaint = success ? "" : complaintOf(new TextDecoder().decode(stderr), { code, signal });
  return { ok: success, code, text: new TextDecoder().decode(stdout), complaint };
}

/** What git complained about, as one line that is safe to print; where it is silent, how it ended. */
export function complaintOf(
  stderr: string,
  { code, signal }: Pick<Deno.CommandStatus, "code" | "signal">,
): string {
  const said = visible(stderr.split("\n")[0]?.replace(/^fatal: /, "") ?? "");
  return said || (signal === null ? `it ended with exit code ${code}` : `${signal} ended it`);
}

/** Splits what git writes with `-z` into its fields. */
export function splitNul(output: string): string[] {
  const fields = output.split("\0");
  if (fields.at(-1) === "") fields.pop();
  return fields;
}
