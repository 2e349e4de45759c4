import { gitError } from "./advice.ts";
import { findCommits, unknownCommits } from "./commits.ts";
import { runGit, splitNul } from "./git.ts";

/** What lies between two commits. */
export interface Change {
  /** The commit before, as a full hash; as it was given where it is unknown. */
  readonly base: string;
  /** The commit after, as a full hash. */
  readonly head: string;
  /** Whether the commit after is the one that is checked out. */
  readonly checkedOut: boolean;
  /** The files that were added or modified, or why that is unknown. */
  readonly files: readonly string[] | { readonly everything: string };
  /** The files that were deleted; none where that is unknown. */
  readonly deleted: readonly string[];
}

const PURPOSE = {
  failed: "Cannot ask git what changed in",
  or: "give the changed files with --changed-files or --changed-files-from",
} as const;

/**
 * Asks git what changed between two commits. A rename is a deletion and an addition.
 *
 * A base that is a full hash, but of no commit here, is what a push to a new branch (all zeros) or
 * a force push gives; then everything may have changed.
 *
 * @throws {UserError} Where this is not a git repository, or a name is unknown to git.
 * @see {@link https://docs.github.com/webhooks/webhook-events-and-payloads#push}
 */
export async function readChange(repo: string, base: string, head = "HEAD"): Promise<Change> {
  const [diff, [baseCommit, headCommit, checkout]] = await Promise.all([
    runGit(repo, [
      ...["diff", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--relative"],
      ...["--ignore-submodules=none", "--end-of-options", base, head, "--"],
    ], PURPOSE),
    findCommits(repo, [base, head, "HEAD"], PURPOSE),
  ]);
  const isGone = baseCommit === undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(base);
  if (headCommit === undefined || baseCommit === undefined && !isGone) {
    const unknown = headCommit === undefined ? { "--head": head } : { "--base": base };
    throw await unknownCommits(repo, unknown, PURPOSE);
  }
  const at = { head: headCommit, checkedOut: headCommit === checkout };
  if (baseCommit === undefined) {
    const everything = /^0+$/.test(base)
      ? "the branch is new, so there is no commit before it to compare with"
      : `the commit before, ${base.slice(0, 12)}, is not here: after a force push it is gone, in ` +
        "a shallow clone it was not fetched";
    return { ...at, base, files: { everything }, deleted: [] };
  }
  if (!diff.ok) throw await gitError(repo, PURPOSE, diff.complaint);
  return { ...at, base: baseCommit, ...changedFiles(splitNul(diff.text)) };
}

/** Reads what `git diff --name-status -z --no-renames` says. */
export function changedFiles(fields: readonly string[]): {
  readonly files: readonly string[];
  readonly deleted: readonly string[];
} {
  const paths = (isWanted: (status: string | undefined) => boolean) =>
    fields.filter((_, index) => index % 2 === 1 && isWanted(fields[index - 1]));
  return {
    files: paths((status) => status !== "D"),
    deleted: paths((status) => status === "D"),
  };
}
