import { UserError } from "../errors.ts";
import { listNames } from "../text/list_names.ts";
import { visible } from "../text/visible.ts";
import { gitError } from "./advice.ts";
import { findCommits, isShallow, SHALLOW, unknownCommits } from "./commits.ts";
import { runGit, splitNul } from "./git.ts";

/** What changed in a repository. */
export interface Change {
  /** The commit before, as a full hash; as it was given where it is unknown. */
  readonly base: string;
  /** The commit after, as a full hash; {@linkcode WORKTREE} for what is not committed. */
  readonly head: string;
  /** Whether the commit after is the one that is checked out. */
  readonly checkedOut: boolean;
  /** The files that were added or modified, or why that is unknown. */
  readonly files: readonly string[] | { readonly everything: string };
  /** The files that were deleted; none where that is unknown. */
  readonly deleted: readonly string[];
  /** The files that were changed and not committed, and that are left out. */
  readonly uncommitted?: Promise<readonly string[]> | undefined;
  /** How the base has moved on since the change forked off, as a sentence. */
  readonly movedOn?: string | undefined;
}

/** The head that stands for the files on disk, committed or not. */
export const WORKTREE = "WORKTREE";

const PURPOSE = {
  failed: "Cannot ask git what changed in",
  or: "give the changed files with --changed-files or --changed-files-from",
} as const;

