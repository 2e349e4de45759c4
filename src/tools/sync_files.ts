import { compareFiles, type TextFile } from "../drift/differences.ts";
import { differenceProblem, type Fixes } from "../drift/describe.ts";
import { folderOf, readPresent } from "../drift/read_files.ts";
import { writeFiles } from "../drift/write_files.ts";
import { removeLeftOvers } from "../drift/temporary.ts";
import { UserError } from "../errors.ts";
import type { Io } from "../io/io.ts";
import { printProblems } from "../io/problems.ts";
import { visible } from "../text/visible.ts";
import { printDiff } from "./print_diff.ts";

export interface SyncOptions extends Fixes {
  readonly check: boolean;
  /** Whether files that do not say that they are generated are overwritten. */
  readonly replace?: boolean | undefined;
  readonly mark: string;
}

/** Writes generated files, or compares them with those on disk; refuses to write someone else's. */
export async function syncFiles(
  root: string,
  files: readonly TextFile[],
  { check, replace = false, mark, ...fixes }: SyncOptions,
  io: Io,
): Promise<number> {
  const paths = files.map(({ path }) => path);
  if (!check) await removeLeftOvers(root, new Set(paths.map(folderOf)));
  const differences = compareFiles(files, await readPresent(root, paths, mark), mark);
  if (differences.length === 0) {
    io.out(`${files.length} generated files are up to date.\n`);
    return 0;
  }
  const problems = differences.map((difference) => differenceProblem(difference, fixes));
  if (check) {
    printDiff(differences, io);
    printProblems(problems, io);
    return 1;
  }
  const foreign = problems.filter((_, index) => differences[index]?.kind === "foreign");
  if (foreign.length > 0 && !replace) throw new UserError(foreign);
  await writeFiles(root, differences);
  for (const { kind, path } of differences) {
    io.out(`${kind === "orphaned" ? "Deleted" : "Wrote"} ${visible(path)}\n`);
  }
  return 0;
}
