import type { Inputs } from "./action.ts";
import { readFiles, writeFiles } from "./artifacts.ts";
import type { Acted, Leg } from "./leg.ts";
import { unmodelled } from "./unmodelled.ts";

/**
 * `actions/upload-artifact` of one file or folder.
 *
 * @see {@link https://github.com/actions/upload-artifact}
 */
export async function uploadArtifact({ machine, run }: Leg, inputs: Inputs): Promise<Acted> {
  const { name = "artifact", path = "", overwrite } = inputs;
  if (/[*?[\]!\n]/.test(path)) throw unmodelled(`the path ${JSON.stringify(path)} of an artifact`);
  const files = await readFiles(inWorkspace(machine.workspace, path));
  if (files.size === 0) {
    const log = `No files were found with the provided path: ${path}\n`;
    return { outcome: inputs["if-no-files-found"] === "error" ? "failure" : "success", log };
  }
  if (run.world.artifacts.upload(run.id, name, files, overwrite === "true")) {
    return { outcome: "success", log: `simulated: uploads ${files.size} files as "${name}"\n` };
  }
  return { outcome: "failure", log: `An artifact with the name "${name}" already exists\n` };
}

/**
 * `actions/download-artifact` of one artifact by its name, of this run or another.
 *
 * @see {@link https://github.com/actions/download-artifact}
 */
export async function downloadArtifact({ machine, run }: Leg, inputs: Inputs): Promise<Acted> {
  const { name, path = "" } = inputs;
  if (name === undefined) throw unmodelled("downloading all artifacts");
  const from = inputs["run-id"];
  if (from !== undefined && !inputs["github-token"]) {
    return { outcome: "failure", log: "A token is needed for the artifacts of another run\n" };
  }
  const artifact = run.world.artifacts.download(Number(from ?? run.id), name);
  if (artifact === undefined) {
    return { outcome: "failure", log: `Unable to download artifact: "${name}" not found\n` };
  }
  await writeFiles(artifact, inWorkspace(machine.workspace, path));
  return { outcome: "success", log: `simulated: downloads ${artifact.size} files of "${name}"\n` };
}

function inWorkspace(workspace: string, path: string): string {
  return path.startsWith("/") ? path : `${workspace}/${path}`;
}
