import { taskCommands } from "../adopt/task_command.ts";
import { UsageError, UserError } from "../errors.ts";
import { printWarning } from "../io/problems.ts";
import { idlePauses } from "../ledger/pauses.ts";
import { filesOnDisk } from "../repository/disk_files.ts";
import { loadRepository } from "../repository/load_repository.ts";
import { otherDefaultBranch } from "../repository/origin_branch.ts";
import { emptyFleet } from "../repository/read_clusters.ts";
import { GENERATED } from "../../workflows/header.ts";
import { generateWorkflows } from "../../workflows/mod.ts";
import { syncFiles } from "./sync_files.ts";
import { command } from "../contract/command.ts";

/** `hubwright generate`: writes the workflows, or compares them with what is committed. */
export const generateCommand = command({
  name: "generate",
  summary: "Write the workflows, or check that the committed ones are up to date",
  examples: [
    ["hubwright generate", "write .github/workflows/*.yaml"],
    ["hubwright generate --check", "show what differs, and exit with 1 if anything does"],
  ],
  options: {
    check: { help: "Write nothing; compare instead" },
    replace: { help: "Overwrite files that hubwright did not write" },
  },
  access: { read: ["."] },
  async run({ options, io }) {
    if (options.check && options.replace) throw new UsageError("Cannot use --replace with --check");
    const repo = options.repo ?? ".";
    const { settings, clusters, charts, lock } = await loadRepository(repo, options.config);
    const idle = idlePauses(settings.paused, clusters);
    if (idle.length > 0) {
      throw new UserError(idle.map(({ message }) => ({ file: settings.file, message })));
    }
    const warnings = [emptyFleet(settings, clusters), await otherDefaultBranch(repo, settings)];
    for (const warning of warnings) if (warning !== undefined) printWarning(warning, io);
    const files = generateWorkflows(settings, clusters, lock, charts);
    return await syncFiles(repo, files, {
      check: options.check ?? false,
      replace: options.replace,
      mark: GENERATED,
      fix: (await taskCommands(filesOnDisk(repo)))("generate"),
      adopt: "deno task hubwright pins --adopt",
    }, io);
  },
});
