import { mendGit, tooOld } from "./mend_git.ts";
import { UserError } from "../errors.ts";
import { visible } from "../text/visible.ts";
import { runGit, splitNul } from "./run_git.ts";

/** What lies between two commits. */
export interface Change {
  /** The commit before, as a full hash; as it was given where it is unknown. */
  readonly base: string;
  /** The commit after, as a full hash. */
  readonly head: string;
  /** Whether the commit after is the one that is checked out. */
  readonly checkedOut: boolean;
  /** The files that were added or modified, or why that cannot be told. */
  readonly files: readonly string[] | { readonly everything: string };
  /** The files that were deleted; none where that cannot be told. */
  readonly deleted: readonly string[];
}

/**
 * Asks git which files were added or modified between two commits. A rename is a deletion and an
 * addition; deletions decide nothing.
 *
 * A base that is a full hash of no commit here is what a push to a new branch (all zeros) or a
 * force push gives; then everything may have changed.
 *
 * @throws {UserError} Where this is no git repository, or a name is unknown to git.
 * @see {@link https://docs.github.com/webhooks/webhook-events-and-payloads#push}
 */
export async function readChange(repo: string, base: string, head = "HEAD"): Promise<Change> {
  const [diff, [baseCommit, headCommit, checkout]] = await Promise.all([
    runGit(repo, [
      ...["diff", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--relative"],
      ...["--ignore-submodules=none", "--end-of-options", base, head, "--"],
    ]),
    resolveCommits(repo, [base, head, "HEAD"]),
  ]);
  if (headCommit === undefined) throw await unknownRef(repo, "--head", head);
  const at = { head: headCommit, checkedOut: headCommit === checkout };
  if (baseCommit === undefined) {
    if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(base)) throw await unknownRef(repo, "--base", base);
    const everything = /^0+$/.test(base)
      ? "the branch is new, so there is no commit before it to compare with"
      : `the commit before, ${base.slice(0, 12)}, is not here: after a force push it is gone, in ` +
        "a shallow clone it was not fetched";
    return { ...at, base, files: { everything }, deleted: [] };
  }
  if (!diff.ok) throw await cannotAsk(repo, diff.complaint);
  const fields = splitNul(diff.output);
  return {
    ...at,
    base: baseCommit,
    files: addedOrModified(fields),
    deleted: fields.filter((_, index) => fields[index - 1] === "D" && index % 2 === 1),
  };
}

/** Picks the files that decide from what `git diff --name-status -z --no-renames` says. */
export function addedOrModified(fields: readonly string[]): string[] {
  return fields.filter((_, index) => index % 2 === 1 && fields[index - 1] !== "D");
}

/** The hashes of commits, `undefined` for a name that git does not know. */
async function resolveCommits(
  repo: string,
  refs: readonly string[],
): Promise<readonly (string | undefined)[]> {
  // All at once is quicker; it fails as a whole where one is unknown, and reads some as options.
  if (!refs.some((ref) => /^$|^[-^]/.test(ref))) {
    const { ok, output } = await runGit(repo, [
      "rev-parse",
      ...refs.map((ref) => `${ref}^{commit}`),
    ]);
    const hashes = new TextDecoder().decode(output).trim().split("\n");
    if (ok && hashes.length === refs.length) return hashes;
  }
  return await Promise.all(refs.map(async (ref) => {
    const { code, complaint, hash } = await lookUp(repo, ref);
    // That git failed must not look like a commit that is not there, which upgrades everything.
    if (code > 1) throw await cannotAsk(repo, complaint);
    return hash;
  }));
}

/** The hash of a commit. */
export async function resolveCommit(repo: string, ref: string): Promise<string | undefined> {
  return (await lookUp(repo, ref)).hash;
}

async function lookUp(
  repo: string,
  ref: string,
): Promise<{ readonly code: number; readonly complaint: string; readonly hash?: string }> {
  const { code, complaint, output } = await runGit(repo, [
    ...["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`],
  ]);
  const hash = new TextDecoder().decode(output).trim();
  return { code, complaint, ...(code === 0 && /^[0-9a-f]{40,64}$/.test(hash) ? { hash } : {}) };
}

async function unknownRef(repo: string, option: string, ref: string): Promise<UserError> {
  const inside = await runGit(repo, ["rev-parse", "--is-shallow-repository"]);
  if (!inside.ok) return await cannotAsk(repo, inside.complaint);
  const old = await tooOld(repo);
  const shallow = new TextDecoder().decode(inside.output).trim() === "true"
    ? " (this clone is shallow: fetch more of its history)"
    : "";
  return new UserError(
    `Cannot find the commit ${option} ${visible(JSON.stringify(ref))}: ` +
      (old ?? `expected a branch, a tag or a commit that git knows${shallow}`),
  );
}

async function cannotAsk(repo: string, complaint: string): Promise<UserError> {
  return new UserError(
    `Cannot ask git what changed in ${visible(JSON.stringify(repo))}: ${complaint}; ` +
      await mendGit(repo, complaint),
  );
}
