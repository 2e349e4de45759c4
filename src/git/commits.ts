import { UserError } from "../errors.ts";
import { visible } from "../text/visible.ts";
import { askGit, gitError, type Purpose, tooOld } from "./ask.ts";
import { runGit } from "./git.ts";

/** Looks several names up by one process, which fails as a whole and takes some for options. */
export async function revParse(
  repo: string,
  names: readonly string[],
  purpose: Purpose,
): Promise<readonly string[] | undefined> {
  if (names.some((name) => /^[-^]/.test(name))) return undefined;
  const { ok, text } = await runGit(repo, ["rev-parse", ...names], purpose);
  return ok ? text.trim().split("\n") : undefined;
}

/**
 * Finds commits by their names, as full hashes; `undefined` for a name that git does not know. Where
 * git fails, that must not look like an unknown commit, for which a plan upgrades everything.
 */
export async function findCommits(
  repo: string,
  refs: readonly string[],
  purpose: Purpose,
): Promise<readonly (string | undefined)[]> {
  const names = refs.map((ref) => `${ref}^{commit}`);
  const hashes = await revParse(repo, names, purpose);
  if (hashes?.length === refs.length) return hashes;
  return await Promise.all(names.map(async (name) => {
    const { code, text, complaint } = await runGit(repo, [
      ...["rev-parse", "--verify", "--quiet", "--end-of-options", name],
    ]);
    if (code > 1) throw await gitError(repo, purpose, complaint);
    const hash = text.trim();
    return code === 0 && /^[0-9a-f]{40,64}$/.test(hash) ? hash : undefined;
  }));
}

/** Whether a commit is in the history of another; one that git does not know is in none. */
export async function isAncestor(repo: string, older: string, newer: string): Promise<boolean> {
  return (await runGit(repo, ["merge-base", "--is-ancestor", older, newer])).ok;
}

/** Whether a clone is shallow, so that older history may be elsewhere. */
export async function isShallow(repo: string, purpose: Purpose): Promise<boolean> {
  return await askGit(repo, ["rev-parse", "--is-shallow-repository"], purpose) === "true\n";
}

/** What to do about history that a shallow clone lacks. */
export const SHALLOW = " (this clone is shallow: fetch more of its history)";

export async function unknownCommits(
  repo: string,
  named: Readonly<Record<string, string>>,
  purpose: Purpose,
): Promise<UserError> {
  const shallow = await isShallow(repo, purpose) ? SHALLOW : "";
  const wanted = await tooOld(repo) ??
    `expected a branch, a tag or a commit that git knows${shallow}`;
  const remotes = (await runGit(repo, ["remote"])).text.split("\n");
  return new UserError(
    Object.entries(named).map(([option, ref]) => ({
      message: `Cannot find the commit ${option} ${visible(JSON.stringify(ref))}: ${wanted}` +
        remoteAdvice(ref, remotes),
    })),
  );
}

function remoteAdvice(ref: string, remotes: readonly string[]): string {
  const [, remote, branch] = /^([\w.-]+)\/(.+)$/.exec(ref) ?? [];
  if (remote === undefined) return "";
  if (remotes.includes(remote)) return `; run "git fetch ${remote}" if the branch is new there`;
  if (remote !== "origin" && remote !== "upstream") return "";
  const local = visible(JSON.stringify(branch));
  return `; there is no remote ${remote} here, so try the local branch: ${local}`;
}

export async function commitOf(repo: string, option: string, ref: string): Promise<string> {
  const purpose = { failed: "Cannot read the commits of" };
  const [commit] = await findCommits(repo, [ref], purpose);
  if (commit !== undefined) return commit;
  throw await unknownCommits(repo, { [option]: ref }, purpose);
}
