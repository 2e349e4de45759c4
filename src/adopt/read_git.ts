import { UserError } from "../errors.ts";
import { askGit } from "../git/ask.ts";
import { runGit } from "../git/git.ts";
import type { SeenGit } from "./observe.ts";

/**
 * Reads what git knows of a repository.
 *
 * @throws {UserError} Where the folder is not the root of one: GitHub looks for workflows there.
 */
export async function readGit(repo: string): Promise<SeenGit> {
  const root = await askGit(repo, ["rev-parse", "--show-toplevel"], { failed: "Cannot adopt" });
  const [folder, top] = await Promise.all([repo, root.trimEnd()].map((at) => Deno.realPath(at)));
  if (folder !== top) {
    throw new UserError(
      `Cannot adopt ${JSON.stringify(repo)}: expected the root of a git repository, which is ` +
        `${JSON.stringify(top)}`,
    );
  }
  const ask = async (...args: readonly string[]) => {
    const { ok, text } = await runGit(repo, args);
    return ok && text.trimEnd() !== "" ? text.trimEnd() : undefined;
  };
  const origin = await ask("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD");
  const branch = origin?.replace(/^origin\//, "") ??
    await ask("symbolic-ref", "--quiet", "--short", "HEAD");
  // What is not pushed yet is not up to date anywhere.
  const pushed = origin && await ask("merge-base", "HEAD", `refs/remotes/${origin}`);
  const since = pushed ?? await ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}");
  return { branch, isOrigins: origin !== undefined, since };
}

export async function ignoredPaths(
  repo: string,
  paths: readonly string[],
): Promise<readonly string[]> {
  const { text } = await runGit(repo, ["check-ignore", "--", ...paths]);
  return text.split("\n").filter((path) => path !== "");
}
