import { findPin } from "../workflow/lock.ts";
import type { PinnedAction } from "../workflow/own_lock.ts";
import { ifThere } from "./if_there.ts";
import { type Acted, failed, type Leg, succeeded } from "./leg.ts";
import type { Texts } from "./record.ts";
import { allows, unmodelled } from "./workflow_file.ts";
import type { Artifact } from "./world.ts";

interface Modelled {
  readonly inputs: readonly string[];
  readonly act: (leg: Leg, inputs: Texts) => Promise<Acted> | Acted;
}

/** The actions of the generated workflows, each at the commit of the lock. */
const ACTIONS: Readonly<Record<PinnedAction, Modelled>> = {
  "actions/checkout": {
    inputs: ["persist-credentials", "fetch-depth", "ref", "submodules", "lfs"],
    act: checkOut,
  },
  "actions/upload-artifact": {
    inputs: ["name", "path", "if-no-files-found", "overwrite"],
    act: uploadArtifact,
  },
  "actions/download-artifact": {
    inputs: ["name", "path", "run-id", "github-token"],
    act: downloadArtifact,
  },
  "denoland/setup-deno": { inputs: ["deno-version"], act: setUpDeno },
  "slackapi/slack-github-action": {
    inputs: ["webhook", "webhook-type", "payload"],
    act: (_leg, { payload = "" }) => succeeded(`simulated: tells Slack ${payload}\n`),
  },
  "actions/setup-python": installs("Python", "python-version", "cache"),
  "azure/setup-helm": installs("helm", "version"),
  "azure/setup-kubectl": installs("kubectl", "version"),
  "google-github-actions/setup-gcloud": installs(
    "gcloud",
    ...["version", "project_id", "install_components"],
  ),
  "google-github-actions/auth": signsIn(
    "Google Cloud",
    "workload_identity_provider",
    ...["service_account", "project_id", "credentials_json"],
  ),
  "aws-actions/configure-aws-credentials": signsIn(
    "AWS",
    "role-to-assume",
    ...["aws-region", "aws-access-key-id", "aws-secret-access-key", "role-session-name"],
  ),
  "azure/login": signsIn("Azure", "client-id", "tenant-id", "subscription-id", "creds"),
};

/** What the machines of a simulation need no copy of: the deployer's commands are not run there. */
function installs(what: string, ...inputs: readonly string[]): Modelled {
  return { inputs, act: () => succeeded(`simulated: installs ${what}\n`) };
}

/** With the input that asks for an identity, the job's token has to be allowed to. */
function signsIn(cloud: string, identity: string, ...keys: readonly string[]): Modelled {
  return {
    inputs: [identity, ...keys],
    act: ({ permissions }, inputs) =>
      inputs[identity] && !allows(permissions, "write", "id-token")
        ? failed("Unable to get ACTIONS_ID_TOKEN_REQUEST_URL: the job needs id-token: write\n")
        : succeeded(`simulated: signs in to ${cloud}\n`),
  };
}

export async function runAction(
  leg: Leg,
  file: string,
  uses: string,
  inputs: Texts,
): Promise<Acted> {
  const [name = "", version = ""] = uses.split("@");
  if (!Object.hasOwn(ACTIONS, name)) throw unmodelled(`the action "${uses}"`, file);
  if (findPin(leg.level.run.workflow.lock, name)?.commit !== version) {
    throw unmodelled(`the action "${name}" at "${version}"`, file);
  }
  const { inputs: modelled, act } = ACTIONS[name as PinnedAction];
  const other = Object.keys(inputs).find((input) => !modelled.includes(input));
  if (other !== undefined) throw unmodelled(`the input "${other}" of "${name}"`, file);
  return await act(leg, inputs);
}

