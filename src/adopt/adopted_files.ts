import type { Difference, TextFile } from "../drift/differences.ts";
import { lookUp, type RepositoryFiles } from "../repository/files.ts";
import type { Problem } from "../errors.ts";
import { mergeDenoJson, newDenoJson } from "./deno_json.ts";

/** The line of `.gitattributes` about the folder of hubwright. */
const ATTRIBUTES = "/.hubwright/** linguist-generated eol=lf";

/**
 * The files that exist in most repositories already, with what hubwright needs in them; and the
 * tasks of a `deno.json` that are kept.
 */
export async function mergedFiles(
  files: RepositoryFiles,
  branch: string,
): Promise<{ readonly files: readonly TextFile[]; readonly kept: readonly string[] }> {
  const name = await readPlain(files, "deno.jsonc") === undefined ? "deno.json" : "deno.jsonc";
  const was = await readPlain(files, name);
  const merged = was === undefined
    ? { text: newDenoJson(branch), kept: [] }
    : mergeDenoJson(name, was, branch);
  const attributes = withLine(await readPlain(files, ".gitattributes") ?? "", ATTRIBUTES);
  return {
    files: [{ path: name, text: merged.text }, { path: ".gitattributes", text: attributes }],
    kept: merged.kept,
  };
}

/** Adds a line at the end of a text that does not have it yet, with the line endings that it has. */
function withLine(text: string, line: string): string {
  if (text.split(/\r?\n/).some((there) => there.trim() === line)) return text;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  return `${text}${text === "" || text.endsWith("\n") ? "" : eol}${line}${eol}`;
}

/** How files on disk differ from what is to be there; what is there already is not replaced. */
export async function differencesOf(
  files: RepositoryFiles,
  wanted: readonly TextFile[],
): Promise<readonly Difference[]> {
  const compared = await Promise.all(wanted.map(async ({ path, text }) => {
    const was = await readPlain(files, path);
    if (was === undefined) return [{ kind: "missing", path, text } as const];
    return was === text ? [] : [{ kind: "changed", path, text, was } as const];
  }));
  return compared.flat();
}

/** Finds links where files are to be written: what is behind one is not seen, or not ours. */
export function linkProblems(
  files: RepositoryFiles,
  paths: readonly string[],
): readonly Problem[] {
  return paths.flatMap((path) => {
    const { kind, at } = lookUp(files, path);
    if (kind !== "link") return [];
    const message = `Cannot write ${path}: ${at} is a symbolic link; put a ${
      at === path ? "file" : "folder"
    } in its place`;
    return [{ file: at, message }];
  });
}

/** A file as it is, with every byte that is text. */
export async function readPlain(
  files: RepositoryFiles,
  path: string,
): Promise<string | undefined> {
  return lookUp(files, path).kind === "file" ? await files.read(path) : undefined;
}
