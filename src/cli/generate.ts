import type { OptionTexts } from "../contract/command.ts";
import { generateCommand } from "../contract/generate.ts";
import { compareFiles, type Difference, type TextFile } from "../drift/compare.ts";
import { folderOf, readPresent } from "../drift/files.ts";
import { mendFiles } from "../drift/mend.ts";
import { removeLeftOvers } from "../drift/temporary.ts";
import { visible, visibleLines } from "../text/visible.ts";
import { GENERATED } from "../../workflows/header.ts";
import { generateWorkflows } from "../../workflows/mod.ts";
import type { Io } from "./io.ts";
import { loadRepository } from "./load_repository.ts";
import { printProblems } from "./problems.ts";
import { readOptions } from "./read_values.ts";

/**
 * `hubwright generate`: writes the workflows, or with `--check` says how the committed ones differ.
 *
 * @throws {UserError} Where something is wrong; nothing has been written then.
 */
export async function runGenerate(
  texts: OptionTexts<typeof generateCommand>,
  io: Io,
): Promise<number> {
  const options = readOptions(generateCommand, texts);
  const repo = options.repo ?? ".";
  const { settings, clusters, charts, lock } = await loadRepository(repo, options.config);
  const files = generateWorkflows(settings, clusters, lock, charts);
  return await syncFiles(repo, files, {
    check: options.check ?? false,
    mark: GENERATED,
    mend: "deno task generate",
    adopt: "deno task hubwright pins --adopt",
  }, io);
}

/** How files are brought in line with what is generated. */
export interface SyncOptions {
  /** Whether to compare only. */
  readonly check: boolean;
  /** What the first line of a generated file says. */
  readonly mark: string;
  /** The command that mends a difference. */
  readonly mend: string;
  /** The command that takes a bump of actions into the lock, where that is another way. */
  readonly adopt?: string | undefined;
}

/** Writes generated files, or compares them with those on disk. */
export async function syncFiles(
  root: string,
  files: readonly TextFile[],
  { check, mark, mend, adopt }: SyncOptions,
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
    await printDifferences(differences, { mend, adopt }, io);
    return 1;
  }
  await mendFiles(root, differences);
  io.out(
    differences.map(({ kind, path }) =>
      `${kind === "orphaned" ? "Deleted" : "Wrote"} ${visible(path)}\n`
    )
      .join(""),
  );
  return 0;
}

async function printDifferences(
  differences: readonly Difference[],
  { mend, adopt }: Pick<SyncOptions, "mend" | "adopt">,
  io: Io,
): Promise<void> {
  const { differenceDiff, differenceProblem } = await import("../drift/describe.ts");
  io.out(visibleLines(differences.map(differenceDiff).join("\n")));
  printProblems(differences.map((difference) => differenceProblem(difference, mend, adopt)), io);
}
