import { UserError } from "../errors.ts";
import { listNames } from "../text/list_names.ts";
import { visible } from "../text/visible.ts";
import { askGit, gitError } from "./ask.ts";
import { findCommits, isShallow, revParse, SHALLOW, unknownCommits } from "./commits.ts";
import { type GitResult, runGit, splitNul } from "./git.ts";

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

/** A rename is a deletion and an addition. */
const DIFF = [
  ...["diff", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--no-textconv"],
  ...["--relative", "--ignore-submodules=none"],
];

/**
 * Asks git in what two commits differ, as in a push from one to the other.
 *
 * A `before` that is a full hash, but of no commit here, is what a push to a new branch (all zeros)
 * or a force push gives; then everything may have changed.
 *
 * @see {@link https://docs.github.com/webhooks/webhook-events-and-payloads#push}
 */
export async function readPushedChange(
  repo: string,
  before: string,
  head = "HEAD",
): Promise<Change> {
  const [diff, [base, headCommit, checkout]] = await Promise.all([
    runGit(repo, [...DIFF, "--end-of-options", before, head, "--"], PURPOSE),
    findCommits(repo, [before, head, "HEAD"], PURPOSE),
  ]);
  if (headCommit === undefined) throw await unknownCommits(repo, { "--head": head }, PURPOSE);
  const at = { head: headCommit, checkedOut: headCommit === checkout };
  return base === undefined
    ? { ...at, ...await everythingSince(repo, "--before", before) }
    : { ...at, base, ...await changesBetween(repo, base, headCommit, diff) };
}

async function everythingSince(repo: string, option: string, base: string) {
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(base)) {
    throw await unknownCommits(repo, { [option]: base }, PURPOSE);
  }
  const everything = /^0+$/.test(base)
    ? "the branch is new, so there is no commit before it to compare with"
    : `the commit before, ${base.slice(0, 12)}, is not here: after a force push it is gone, in ` +
      "a shallow clone it was not fetched";
  return { base, files: { everything }, deleted: [] };
}

/**
 * Asks git what merging a commit, or the files on disk, into a branch would change: what changed
 * since it forked off. A base that is a full hash, but of no commit here, is read as by
 * {@linkcode readPushedChange}.
 */
export async function readMergedChange(repo: string, base: string, head = "HEAD"): Promise<Change> {
  const isWorktree = head === WORKTREE;
  const tip = isWorktree ? "HEAD" : head;
  const uncommitted = isWorktree ? undefined : uncommittedFiles(repo);
  // An unknown commit is the better answer where both fail.
  uncommitted?.catch(() => {});
  const [diff, fork] = await Promise.all([
    runGit(repo, [...DIFF, "--merge-base", "--end-of-options", base, tip, "--"], PURPOSE),
    findFork(repo, base, tip),
  ]);
  const checkedOut = fork.tip === fork.checkout;
  const at = {
    head: isWorktree ? head : fork.tip,
    checkedOut,
    uncommitted: checkedOut ? uncommitted : undefined,
  };
  if (fork.base === undefined) return { ...at, ...await everythingSince(repo, "--base", base) };
  const [changed, movedOn] = await Promise.all([
    isWorktree
      ? changesOnDisk(repo, fork.ancestor)
      // Git refuses to compare where there are several common ancestors.
      : changesBetween(repo, fork.ancestor, fork.tip, diff),
    fork.ancestor === fork.base
      ? undefined
      : howFarMoved(repo, `${fork.ancestor}..${fork.base}`, base),
  ]);
  return { ...at, base: fork.ancestor, ...changed, movedOn };
}

/** Finds where a change forked off; without a base where that is unknown. */
async function findFork(repo: string, base: string, tip: string) {
  const range = `${base}^{commit}...${tip}^{commit}`;
  const [tipThere = "", baseThere = "", fork = "", ...rest] =
    await revParse(repo, [range, "HEAD"], PURPOSE) ?? [];
  if (fork.startsWith("^")) {
    return { tip: tipThere, base: baseThere, ancestor: fork.slice(1), checkout: rest.at(-1) };
  }
  const [baseCommit, tipCommit, checkout] = await findCommits(repo, [base, tip, "HEAD"], PURPOSE);
  if (tipCommit === undefined) throw await unknownCommits(repo, { "--head": tip }, PURPOSE);
  if (baseCommit === undefined) return { tip: tipCommit, checkout, base: undefined };
  const found = await runGit(repo, ["merge-base", baseCommit, tipCommit], PURPOSE);
  if (found.code === 1) throw await noAncestor(repo, base, tip);
  if (!found.ok) throw await gitError(repo, PURPOSE, found.complaint);
  return { tip: tipCommit, base: baseCommit, ancestor: found.text.trim(), checkout };
}

async function noAncestor(repo: string, base: string, head: string): Promise<UserError> {
  const [from, to] = [base, head].map((ref) => visible(JSON.stringify(ref)));
  const shallow = await isShallow(repo, PURPOSE) ? SHALLOW : "";
  return new UserError(
    `Cannot find where ${to} forked off ${from}: expected a common ancestor; to compare the two ` +
      `commits themselves, use --before${shallow}`,
  );
}

export async function uncommittedFiles(repo: string): Promise<readonly string[]> {
  const { files, deleted } = await changesOnDisk(repo, "HEAD");
  return [...files, ...deleted];
}

export function leftOut(files: readonly string[]): string {
  return `What is not committed is left out, ${listNames(files)}: --head ${WORKTREE} includes it`;
}

/** The files that differ: as a diff by names says, which fails for names that a hash avoids. */
async function changesBetween(repo: string, from: string, to: string, { ok, text }: GitResult) {
  return changedFiles(ok ? text : await askGit(repo, [...DIFF, from, to, "--"], PURPOSE));
}

async function changesOnDisk(repo: string, from: string) {
  const [diff, others] = await Promise.all([
    withoutFilters(repo).then((env) => askGit(repo, [...DIFF, from, "--"], { ...PURPOSE, env })),
    askGit(repo, ["ls-files", "-z", "--others", "--exclude-standard"], PURPOSE),
  ]);
  const { files, deleted } = changedFiles(diff);
  return { files: [...files, ...splitNul(others)], deleted };
}

/** Settings that keep git from running filters, which it would to compare files on disk. */
async function withoutFilters(repo: string): Promise<Readonly<Record<string, string>>> {
  const names = ["config", "-z", "--name-only", "--get-regexp", "^filter\\."];
  const { text } = await runGit(repo, names);
  const filters = new Set(splitNul(text).map((key) => key.slice(0, key.lastIndexOf("."))));
  const settings = [...filters].flatMap((filter) =>
    Object.entries({ clean: "", process: "", required: "false" })
      .map(([key, value]) => [`${filter}.${key}`, value])
  );
  return Object.fromEntries([
    ["GIT_CONFIG_COUNT", `${settings.length}`],
    ...settings.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  ]);
}

async function howFarMoved(repo: string, range: string, name: string) {
  const { ok, text } = await runGit(repo, ["rev-list", "--count", range], PURPOSE);
  const count = Number(text);
  if (!ok || count === 0) return undefined;
  return `${listNames([name])} has moved on by ${count} ${count === 1 ? "commit" : "commits"} ` +
    "since this change forked off: what these change is not planned here";
}

/** Reads what `git diff --name-status -z --no-renames` says. */
function changedFiles(text: string) {
  const fields = splitNul(text);
  const paths = (isDeletion: boolean) =>
    fields.filter((_, at) => at % 2 === 1 && (fields[at - 1] === "D") === isDeletion);
  return { files: paths(false), deleted: paths(true) };
}
