/**
 * Lists the actions that the workflows of this repository and of its example use. With `--adopt` it
 * takes a dependency bot's bump of them into `actions.lock.json`, which is the lock of this
 * repository and the one that hubwright is published with.
 *
 * @module
 */
import { adoptPins } from "../src/tools/adopt_pins.ts";
import { loadLock, readLock } from "../src/config/lock_file.ts";
import { pinsTable } from "../src/report/pins_table.ts";
import { usedActions } from "../src/workflow/pin_workflow.ts";
import { exampleFolder, EXAMPLES, rootFolder } from "./own_folders.ts";
import { runTask } from "./run_task.ts";

await runTask(async (io) => {
  const lock = await loadLock(".");
  const folders = [rootFolder(), ...await Promise.all(EXAMPLES.map(exampleFolder))];
  if (!Deno.args.includes("--adopt")) {
    const workflows = folders.flatMap(({ workflows }) => workflows);
    io.out(pinsTable(usedActions(workflows, lock), "workflows", io));
    return 0;
  }
  const text = await readLock(".");
  return await adoptPins({ repo: ".", text, lock, folders, fix: "deno task generate" }, io);
});
