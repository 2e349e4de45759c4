import { thrownText } from "../errors.ts";
import { visible } from "../text/visible.ts";

/** The text of a file, or what is wrong with the file, in words. */
export type OrdinaryFile = { readonly text: string } | { readonly wrong: string };

const refused = (why: string) => ({ wrong: `Cannot accept it in the artifact: ${why}` });

/**
 * Reads a file that someone else made: an ordinary one, no link to elsewhere and nothing that never
 * ends, of a bounded size and in UTF-8. It is opened once, and only what was open is read, so that
 * what is checked is what is read even where the file is replaced in between.
 */
export function readOrdinaryFile(path: string, most: number): OrdinaryFile {
  try {
    const found = Deno.lstatSync(path);
    if (!found.isFile) return refused("expected an ordinary file");
    // Without blocking, which Deno's own API lacks: a named pipe that took the file's place would
    // wait for a writer. An import of Node's API would cost every command a third of its start.
    const { closeSync, constants, fstatSync, openSync, readSync } = process.getBuiltinModule(
      "node:fs",
    );
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const opened = fstatSync(file);
      if (!opened.isFile() || opened.ino !== found.ino || opened.dev !== found.dev) {
        return refused("it was replaced while it was read");
      }
      const bytes = new Uint8Array(Math.min(most, opened.size) + 1);
      let size = 0;
      for (let count = -1; count !== 0 && size < bytes.length; size += count) {
        count = readSync(file, bytes, size, bytes.length - size, null);
      }
      if (size <= most) return decode(bytes.subarray(0, size));
      return refused(`expected at most ${most} bytes, found more`);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { wrong: "Cannot find it in the artifact" };
    return { wrong: `Cannot read it: ${visible(thrownText(error))}` };
  }
}

/** A byte order mark stays in the text, which is then neither a number nor JSON. */
function decode(bytes: Uint8Array): OrdinaryFile {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { wrong: "Cannot read it: expected text in UTF-8" };
  }
}
