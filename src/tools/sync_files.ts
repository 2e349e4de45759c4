import { compareFiles, type TextFile } from "../drift/differences.ts";
import { differenceDiff, differenceProblem, type Fixes } from "../drift/describe.ts";
import { folderOf, readPresent } from "../drift/read_files.ts";
import { writeFiles } from "../drift/write_files.ts";
import { removeLeftOvers } from "../drift/temporary.ts";
import { UserError } from "../errors.ts";
import type { Io } from "../io/io.ts";
import { printProblems } from "../io/problems.ts";
import { paint } from "../text/paint.ts";
import { visible, visibleLines } from "../text/visible.ts";

export interface SyncOptions extends Fixes {
  readonly check: boolean;
  /** Whether files that do not say that they are generated are overwritten. */
  readonly replace?: boolean | undefined;
  /** What the first line of a generated file says. */
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
    const diff = visibleLines(differences.map(differenceDiff).filter(Boolean).join("\n"));
    io.out(diff.split("\n").map((line) => paintDiffLine(line, io)).join("\n"));
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

function paintDiffLine(line: string, io: Io): string {
  if (/^(?:---|\+\+\+) /.test(line)) return paint(io, "bold", line);
  const style = ({ "+": "green", "-": "red", "@": "cyan" } as const)[line.charAt(0)];
  return style === undefined ? line : paint(io, style, line);
}
