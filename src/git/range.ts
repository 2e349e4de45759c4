import { UserError } from "../errors.ts";
import { visible } from "../text/visible.ts";
import { resolveCommit } from "./changed_files.ts";
import { mendGit, tooOld } from "./mend_git.ts";
import { runGit } from "./run_git.ts";

/** A part of a history: what was pushed after one commit, up to another. */
export interface PushRange {
  /** The commit before the first push, as a full hash. */
  readonly from: string;
  /** The last push, as a full hash. */
  readonly to: string;
  /** How many pushes there are. */
  readonly pushes: number;
  /** Whether the clone is shallow, and older history may be elsewhere. */
  readonly shallow: boolean;
}

/**
 * Finds the pushes between two commits: the first-parent history of the later one.
 *
 * @throws {UserError} Where this is no git repository, a name is unknown to git, or no push ended
 * with the earlier commit.
 */
export async function resolveRange(
  repo: string,
  from: string | undefined,
  to = "HEAD",
): Promise<PushRange> {
  const [shallow, last, first] = await Promise.all([
    isShallow(repo),
    resolveCommit(repo, to),
    from === undefined ? undefined : resolveCommit(repo, from),
  ]);
  const hint = shallow ? " (this clone is shallow: fetch more of its history)" : "";
  const problems = [
    ...(from !== undefined && first === undefined ? [unknownRef("--from", from, hint)] : []),
    ...(last === undefined ? [unknownRef("--to", to, hint)] : []),
  ];
  if (last === undefined || problems.length > 0) {
    const old = await tooOld(repo);
    throw new UserError(old === undefined ? problems : `Cannot read the history: ${old}`);
  }
  if (first === last) return { from: last, to: last, pushes: 0, shallow };
  const line = await firstParentLine(repo, first === undefined ? last : `${first}..${last}`);
  if (first === undefined) {
    return { from: line.at(-1)?.commit ?? last, to: last, pushes: line.length - 1, shallow };
  }
  if (line.at(-1)?.parent === first) return { from: first, to: last, pushes: line.length, shallow };
  const why = await whyNot(repo, first, last);
  throw new UserError(
    `Cannot replay from ${quote(from ?? first)} to ${quote(to)}: ${why}${hint}`,
  );
}

async function isShallow(repo: string): Promise<boolean> {
  const { ok, output, complaint } = await runGit(repo, ["rev-parse", "--is-shallow-repository"]);
  if (ok) return new TextDecoder().decode(output).trim() === "true";
  throw new UserError(
    `Cannot read the history of ${quote(repo)}: ${complaint}; ${await mendGit(
      repo,
      complaint,
      "",
    )}`,
  );
}

/** The commits of a first-parent history, newest first, each with its first parent. */
async function firstParentLine(
  repo: string,
  range: string,
): Promise<readonly { readonly commit: string; readonly parent: string | undefined }[]> {
  const { ok, output, complaint } = await runGit(repo, [
    ...["rev-list", "--first-parent", "--parents", range, "--"],
  ]);
  if (!ok) throw new UserError(`Cannot read the history: ${complaint}`);
  const lines = new TextDecoder().decode(output).split("\n").filter((line) => line !== "");
  return lines.map((line) => {
    const [commit = "", parent] = line.split(" ");
    return { commit, parent };
  });
}

/** Why no push ended with a commit, in words. */
async function whyNot(repo: string, from: string, to: string): Promise<string> {
  const isAncestor = async (older: string, newer: string) =>
    (await runGit(repo, ["merge-base", "--is-ancestor", older, newer])).ok;
  if (await isAncestor(from, to)) {
    return "the first came into the second with a merge, so no push ended there; expected a " +
      'commit that "git log --first-parent" shows';
  }
  return await isAncestor(to, from)
    ? "the first is the newer one; expected the older one in --from"
    : "the first is not in the history of the second; expected a commit that it descends from";
}

function unknownRef(option: string, ref: string, hint: string): { message: string } {
  return {
    message: `Cannot find the commit ${option} ${quote(ref)}: expected a branch, a tag or a ` +
      `commit that git knows${hint}`,
  };
}

function quote(ref: string): string {
  return visible(JSON.stringify(ref));
}