const DIFF = [
  ...["diff", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--no-textconv"],
  ...["--relative", "--ignore-submodules=none"],
];

/**
 * Asks git in what two commits differ, as in a push from one to the other. A rename is a deletion
 * and an addition.
 *
 * A `before` that is a full hash, but of no commit here, is what a push to a new branch (all zeros)
 * or a force push gives; then everything may have changed.
 *
 * @throws {UserError} Where this is not a git repository, or a name is unknown to git.
 * @see {@link https://docs.github.com/webhooks/webhook-events-and-payloads#push}
 */
export async function readPushedChange(
  repo: string,
  before: string,
  head = "HEAD",
): Promise<Change> {
  const [diff, [beforeCommit, headCommit, checkout]] = await Promise.all([
    runGit(repo, [...DIFF, "--end-of-options", before, head, "--"], PURPOSE),
    findCommits(repo, [before, head, "HEAD"], PURPOSE),
  ]);
  if (headCommit === undefined) throw await unknownCommits(repo, { "--head": head }, PURPOSE);
  const at = { head: headCommit, checkedOut: headCommit === checkout };
  if (beforeCommit !== undefined) {
    if (!diff.ok) throw await gitError(repo, PURPOSE, diff.complaint);
    return { ...at, base: beforeCommit, ...changedFiles(splitNul(diff.text)) };
  }
  if (isFullHash(before)) return { ...at, ...everythingSince(before) };
  throw await unknownCommits(repo, { "--before": before }, PURPOSE);
}

function isFullHash(ref: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(ref);
}

/** What changed since a commit that is not here. */
function everythingSince(base: string): Pick<Change, "base" | "files" | "deleted"> {
  const everything = /^0+$/.test(base)
    ? "the branch is new, so there is no commit before it to compare with"
    : `the commit before, ${base.slice(0, 12)}, is not here: after a force push it is gone, in ` +
      "a shallow clone it was not fetched";
  return { base, files: { everything }, deleted: [] };
}

/**
 * Asks git what merging a commit, or the files on disk, into a branch would change: what changed
 * since it forked off. A rename is a deletion and an addition. A base that is a full hash, but of
 * no commit here, is read as by {@linkcode readPushedChange}.
 *
 * @throws {UserError} Where this is not a git repository, a name is unknown to git, or there is no
 * common ancestor.
 */
export async function readMergedChange(
  repo: string,
  base: string,
  head = "HEAD",
): Promise<Change> {
  const isWorktree = head === WORKTREE;
  const tip = isWorktree ? "HEAD" : head;
  const uncommitted = isWorktree ? undefined : uncommittedFiles(repo);
  // An unknown commit is the better answer where both fail.
  uncommitted?.catch(() => {});
  const [quick, fork] = await Promise.all([
    runGit(repo, [...DIFF, "--merge-base", "--end-of-options", base, tip, "--"], PURPOSE),
    findFork(repo, base, tip),
  ]);
  const at = {
    head: isWorktree ? head : fork.tip,
    checkedOut: fork.tip === fork.checkout,
    uncommitted: fork.tip === fork.checkout ? uncommitted : undefined,
  };
  if (fork.base === undefined) return { ...at, ...everythingSince(base) };
  const { ancestor } = fork;
  const [changed, movedOn] = await Promise.all([
    isWorktree ? changesOnDisk(repo, ancestor) : quick.ok
      ? changedFiles(splitNul(quick.text))
      // Git refuses where there are several common ancestors.
      : changesBetween(repo, ancestor, fork.tip),
    ancestor === fork.base ? undefined : howFarMoved(repo, ancestor, fork.base, base),
  ]);
  return { ...at, base: ancestor, ...changed, movedOn };
}

/** Where a change forked off. */
type Fork =
  & { readonly tip: string; readonly checkout: string | undefined }
  & ({ readonly base: string; readonly ancestor: string } | { readonly base: undefined });

async function findFork(repo: string, base: string, tip: string): Promise<Fork> {
  // One process for everything is quicker, but takes some names for options.
  if (!/^$|^[-^]/.test(base) && !/^$|^[-^]/.test(tip)) {
    const range = `${base}^{commit}...${tip}^{commit}`;
    const { ok, text } = await runGit(repo, ["rev-parse", range, "HEAD"], PURPOSE);
    const [tipCommit = "", baseCommit = "", ancestor = "", ...rest] = text.trim().split("\n");
    if (ok && ancestor.startsWith("^")) {
      return {
        tip: tipCommit,
        base: baseCommit,
        ancestor: ancestor.slice(1),
        checkout: rest.at(-1),
      };
    }
  }
  const [baseCommit, tipCommit, checkout] = await findCommits(repo, [base, tip, "HEAD"], PURPOSE);
  if (tipCommit === undefined) throw await unknownCommits(repo, { "--head": tip }, PURPOSE);
  if (baseCommit === undefined) {
    if (isFullHash(base)) return { tip: tipCommit, checkout, base: undefined };
    throw await unknownCommits(repo, { "--base": base }, PURPOSE);
  }
  const { ok, text, complaint } = await runGit(
    repo,
    ["merge-base", baseCommit, tipCommit],
    PURPOSE,
  );
  if (!ok) throw await noAncestor(repo, base, tip, complaint);
  return { tip: tipCommit, base: baseCommit, ancestor: text.trim(), checkout };
}

/** Lists the files that differ from the commit that is checked out, new ones included. */
export async function uncommittedFiles(repo: string): Promise<readonly string[]> {
  const { files, deleted } = await changesOnDisk(repo, "HEAD");
  return [...files, ...deleted];
}

/** Says which files are left out because they are not committed. */
export function leftOut(files: readonly string[]): string {
  return `What is not committed is left out, ${listNames(files)}: --head ${WORKTREE} includes it`;
}

type ChangedFiles = ReturnType<typeof changedFiles>;

async function changesBetween(repo: string, from: string, to: string): Promise<ChangedFiles> {
  const diff = await runGit(repo, [...DIFF, from, to, "--"], PURPOSE);
  if (!diff.ok) throw await gitError(repo, PURPOSE, diff.complaint);
  return changedFiles(splitNul(diff.text));
}

async function changesOnDisk(repo: string, from: string): Promise<ChangedFiles> {
  const [diff, others] = await Promise.all([
    withoutFilters(repo).then((env) => runGit(repo, [...DIFF, from, "--"], { ...PURPOSE, env })),
    runGit(repo, ["ls-files", "-z", "--others", "--exclude-standard"], PURPOSE),
  ]);
  for (const { ok, complaint } of [diff, others]) {
    if (!ok) throw await gitError(repo, PURPOSE, complaint);
  }
  const { files, deleted } = changedFiles(splitNul(diff.text));
  return { files: [...files, ...splitNul(others.text)], deleted };
}

/** Settings that keep git from running filters, which it would to compare files on disk. */
async function withoutFilters(repo: string): Promise<Readonly<Record<string, string>>> {
  const { text } = await runGit(repo, [
    "config",
    "-z",
    "--name-only",
    "--get-regexp",
    "^filter\\.",
  ]);
  const filters = new Set(splitNul(text).map((key) => key.slice(0, key.lastIndexOf("."))));
  const settings = [...filters].flatMap((filter) => [
    [`${filter}.clean`, ""],
    [`${filter}.process`, ""],
    [`${filter}.required`, "false"],
  ]);
  const numbered = settings.flatMap(([key = "", value = ""], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: `${settings.length}`, ...Object.fromEntries(numbered) };
}

/** Says by how many commits a branch has moved on. */
async function howFarMoved(
  repo: string,
  from: string,
  to: string,
  name: string,
): Promise<string | undefined> {
  const { ok, text } = await runGit(repo, ["rev-list", "--count", `${from}..${to}`], PURPOSE);
  const count = Number(text);
  if (!ok || count === 0) return undefined;
  return `${listNames([name])} has moved on by ${count} ${count === 1 ? "commit" : "commits"} ` +
    "since this change forked off: what these change is not planned here";
}

async function noAncestor(
  repo: string,
  base: string,
  head: string,
  complaint: string,
): Promise<UserError> {
  // Git says nothing where there is no common ancestor.
  if (!complaint.startsWith("it ended with exit code 1")) {
    return await gitError(repo, PURPOSE, complaint);
  }
  const [from, to] = [base, head].map((ref) => visible(JSON.stringify(ref)));
  const shallow = await isShallow(repo, PURPOSE) ? SHALLOW : "";
  return new UserError(
    `Cannot find where ${to} forked off ${from}: expected a common ancestor; to compare the two ` +
      `commits themselves, use --before${shallow}`,
  );
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