/** {@link https://github.com/actions/checkout} */
async function checkOut(
  { machine, level: { run }, permissions }: Leg,
  inputs: Texts,
): Promise<Acted> {
  const { event } = run;
  if (!allows(permissions, "read", "contents")) return failed("remote: Repository not found.\n");
  const depth = Number(inputs["fetch-depth"] || "1");
  if (!Number.isInteger(depth) || depth < 0) {
    return failed(`Cannot fetch to the depth "${inputs["fetch-depth"]}"\n`);
  }
  const ref = inputs.ref || (event.name === "pull_request" ? event.ref : event.sha);
  await machine.checkOut({ ref, depth });
  const without = (["submodules", "lfs"] as const)
    .filter((input) => !["", "false"].includes(inputs[input] ?? ""))
    .map((input) => input === "lfs" ? ", without the files of Git LFS" : ", without submodules");
  return succeeded(`simulated: checks out ${ref}${without.join("")}\n`);
}

/** {@link https://github.com/denoland/setup-deno} */
function setUpDeno({ machine, path }: Leg, inputs: Texts): Acted {
  path.unshift(machine.denoFolder);
  const { deno } = Deno.version;
  const wanted = inputs["deno-version"] ?? "";
  const note = wanted === deno ? "" : ` in place of ${wanted}`;
  return succeeded(`simulated: puts Deno ${deno} on PATH${note}\n`);
}

/** {@link https://github.com/actions/upload-artifact}, of one file or folder. */
async function uploadArtifact({ machine, level: { run } }: Leg, inputs: Texts): Promise<Acted> {
  const { name = "artifact", path = "", overwrite } = inputs;
  if (/[*?[\]!\n]/.test(path)) throw unmodelled(`the path ${JSON.stringify(path)} of an artifact`);
  const files = await readFiles(inWorkspace(machine.workspace, path));
  if (files.size === 0) {
    const end = inputs["if-no-files-found"] === "error" ? failed : succeeded;
    return end(`No files were found with the provided path: ${path}\n`);
  }
  const { artifacts } = run.world;
  const key = `${run.id}/${name}`;
  if (artifacts.has(key) && overwrite !== "true") {
    return failed(`An artifact with the name "${name}" already exists\n`);
  }
  artifacts.set(key, files);
  return succeeded(`simulated: uploads ${files.size} files as "${name}"\n`);
}

/** {@link https://github.com/actions/download-artifact}, of one artifact by its name. */
async function downloadArtifact(leg: Leg, inputs: Texts): Promise<Acted> {
  const { machine, level: { run }, permissions } = leg;
  const { name, path = "", "run-id": from, "github-token": token } = inputs;
  if (name === undefined) throw unmodelled("downloading all artifacts");
  if (from !== undefined && !token) {
    return failed("A token is needed for the artifacts of another run\n");
  }
  if (from !== undefined && token === leg.token && !allows(permissions, "read", "actions")) {
    return failed("Resource not accessible by integration\n");
  }
  const artifact = run.world.artifacts.get(`${Number(from ?? run.id)}/${name}`);
  if (artifact === undefined) return failed(`Unable to download artifact: "${name}" not found\n`);
  const folder = inWorkspace(machine.workspace, path);
  await Deno.mkdir(folder, { recursive: true });
  for (const [below, bytes] of artifact) {
    const file = `${folder}/${below}`;
    await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), { recursive: true });
    await Deno.writeFile(file, bytes);
  }
  return succeeded(`simulated: downloads ${artifact.size} files of "${name}"\n`);
}

/** A path below a workspace, or an absolute one. */
export function inWorkspace(workspace: string, path: string): string {
  return path.startsWith("/") ? path : `${workspace}/${path}`;
}

/** What is at a path: a folder's files by their paths in it, hidden ones aside, or one file. */
async function readFiles(path: string): Promise<Artifact> {
  const files = new Map<string, Uint8Array>();
  const visit = async (folder: string, below: string): Promise<void> => {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      if (name.startsWith(".")) continue;
      if (isDirectory) await visit(`${folder}/${name}`, `${below}${name}/`);
      else files.set(`${below}${name}`, await Deno.readFile(`${folder}/${name}`));
    }
  };
  const info = await ifThere(Deno.stat(path));
  if (info?.isDirectory) await visit(path, "");
  else if (info !== undefined) files.set(path.split("/").at(-1) ?? "", await Deno.readFile(path));
  return files;
}
