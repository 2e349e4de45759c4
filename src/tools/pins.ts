import { taskCommands } from "../adopt/task_command.ts";
import { filesOnDisk } from "../repository/disk_files.ts";
import { loadRepository } from "../repository/load_repository.ts";
import { readLock } from "../config/lock_file.ts";
import { UsageError } from "../errors.ts";
import { pinsJson, pinsTable } from "../report/pins_table.ts";
import { usedActions } from "../workflow/pin_workflow.ts";
import { defineWorkflows, emitAll } from "../../workflows/mod.ts";
import { adoptPins } from "./adopt_pins.ts";
import { command } from "../contract/command.ts";
import { formatOption } from "../contract/common.ts";

/** `hubwright pins`: which commits of actions the workflows use, and a bot's bump of them. */
export const pinsCommand = command({
  name: "pins",
  summary: "List the pinned actions, or take a dependency bot's bump into actions.lock.json",
  examples: [
    ["hubwright pins", "each action that the workflows use: version, commit, where it is pinned"],
    ["hubwright pins --adopt", "make actions.lock.json say what a bot wrote into the workflows"],
  ],
  options: {
    adopt: { help: "Copy the commits in the generated workflows on disk into actions.lock.json" },
    format: formatOption("the list", ["table", "json"]),
  },
  access: { read: ["."] },
  async run({ options, io }) {
    const { repo = ".", config, adopt, format } = options;
    if (adopt && format !== undefined) throw new UsageError("Cannot use --format with --adopt");
    const { settings, clusters, charts, lock } = await loadRepository(repo, config);
    const workflows = defineWorkflows(settings, clusters, charts);
    if (adopt) {
      return await adoptPins({
        repo,
        text: await readLock(repo),
        lock,
        folders: [{ root: repo, workflows, config: settings.file }],
        fix: (await taskCommands(filesOnDisk(repo)))("generate"),
      }, io);
    }
    // What cannot be generated has no list of actions either.
    emitAll(workflows, lock, settings.file);
    const used = usedActions(workflows, lock);
    io.out(format === "json" ? pinsJson(used) : pinsTable(used, settings.file, io));
    return 0;
  },
});
