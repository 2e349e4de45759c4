import { readLock } from "../config/load_lock.ts";
import type { OptionTexts } from "../contract/command.ts";
import { pinsCommand } from "../contract/pins.ts";
import { UsageError } from "../errors.ts";
import { pinsJson, pinsTable } from "../report/pins_table.ts";
import { usedActions } from "../workflow/used_actions.ts";
import { defineWorkflows, emitAll } from "../../workflows/mod.ts";
import { adoptPins } from "./adopt_pins.ts";
import type { Io } from "./io.ts";
import { loadRepository } from "./load_repository.ts";
import { readOptions } from "./read_values.ts";

/**
 * `hubwright pins`: lists the actions that the workflows use, or with `--adopt` takes a dependency
 * bot's bump into the repository's lock.
 *
 * @throws {UsageError | UserError} Where something is wrong; nothing has been written then.
 */
export async function runPins(texts: OptionTexts<typeof pinsCommand>, io: Io): Promise<number> {
  const { repo = ".", config, adopt, format } = readOptions(pinsCommand, texts);
  if (adopt && format !== undefined) throw new UsageError("Cannot use --format with --adopt");
  const { settings, clusters, charts, lock } = await loadRepository(repo, config);
  const workflows = defineWorkflows(settings, clusters, charts);
  if (adopt) {
    return await adoptPins({
      repo,
      text: await readLock(repo),
      lock,
      folders: [{ root: repo, workflows, config: settings.file }],
      mend: "deno task generate",
    }, io);
  }
  // What could not be generated is no list of what the workflows use.
  emitAll(workflows, lock, settings.file);
  const used = usedActions(workflows, lock);
  io.out(format === "json" ? pinsJson(used) : pinsTable(used, settings.file, io));
  return 0;
}
