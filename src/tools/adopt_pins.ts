import { formatLockFile } from "../config/lock_file.ts";
import { compareFiles, type TextFile } from "../drift/differences.ts";
import { readPresent } from "../drift/read_files.ts";
import { writeFiles } from "../drift/write_files.ts";
import { removeLeftOvers } from "../drift/temporary.ts";
import { UserError } from "../errors.ts";
import { type Bumps, findBumps, mergeBumps } from "../workflow/bumps.ts";
import { describePin, findPin, type Lock, LOCK_FILE, type Pins } from "../workflow/lock.ts";
import type { WorkflowModel } from "../workflow/model.ts";
import { usedActions } from "../workflow/pin_workflow.ts";
import { GENERATED } from "../../workflows/header.ts";
import { emitAll } from "../../workflows/mod.ts";
import { syncFiles } from "./sync_files.ts";
import type { Io } from "../io/io.ts";

export interface WorkflowFolder {
  /** The folder that holds `.github`. */
  readonly root: string;
  readonly workflows: readonly WorkflowModel[];
  /** The file in which actions may have commits too. */
  readonly config: string;
  readonly others?: readonly TextFile[];
}

export interface AdoptOptions {
  /** The root of the repository, where its lock lies. */
  readonly repo: string;
  readonly text: string | undefined;
  readonly lock: Lock;
  readonly folders: readonly WorkflowFolder[];
  readonly fix: string;
}

/**
 * Takes what a dependency bot bumped in generated workflows into the lock, then says which other
 * drift is left. Where anything is wrong with the bumps, nothing is written.
 */
export async function adoptPins(options: AdoptOptions, io: Io): Promise<number> {
  const { repo, text, lock, folders, fix } = options;
  const { pins: bumps, problems } = mergeBumps(
    await Promise.all(folders.map((folder) => bumpsIn(folder, lock))),
  );
  if (problems.length > 0) throw new UserError(problems);
  const bumped = { ...lock, repository: new Map([...lock.repository, ...bumps]) };
  const generated = folders.map(({ workflows, config, others = [] }) =>
    [emitAll(workflows, bumped, config), others].flat()
  );
  if (bumps.size === 0) io.out("Nothing to adopt: the workflows are at the commits of the lock.\n");
  else {
    await removeLeftOvers(repo, ["."]);
    const written = [{ path: LOCK_FILE, text: formatLockFile(bumped.repository) }];
    const present = text === undefined ? [] : [{ path: LOCK_FILE, text }];
    await writeFiles(repo, compareFiles(written, present));
    io.out(`${describeBumps(bumps, lock)}Wrote ${LOCK_FILE}\n`);
  }
  let code = 0;
  for (const [index, { root }] of folders.entries()) {
    const sync = { check: true, mark: GENERATED, fix };
    code = Math.max(code, await syncFiles(root, generated[index] ?? [], sync, io));
  }
  return code;
}

async function bumpsIn({ root, workflows, config }: WorkflowFolder, lock: Lock): Promise<Bumps> {
  const present = await readPresent(root, workflows.map(({ file }) => file), GENERATED);
  const files = present.filter(({ path, text }) =>
    /\.ya?ml$/.test(path) && text.split("\n", 1)[0]?.includes(GENERATED)
  );
  return findBumps(files, usedActions(workflows, lock), config);
}

function describeBumps(bumps: Pins, lock: Lock): string {
  return [...bumps].sort(([a], [b]) => a < b ? -1 : 1).map(([name, pin]) => {
    const before = findPin(lock, name)?.version ?? "nothing";
    return `${name}: ${before} -> ${describePin(pin)}\n`;
  }).join("");
}
