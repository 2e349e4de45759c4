import type { Sandbox } from "../cli/sandbox.ts";

/** A file of the index: its path as bytes, and its text or that it is gone. */
export interface IndexFile {
  readonly path: Uint8Array;
  readonly text: string | undefined;
}

/** Puts files into the index that may have any bytes as their names. */
export async function addFiles(folder: Sandbox, files: readonly IndexFile[]): Promise<void> {
  const texts = [...new Set(files.flatMap(({ text }) => text ?? []))];
  const ids = new Map<string | undefined, string>();
  for (const text of texts) {
    ids.set(text, await gitInput(folder, ["hash-object", "-w", "--stdin"], utf8(text)));
  }
  const entries = files.flatMap(({ path, text }) => {
    const id = ids.get(text);
    const mode = id === undefined ? `0 ${"0".repeat(40)}` : `100644 ${id}`;
    return [...utf8(`${mode}\t`), ...path, 0];
  });
  await gitInput(folder, ["update-index", "-z", "--index-info"], Uint8Array.from(entries));
}

/** Commits the index; who did it and why is hostile. */
export async function commitHostile(
  folder: Sandbox,
  parent: string,
  names: readonly string[],
): Promise<string> {
  const author = names.join(" ").replace(/[\n\0<>]/g, "").slice(0, 60_000);
  const commit = `tree ${await folder.git("write-tree")}
parent ${parent}
author ${author} <::error::> 1767225600 +0000
committer ${author} <x> 1767225600 +0000

::error::${names.join("\n")}
`;
  const args = ["hash-object", "-t", "commit", "-w", "--stdin", "--literally"];
  return await gitInput(folder, args, utf8(commit));
}

/** Runs git with something on its standard input. */
export async function gitInput(
  folder: Sandbox,
  args: readonly string[],
  input: Uint8Array,
): Promise<string> {
  const child = new Deno.Command("git", {
    args: [...args],
    cwd: folder.path,
    env: { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(input);
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(`git ${args.join(" ")}: ${decoder.decode(stderr)}`);
  return decoder.decode(stdout).trim();
}

/** The bytes of a text. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
