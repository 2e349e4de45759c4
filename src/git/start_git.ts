import { UserError } from "../errors.ts";

/** Whether a git takes requests on its standard input. */
export type GitInput = "piped" | "null";

/**
 * Starts git. Its language is the same everywhere, it asks nobody for a password, and it leaves the
 * repository as it is.
 *
 * @throws {UserError} Where git cannot be started.
 */
export function startGit(
  repo: string,
  args: readonly string[],
  stdin: GitInput,
  instead = "install it",
  env: Readonly<Record<string, string>> = {},
): Deno.ChildProcess {
  try {
    return new Deno.Command("git", {
      args: ["-C", repo, ...args],
      env: { LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", ...env },
      stdin,
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    if (error instanceof Deno.errors.NotFound) {
      throw new UserError(`Cannot start git: expected it on the PATH; ${instead}`);
    }
    throw new UserError(`Cannot start git: ${error instanceof Error ? error.message : error}`);
  }
}
