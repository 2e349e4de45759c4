import { visible } from "../text/visible.ts";

/** The text of a file, or what is wrong with the file, in words. */
export type OrdinaryFile = { readonly text: string } | { readonly wrong: string };

const UNREADABLE = "Cannot accept it in the artifact";

/**
 * Reads a file that someone else made: an ordinary one, no link to elsewhere and nothing that never
 * ends, of a bounded size and in UTF-8. What is checked is what is read, even where the file is
 * replaced in between: it is opened once, and only what was open is read.
 */
export async function readOrdinaryFile(path: string, most: number): Promise<OrdinaryFile> {
  try {
    const found = await Deno.lstat(path);
    if (!found.isFile) return { wrong: `${UNREADABLE}: expected an ordinary file` };
    using file = await Deno.open(path);
    const opened = await file.stat();
    if (!opened.isFile || opened.ino !== found.ino || opened.dev !== found.dev) {
      return { wrong: `${UNREADABLE}: it was replaced while it was read` };
    }
    const bytes = await readAtMost(file, most + 1);
    if (bytes.length > most) {
      return { wrong: `${UNREADABLE}: expected at most ${most} bytes, found more` };
    }
    return decode(bytes);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { wrong: "Cannot find it in the artifact" };
    const message = error instanceof Error ? error.message : String(error);
    return { wrong: `Cannot read it: ${visible(message)}` };
  }
}

async function readAtMost(file: Deno.FsFile, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let left = most;
  while (left > 0) {
    const chunk = new Uint8Array(Math.min(left, 65_536));
    const size = await file.read(chunk);
    if (size === null) break;
    chunks.push(chunk.subarray(0, size));
    left -= size;
  }
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
}

/** A byte order mark stays in the text, which is then neither a number nor JSON. */
function decode(bytes: Uint8Array): OrdinaryFile {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { wrong: "Cannot read it: expected text in UTF-8" };
  }
}
