import { UserError } from "../errors.ts";
import { runGit, splitNul } from "./run_git.ts";

/** A file in a commit. */
export interface TreeFile {
  /** Its path, relative to the folder that git runs in. */
  readonly path: string;
  /** The id of its blob; for a submodule the id of a commit. */
  readonly id: string;
}

/**
 * Lists the files of a commit, for what they say of its clusters.
 *
 * @throws {UserError} Where git cannot read the commit.
 */
export async function listTree(
  repo: string,
  commit: string,
  below?: string,
): Promise<readonly TreeFile[]> {
  const within = below === undefined ? [] : ["--", below];
  return await askTree(repo, commit, ["-r", "-z", commit, ...within]);
}

/**
 * Lists what stands in a folder of a commit, and not what stands below that.
 *
 * @throws {UserError} Where git cannot read the commit.
 */
export async function listFolder(
  repo: string,
  commit: string,
  folder: string,
): Promise<readonly TreeFile[]> {
  return await askTree(repo, commit, ["-z", commit, "--", `${folder}/`]);
}

async function askTree(
  repo: string,
  commit: string,
  args: readonly string[],
): Promise<readonly TreeFile[]> {
  const { ok, output, complaint } = await runGit(repo, ["ls-tree", ...args]);
  if (!ok) throw new UserError(`Cannot read the clusters of ${commit}: ${complaint}`);
  return parseTree(splitNul(output));
}

/** Reads what `git ls-tree -z` says. */
export function parseTree(fields: readonly string[]): readonly TreeFile[] {
  return fields.map((field) => {
    const tab = field.indexOf("\t");
    return { path: field.slice(tab + 1), id: field.slice(field.lastIndexOf(" ", tab) + 1, tab) };
  });
}
