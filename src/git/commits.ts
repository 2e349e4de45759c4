import { UserError } from "../errors.ts";
import { visible } from "../text/visible.ts";
import { gitError, type Purpose, tooOld } from "./advice.ts";
import { runGit } from "./git.ts";

/**
 * Finds commits by their names, as full hashes; `undefined` for a name that git does not know.
 *
 * @throws {UserError} Where git fails: that must not look like an unknown commit, for which a plan
 * upgrades everything.
 */
export async function findCommits(
  repo: string,
  refs: readonly string[],
  purpose: Purpose,
): Promise<readonly (string | undefined)[]> {
  // One process for all is quicker, but fails as a whole and takes some names for options.
  if (!refs.some((ref) => /^$|^[-^]/.test(ref))) {
    const names = refs.map((ref) => `${ref}^{commit}`);
    const { ok, text } = await runGit(repo, ["rev-parse", ...names], purpose);
    const hashes = text.trim().split("\n");
    if (ok && hashes.length === refs.length) return hashes;
  }
  return await Promise.all(refs.map(async (ref) => {
    const { code, text, complaint } = await runGit(repo, [
      ...["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`],
    ]);
    if (code > 1) throw await gitError(repo, purpose, complaint);
    const hash = text.trim();
    return code === 0 && /^[0-9a-f]{40,64}$/.test(hash) ? hash : undefined;
  }));
}

/** Whether a clone is shallow, so that older history may be elsewhere. */
export async function isShallow(repo: string, purpose: Purpose): Promise<boolean> {
  const { ok, text, complaint } = await runGit(repo, ["rev-parse", "--is-shallow-repository"]);
  if (!ok) throw await gitError(repo, purpose, complaint);
  return text.trim() === "true";
}

/** What to do about history that a shallow clone lacks. */
export const SHALLOW = " (this clone is shallow: fetch more of its history)";

/** Says which options name a commit that git does not know. */
export async function unknownCommits(
  repo: string,
  named: Readonly<Record<string, string>>,
  purpose: Purpose,
): Promise<UserError> {
  const shallow = await isShallow(repo, purpose);
  const wanted = await tooOld(repo) ??
    `expected a branch, a tag or a commit that git knows${shallow ? SHALLOW : ""}`;
  const { text } = await runGit(repo, ["remote"]);
  const remotes = text.split("\n").filter((name) => name !== "");
  return new UserError(
    Object.entries(named).map(([option, ref]) => ({
      message: `Cannot find the commit ${option} ${visible(JSON.stringify(ref))}: ${wanted}` +
        remoteAdvice(ref, remotes),
    })),
  );
}

/** What to do where a name has the form of a branch of a remote. */
function remoteAdvice(ref: string, remotes: readonly string[]): string {
  const [, remote = "", branch = ""] = /^([\w.-]+)\/(.+)$/.exec(ref) ?? [];
  if (remotes.includes(remote)) return `; run "git fetch ${remote}" if the branch is new there`;
  return remote === "origin" || remote === "upstream"
    ? `; there is no remote ${remote} here, so try the local branch: ${
      visible(JSON.stringify(branch))
    }`
    : "";
}

/**
 * Finds the commit that an option names.
 *
 * @throws {UserError} Where git does not know it.
 */
export async function commitOf(repo: string, option: string, ref: string): Promise<string> {
  const purpose = { failed: "Cannot read the commits of" };
  const [commit] = await findCommits(repo, [ref], purpose);
  if (commit !== undefined) return commit;
  throw await unknownCommits(repo, { [option]: ref }, purpose);
}
