import { thrownText, UsageError, UserError } from "../errors.ts";
import { type Change, readMergedChange, readPushedChange, WORKTREE } from "../git/change.ts";
import type { Io } from "../io/io.ts";
import { visible } from "../text/visible.ts";
import type { OptionDefinition, OptionValues } from "./command.ts";
import { textOption } from "./common.ts";
import { commaList, labels, optionalText } from "./schemas.ts";

export const CHANGE_OPTIONS = {
  base: textOption(
    "REF",
    "The branch to merge into: plans what changed since the head forked off it",
  ),
  before: {
    help: "The commit before a push, instead of --base: plans all that differs from it, and " +
      "everything if git does not have it",
    value: "REF",
    schema: optionalText,
  },
  head: textOption(
    "REF",
    "The commit after the change (default: HEAD); WORKTREE for the files on disk, " +
      "committed or not",
  ),
  "changed-files": {
    help: "The changed files, instead of --base",
    value: "A,B,C",
    schema: commaList,
  },
  "changed-files-from": textOption(
    "FILE",
    "A file that lists them, one path per line (or NUL-separated); - is standard input",
  ),
  labels: {
    help: "The pull request's labels, a JSON list of names",
    value: "JSON",
    schema: labels,
  },
} as const satisfies Readonly<Record<string, OptionDefinition>>;

export type ChangeOptions = OptionValues<typeof CHANGE_OPTIONS>;

export function checkSource(options: ChangeOptions): void {
  const given = (["base", "before", "changed-files", "changed-files-from"] as const)
    .filter((name) => options[name] !== undefined);
  if (given.length !== 1) {
    const found = given.length === 0 ? "none" : given.map((name) => `--${name}`).join(" and ");
    throw new UsageError(
      "Cannot tell what changed: expected one of --base, --before, --changed-files and " +
        `--changed-files-from, found ${found}`,
    );
  }
  const { head, base, before } = options;
  if (head !== undefined && base === undefined && before === undefined) {
    throw new UsageError("Cannot use --head without --base: the changed files are given");
  }
  if (head === WORKTREE && base === undefined) {
    throw new UsageError(`Cannot use --head ${WORKTREE} with --before: only commits are pushed`);
  }
}

export async function readOptionsChange(
  { repo = ".", base, before, head, ...given }: ChangeOptions & { readonly repo?: string },
  io: Io,
): Promise<Change> {
  if (base !== undefined) return await readMergedChange(repo, base, head);
  if (before !== undefined) return await readPushedChange(repo, before, head);
  const list = given["changed-files-from"];
  const files = list === undefined ? given["changed-files"] ?? [] : await readPathList(list, io);
  return { base: "", head: "", checkedOut: true, files: files.map(fromRoot), deleted: [] };
}

/** Reads a list of paths: between NULs where it holds one, as `git diff -z` writes it, else a line each. */
async function readPathList(file: string, io: Io): Promise<string[]> {
  try {
    const text = file === "-" ? await io.input() : await Deno.readTextFile(file);
    return text.split(text.includes("\0") ? "\0" : /\r?\n/).filter((path) => path !== "");
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    const message = `Cannot read the list of changed files: ${thrownText(error)}`;
    throw new UserError({ file: file === "-" ? "standard input" : file, message });
  }
}

export function fromRoot(path: string): string {
  const plain = path.replace(/^(?:\.\/+)+/, "");
  if (!plain.startsWith("/") && !plain.split("/").includes("..")) return plain;
  throw new UsageError(
    `Cannot use the changed file ${visible(JSON.stringify(path))}: expected a path from the ` +
      "repository's root",
  );
}
