import { UsageError } from "../errors.ts";
import { type Change, readChange } from "../git/change.ts";
import type { Io } from "../io/io.ts";
import { visible } from "../text/visible.ts";
import type { OptionDefinition, OptionValues } from "./command.ts";
import { readPathList } from "./path_list.ts";
import { commaList, labels, text } from "./schemas.ts";

/** The options that say what changed, and what its labels ask for. */
export const CHANGE_OPTIONS = {
  base: {
    help: "The commit before the change; where git does not have it, everything is planned",
    value: "REF",
    schema: text,
  },
  head: { help: "The commit after it (default: HEAD)", value: "REF", schema: text },
  "changed-files": {
    help: "The changed files, in place of --base",
    value: "A,B,C",
    schema: commaList,
  },
  "changed-files-from": {
    help: "A file that lists them, a path a line (or NUL-separated); - is the standard input",
    value: "FILE",
    schema: text,
  },
  labels: {
    help: "The pull request's labels, a JSON list of names",
    value: "JSON",
    schema: labels,
  },
} as const satisfies Readonly<Record<string, OptionDefinition>>;

export type ChangeOptions = OptionValues<typeof CHANGE_OPTIONS>;

/**
 * Checks that the options say once what changed.
 *
 * @throws {UsageError} Where they do not, or more than once.
 */
export function checkSource(options: ChangeOptions): void {
  const given = (["base", "changed-files", "changed-files-from"] as const)
    .filter((name) => options[name] !== undefined);
  if (given.length !== 1) {
    const found = given.length === 0 ? "none" : given.map((name) => `--${name}`).join(" and ");
    throw new UsageError(
      "Cannot tell what changed: expected one of --base, --changed-files and " +
        `--changed-files-from, found ${found}`,
    );
  }
  if (options.head !== undefined && options.base === undefined) {
    throw new UsageError("Cannot use --head without --base: the changed files are given");
  }
}

/**
 * What changed, by the options: between two commits, or in files that are given.
 *
 * @throws {UserError} Where git or the list of files cannot be read.
 */
export async function readOptionsChange(
  options: ChangeOptions & { readonly repo?: string },
  io: Io,
): Promise<Change> {
  const { repo = ".", base, head } = options;
  return base === undefined ? await givenChange(options, io) : await readChange(repo, base, head);
}

async function givenChange(options: ChangeOptions, io: Io): Promise<Change> {
  const list = options["changed-files-from"];
  const files = list === undefined ? options["changed-files"] ?? [] : await readPathList(list, io);
  return { base: "", head: "", checkedOut: true, files: files.map(fromRoot), deleted: [] };
}

/**
 * A given path as git would give it.
 *
 * @throws {UsageError} Where it leaves the repository.
 */
export function fromRoot(path: string): string {
  const plain = path.replace(/^(?:\.\/+)+/, "");
  if (!plain.startsWith("/") && !plain.split("/").includes("..")) return plain;
  throw new UsageError(
    `Cannot use the changed file ${visible(JSON.stringify(path))}: expected a path from the ` +
      "repository's root",
  );
}
