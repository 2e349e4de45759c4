import { thrownText, UserError } from "../errors.ts";
import { visible } from "../text/visible.ts";

export interface GitResult {
  readonly ok: boolean;
  readonly code: number;
  readonly text: string;
  /** The first line of its complaint, or how else it failed, safe to print. */
  readonly complaint: string;
}

export interface GitOptions {
  /** How to do without git, for the message where it is missing. */
  readonly or?: string | undefined;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: "piped";
}

/** Settings under which git starts no program that a repository's own settings name. */
const NO_PROGRAMS = ["--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"];

/** Git's messages in English, no question for a password, and the repository left as it is. */
const QUIET = { LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0" };

export interface RunningGit extends AsyncDisposable {
  readonly process: Deno.ChildProcess;
  /** Waits until it ends, and says what went wrong; empty where nothing did. */
  readonly complaint: () => Promise<string>;
}

export function startGit(
  repo: string,
  args: readonly string[],
  options: GitOptions = {},
): RunningGit {
  const process = spawnGit(repo, args, options);
  const stderr = new Response(process.stderr).text();
  return {
    process,
    complaint: async () => complaintOf(await stderr, await process.status),
    [Symbol.asyncDispose]: async () => {
      await process[Symbol.asyncDispose]();
      await stderr;
    },
  };
}

export async function runGit(
  repo: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<GitResult> {
  const { stdout, stderr, ...status } = await spawnGit(repo, args, options).output();
  return {
    ok: status.success,
    code: status.code,
    text: new TextDecoder().decode(stdout),
    complaint: complaintOf(new TextDecoder().decode(stderr), status),
  };
}

function spawnGit(
  repo: string,
  args: readonly string[],
  { or, env, stdin }: GitOptions,
): Deno.ChildProcess {
  const around = withoutRepository();
  try {
    return new Deno.Command("git", {
      args: ["-C", repo, ...NO_PROGRAMS, ...args],
      clearEnv: around !== undefined,
      env: { ...around, ...QUIET, ...env },
      stdin: stdin ?? "null",
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

/** What git complained about, as one line that is safe to print; where it is silent, how it ended. */
function complaintOf(stderr: string, { success, code, signal }: Deno.CommandStatus): string {
  if (success) return "";
  const said = visible(stderr.split("\n")[0]?.replace(/^fatal: /, "") ?? "");
  return said || (signal === null ? `it ended with exit code ${code}` : `${signal} ended it`);
}

export function splitNul(output: string): string[] {
  return output.split("\0").slice(0, -1);
}
