import { UserError } from "../errors.ts";
import { runGit, splitNul } from "./git.ts";

/** A file as a commit left it. */
export interface FileVersion {
  /** Relative to the folder that git runs in. */
  readonly path: string;
  /** The id of its blob; for a submodule that of a commit, `undefined` where it was deleted. */
  readonly id: string | undefined;
  readonly mode: string;
}

/** As many paths as git is asked for one by one: a command line holds only so many. */
const FEW = 100;

/** Lists the files of a commit; only those at some paths, or more, where these are given. */
export async function listTree(
  repo: string,
  commit: string,
  paths: readonly string[] = [],
): Promise<readonly (FileVersion & { readonly id: string })[]> {
  const { ok, text, complaint } = await runGit(repo, [
    ...["ls-tree", "-r", "-z", commit, "--"],
    ...(paths.length > FEW ? [] : paths),
  ]);
  if (!ok) throw new UserError(`Cannot read the files of ${commit}: ${complaint}`);
  return splitNul(text).map((field) => {
    const tab = field.indexOf("\t");
    const [mode = "", , id = ""] = field.slice(0, tab).split(" ");
    return { path: field.slice(tab + 1), id, mode };
  });
}
