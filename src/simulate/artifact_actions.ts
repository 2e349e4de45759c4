import { readFiles, writeFiles } from "./artifacts.ts";
import { type Acted, failed, type Leg, succeeded } from "./leg.ts";
import { allows } from "./permissions.ts";
import type { Texts } from "./record.ts";
import { unmodelled } from "./unmodelled.ts";

/**
 * `actions/upload-artifact` of one file or folder.
 *
 * @see {@link https://github.com/actions/upload-artifact}
 */
export async function uploadArtifact({ machine, run }: Leg, inputs: Texts): Promise<Acted> {
  const { name = "artifact", path = "", overwrite } = inputs;
  if (/[*?[\]!\n]/.test(path)) throw unmodelled(`the path ${JSON.stringify(path)} of an artifact`);
  const files = await readFiles(inWorkspace(machine.workspace, path));
  if (files.size === 0) {
    const end = inputs["if-no-files-found"] === "error" ? failed : succeeded;
    return end(`No files were found with the provided path: ${path}\n`);
  }
  return run.world.artifacts.upload(run.id, name, files, overwrite === "true")
    ? succeeded(`simulated: uploads ${files.size} files as "${name}"\n`)
    : failed(`An artifact with the name "${name}" already exists\n`);
}

/**
 * `actions/download-artifact` of one artifact by its name, of this run or another.
 *
 * @see {@link https://github.com/actions/download-artifact}
 */
export async function downloadArtifact(leg: Leg, inputs: Texts): Promise<Acted> {
  const { machine, run, permissions } = leg;
  const { name, path = "", "run-id": from, "github-token": token } = inputs;
  if (name === undefined) throw unmodelled("downloading all artifacts");
  if (from !== undefined && !token) {
    return failed("A token is needed for the artifacts of another run\n");
  }
  if (from !== undefined && token === leg.token && !allows(permissions, "read", "actions")) {
    return failed("Resource not accessible by integration\n");
  }
  const artifact = run.world.artifacts.download(Number(from ?? run.id), name);
  if (artifact === undefined) return failed(`Unable to download artifact: "${name}" not found\n`);
  await writeFiles(artifact, inWorkspace(machine.workspace, path));
  return succeeded(`simulated: downloads ${artifact.size} files of "${name}"\n`);
}

function inWorkspace(workspace: string, path: string): string {
  return path.startsWith("/") ? path : `${workspace}/${path}`;
}
