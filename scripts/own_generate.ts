/**
 * Generates what is generated in this repository: its own CI, pages of the docs, and the workflows
 * of the examples. With `--check` it compares instead, with `--replace` it overwrites files that hubwright did not write.
 *
 * @module
 */
import { main } from "../src/cli/main.ts";
import { syncFiles } from "../src/tools/sync_files.ts";
import { loadLock } from "../src/config/lock_file.ts";
import { GENERATED } from "../workflows/header.ts";
import { emitAll } from "../workflows/mod.ts";
import { EXAMPLES, rootFolder } from "./own_folders.ts";
import { runTask } from "./run_task.ts";

await runTask(async (io) => {
  const check = Deno.args.includes("--check");
  const replace = Deno.args.includes("--replace");
  const { root, workflows, config, others = [] } = rootFolder();
  const own = await syncFiles(
    root,
    [...emitAll(workflows, await loadLock(root), config), ...others],
    { check, replace, mark: GENERATED, fix: "deno task generate", adopt: "deno task pins --adopt" },
    io,
  );
  let code = own;
  for (const example of EXAMPLES) {
    code = Math.max(code, await main(["generate", "--repo", example, ...Deno.args], io));
  }
  return code;
});
