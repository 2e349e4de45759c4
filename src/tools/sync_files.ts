import { compareFiles, type Difference, type TextFile } from "../drift/compare.ts";
import { differenceDiff, differenceProblem } from "../drift/describe.ts";
import { folderOf, readPresent } from "../drift/read_files.ts";
import { writeFiles } from "../drift/write_files.ts";
import { removeLeftOvers } from "../drift/temporary.ts";
import type { Io } from "../io/io.ts";
import { printProblems } from "../io/problems.ts";
import { paint } from "../text/paint.ts";
import { visible, visibleLines } from "../text/visible.ts";

/** How files are brought in line with what is generated. */
export interface SyncOptions {
  /** Whether to compare only. */
  readonly check: boolean;
  /** What the first line of a generated file says. */
  readonly mark: string;
  /** The command that fixes a difference. */
  readonly fix: string;
  /** The command that takes a bump of actions into the lock, where that is another way. */
  readonly adopt?: string | undefined;
}

/** Writes generated files, or compares them with those on disk. */
export async function syncFiles(
  root: string,
  files: readonly TextFile[],
  { check, mark, fix, adopt }: SyncOptions,
  io: Io,
): Promise<number> {
  const paths = files.map(({ path }) => path);
  if (!check) await removeLeftOvers(root, new Set(paths.map(folderOf)));
  const present = await readPresent(root, paths, mark);
  const differences = compareFiles(files, present);
  if (differences.length === 0) {
    io.out(`${files.length} generated files are up to date.\n`);
    return 0;
  }
  if (check) {
    printDifferences(differences, { fix, adopt }, io);
    return 1;
  }
  await writeFiles(root, differences);
  io.out(
    differences.map(({ kind, path }) =>
      `${kind === "orphaned" ? "Deleted" : "Wrote"} ${visible(path)}\n`
    )
      .join(""),
  );
  return 0;
}

function printDifferences(
  differences: readonly Difference[],
  { fix, adopt }: Pick<SyncOptions, "fix" | "adopt">,
  io: Io,
): void {
  const diff = visibleLines(differences.map(differenceDiff).join("\n"));
  io.out(diff.split("\n").map((line) => paintDiffLine(line, io)).join("\n"));
  printProblems(differences.map((difference) => differenceProblem(difference, fix, adopt)), io);
}

function paintDiffLine(line: string, io: Io): string {
  if (/^(?:---|\+\+\+) /.test(line)) return paint(io, "bold", line);
  const style = ({ "+": "green", "-": "red", "@": "cyan" } as const)[line.charAt(0)];
  return style === undefined ? line : paint(io, style, line);
}
