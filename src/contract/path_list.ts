import { thrownText, UserError } from "../errors.ts";
import type { Io } from "../io/io.ts";

/**
 * Reads a list of changed files.
 *
 * @throws {UserError} Where the file cannot be read.
 */
export async function readPathList(file: string, io: Io): Promise<string[]> {
  try {
    return splitPathList(file === "-" ? await io.input() : await Deno.readTextFile(file));
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    const message = `Cannot read the list of changed files: ${thrownText(error)}`;
    throw new UserError({ file: file === "-" ? "standard input" : file, message });
  }
}

/** Splits a list of paths: by NUL where it holds one, as `git diff -z` writes it, else by line. */
export function splitPathList(text: string): string[] {
  const paths = text.includes("\0") ? text.split("\0") : text.split(/\r?\n/);
  return paths.filter((path) => path !== "");
}
