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
  options: GitOptions = {},
): Deno.ChildProcess {
  try {
    return gitCommand(repo, args, stdin, options).spawn();
  } catch (error) {
    throw cannotStart(error, options);
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
  let output: Deno.CommandOutput;
  try {
    output = await gitCommand(repo, args, "null", options).output();
  } catch (error) {
    throw cannotStart(error, options);
  }
  const { success, code, signal, stdout, stderr } = output;
  const complaint = success ? "" : complaintOf(new TextDecoder().decode(stderr), { code, signal });
  return { ok: success, code, text: new TextDecoder().decode(stdout), complaint };
}

function gitCommand(
  repo: string,
  args: readonly string[],
  stdin: "piped" | "null",
  { env = {} }: GitOptions,
): Deno.Command {
  const around = withoutRepository();
  const own = { LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", ...env };
  return new Deno.Command("git", {
    args: ["-C", repo, ...NO_PROGRAMS, ...args],
    clearEnv: around !== undefined,
    env: { ...around, ...own },
    stdin,
    stdout: "piped",
    stderr: "piped",
  });
}

/** What a git hook, or a git that starts hubwright, sets about its own repository. */
const OF_REPOSITORY = [
  ...["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"],
  ...["GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_SHALLOW_FILE"],
  ...["GIT_NAMESPACE", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT"],
];

/** The environment without that; `undefined` where there is none of it, or it cannot be seen. */
function withoutRepository(): Readonly<Record<string, string>> | undefined {
  if (Deno.permissions.querySync({ name: "env" }).state !== "granted") return undefined;
  if (!OF_REPOSITORY.some((name) => Deno.env.has(name))) return undefined;
  const names = Object.entries(Deno.env.toObject());
  return Object.fromEntries(names.filter(([name]) => !OF_REPOSITORY.includes(name)));
}

function cannotStart(error: unknown, { or }: GitOptions): unknown {
  if (error instanceof Deno.errors.NotCapable) return error;
  const why = error instanceof Deno.errors.NotFound
    ? `expected it on the PATH; install it${or === undefined ? "" : `, or ${or}`}`
    : thrownText(error);
  return new UserError(`Cannot start git: ${why}`);
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
