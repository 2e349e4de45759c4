import { loadClusters } from "../config/load_clusters.ts";
import { loadConfig } from "../config/load_config.ts";
import type { OptionTexts } from "../contract/command.ts";
import { generateCommand } from "../contract/generate.ts";
import { compareFiles, type Difference, type TextFile } from "../drift/compare.ts";
import { mendFiles, readPresent } from "../drift/files.ts";
import { GENERATED } from "../../workflows/header.ts";
import { generateWorkflows } from "../../workflows/mod.ts";
import type { Io } from "./io.ts";
import { printProblems } from "./problems.ts";
import { readOptions } from "./read_values.ts";

/**
 * `hubwright generate`: writes the workflows, or with `--check` says how the committed ones differ.
 *
 * @param texts The options.
 * @param io The outside world.
 * @returns The exit code: 1 where `check` finds a difference.
 * @throws {UserError} Where something is wrong; nothing has been written then.
 */
export async function runGenerate(
  texts: OptionTexts<typeof generateCommand>,
  io: Io,
): Promise<number> {
  const options = readOptions(generateCommand, texts);
  const repo = options.repo ?? ".";
  const settings = await loadConfig(repo, options.config);
  const files = generateWorkflows(settings, loadClusters(repo, settings));
  return await syncFiles(repo, files, {
    check: options.check ?? false,
    mark: GENERATED,
    mend: "deno task generate",
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
}

/**
 * Writes generated files, or compares them with those on disk.
 *
 * @param root The repository's root.
 * @param files The files that should be there.
 * @param options Whether to write or to compare.
 * @param io The outside world.
 * @returns The exit code.
 */
export async function syncFiles(
  root: string,
  files: readonly TextFile[],
  { check, mark, mend }: SyncOptions,
  io: Io,
): Promise<number> {
  const present = await readPresent(root, files.map(({ path }) => path), mark);
  const differences = compareFiles(files, present);
  if (differences.length === 0) {
    io.out(`${files.length} generated files are up to date.\n`);
    return 0;
  }
  if (check) {
    await printDifferences(differences, mend, io);
    return 1;
  }
  await mendFiles(root, differences);
  io.out(
    differences.map(({ kind, path }) => `${kind === "orphaned" ? "Deleted" : "Wrote"} ${path}\n`)
      .join(""),
  );
  return 0;
}

async function printDifferences(
  differences: readonly Difference[],
  mend: string,
  io: Io,
): Promise<void> {
  const { differenceDiff, differenceProblem } = await import("../drift/describe.ts");
  io.out(differences.map(differenceDiff).join("\n"));
  printProblems(differences.map((difference) => differenceProblem(difference, mend)), io);
}
