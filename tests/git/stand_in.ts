import assert from "node:assert/strict";
import { tempFolder } from "../temp_folder.ts";

/** Runs code in a process of its own, where a shell script stands in for git. */
export async function evalWithGit(script: string | undefined, code: string): Promise<string> {
  const files: Record<string, string> = {};
  if (script !== undefined) files.git = `#!/bin/bash\n${script}\n`;
  await using folder = await tempFolder(files);
  if (script !== undefined) await Deno.chmod(`${folder.path}/git`, 0o755);
  const ran = await new Deno.Command(Deno.execPath(), {
    args: ["eval", code],
    env: { PATH: folder.path, NO_COLOR: "1" },
  }).output();
  assert.equal(ran.code, 0, new TextDecoder().decode(ran.stderr));
  return new TextDecoder().decode(ran.stdout);
}

/** The address of a module, to be imported by such code. */
export function gitModule(path: string): string {
  return JSON.stringify(new URL(`../../src/git/${path}`, import.meta.url).href);
}
