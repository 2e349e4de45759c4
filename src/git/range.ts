import { UserError } from "../errors.ts";
import { visible } from "../text/visible.ts";
import { askGit } from "./ask.ts";
import { findCommits, isAncestor, isShallow, SHALLOW, unknownCommits } from "./commits.ts";

/** A part of a history: what was pushed after one commit, up to another. */
export interface PushRange {
  /** The commit before the first push, and the last push, as full hashes. */
  readonly from: string;
  readonly to: string;
  readonly pushes: number;
  /** Whether the clone is shallow, and older history may be elsewhere. */
  readonly shallow: boolean;
}

const PURPOSE = { failed: "Cannot read the history of" } as const;

/** Finds the pushes between two commits: the first-parent history of the later one. */
export async function resolveRange(
  repo: string,
  from: string | undefined,
  to = "HEAD",
): Promise<PushRange> {
  const [shallow, [last, first]] = await Promise.all([
    isShallow(repo, PURPOSE),
    findCommits(repo, from === undefined ? [to] : [to, from], PURPOSE),
  ]);
  const unknown = {
    ...(from !== undefined && first === undefined ? { "--from": from } : {}),
    ...(last === undefined ? { "--to": to } : {}),
  };
  if (last === undefined || Object.keys(unknown).length > 0) {
    throw await unknownCommits(repo, unknown, PURPOSE);
  }
  if (first === last) return { from: last, to: last, pushes: 0, shallow };
  const range = first === undefined ? last : `${first}..${last}`;
  const line = await firstParentLine(repo, range);
  const { commit = last, parent } = line.at(-1) ?? {};
  if (first === undefined) return { from: commit, to: last, pushes: line.length - 1, shallow };
  if (parent === first) return { from: first, to: last, pushes: line.length, shallow };
  const [older, newer] = [from ?? first, to].map((ref) => visible(JSON.stringify(ref)));
  const why = `${await whyNot(repo, first, last)}${shallow ? SHALLOW : ""}`;
  throw new UserError(`Cannot replay from ${older} to ${newer}: ${why}`);
}

/** The commits of a first-parent history, newest first, each with its first parent. */
export async function firstParentLine(
  repo: string,
  range: string,
): Promise<readonly { readonly commit: string; readonly parent: string | undefined }[]> {
  const list = ["rev-list", "--first-parent", "--parents", range, "--"];
  return (await askGit(repo, list, PURPOSE)).split("\n").filter(Boolean).map((line) => {
    const [commit = "", parent] = line.split(" ");
    return { commit, parent };
  });
}

async function whyNot(repo: string, from: string, to: string): Promise<string> {
  if (await isAncestor(repo, from, to)) {
    return "the first came into the second with a merge, so no push ended there; expected a " +
      'commit that "git log --first-parent" shows';
  }
  return await isAncestor(repo, to, from)
    ? "the first is the newer one; expected the older one in --from"
    : "the first is not in the history of the second; expected a commit that it descends from";
}
