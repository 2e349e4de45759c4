import { shellQuote } from "../text/shell_quote.ts";
import type { Checkouts, RuntimeLink, Tree } from "./checkouts.ts";
import type { DeployCommands, Fates } from "./deploy_command.ts";
import { ifThere } from "./if_there.ts";
import { type Call, fatesText, interceptionFiles, recordedCalls } from "./interception.ts";
import type { Texts } from "./record.ts";

/** What a machine inherits of the user's environment: how to reach the network and Deno's cache. */
const INHERITED = [
  ...["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"],
  ...["NPM_CONFIG_REGISTRY", "DENO_CERT", "DENO_TLS_CA_STORE", "SSL_CERT_FILE", "LANG", "DENO_DIR"],
];

/** A runner of GitHub's has no Deno: what the user's machine has must not hide that. */
const NO_DENO = "echo 'deno: command not found' >&2\nexit 127\n";

export interface MachineSettings {
  readonly root: string;
  /** The name of the repository's folder. */
  readonly name: string;
  readonly checkouts: Checkouts;
  readonly lend: boolean;
  /** hubwright itself, where the repository does not hold it. */
  readonly links: readonly RuntimeLink[];
  readonly commands: DeployCommands;
}

export interface ScriptRequest {
  /** A shell and its arguments before the script's file. */
  readonly shell: { readonly program: string; readonly args: readonly string[] };
  readonly script: string;
  readonly cwd: string;
  /** The step's environment, without what belongs to the machine. */
  readonly env: Texts;
  /** The folders that earlier steps added to `PATH`, the newest first. */
  readonly path: readonly string[];
}

export type Machine = Awaited<ReturnType<typeof startMachine>>;
export interface Machines {
  start(payload: unknown): Promise<Machine>;
}
export type ScriptResult = Awaited<ReturnType<Machine["run"]>>;

/**
 * Machines whose scripts run for real: each in folders of its own, with its own home, and deployment
 * commands that only write down what they were called with.
 */
export function realMachines(settings: MachineSettings): Machines {
  let count = 0;
  return {
    start: (payload) => startMachine(`${settings.root}/machine-${count++}`, settings, payload),
  };
}

async function startMachine(
  root: string,
  { name, checkouts, lend, links, commands }: MachineSettings,
  payload: unknown,
) {
  const [workspace, temp] = [`${root}/_work/${name}/${name}`, `${root}/_work/_temp`];
  const [runner, home, tools] = [`${temp}/_runner`, `${root}/home`, `${root}/tools`];
  const [denoFolder, noDenoFolder] = [`${tools}/deno`, `${root}/absent`];
  const interception = `${root}/interception`;
  const folders = [workspace, runner, denoFolder, home, noDenoFolder, `${interception}/bin`];
  await Promise.all(folders.map((folder) => Deno.mkdir(folder, { recursive: true })));
  await Promise.all([
    Deno.writeTextFile(`${runner}/event.json`, JSON.stringify(payload)),
    Deno.symlink(Deno.execPath(), `${denoFolder}/deno`),
    Deno.writeTextFile(`${noDenoFolder}/deno`, NO_DENO, { mode: 0o755 }),
    // A login shell makes a `PATH` of its own.
    Deno.writeTextFile(`${home}/.profile`, `PATH=${shellQuote(`${interception}/bin`)}:$PATH\n`),
    ...Object.entries(interceptionFiles(interception, commands)).map(([path, text]) =>
      Deno.writeTextFile(`${interception}/${path}`, text, { mode: 0o755 })
    ),
  ]);
  const files = ["output", "env", "path", "summary"].map((file) => `${runner}/${file}`);
  const [output = "", env = "", path = "", summary = ""] = files;
  const variables: Texts = {
    GITHUB_OUTPUT: output,
    GITHUB_ENV: env,
    GITHUB_PATH: path,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_EVENT_PATH: `${runner}/event.json`,
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temp,
    RUNNER_TOOL_CACHE: tools,
  };
  let tree: Tree | undefined;
  const giveBack = async () => {
    if (tree !== undefined) await checkouts.giveBack(workspace, tree);
    tree = undefined;
  };
  return {
    /** The folder for the repository, empty until it is checked out. */
    workspace,
    temp,
    denoFolder,
    variables,
    readText: (path: string) => ifThere(Deno.readTextFile(path)),
    async checkOut(what: { readonly ref: string; readonly depth: number }): Promise<void> {
      await giveBack();
      tree = await checkouts.take(workspace, { ...what, lend });
      await Promise.all(links.map((link) => link(workspace)));
    },
    /** Runs a script: what it printed, what it wrote to the runner's files, and its deployments. */
    async run({ shell, script, cwd, env, path }: ScriptRequest, fates: Fates) {
      const nothing = { outputs: "", env: "", path: "", summary: "", calls: [] as readonly Call[] };
      if (!(await Deno.stat(cwd).catch(() => undefined))?.isDirectory) {
        return { ...nothing, code: 1, log: `No such file or directory: ${cwd}\n` };
      }
      await Promise.all([
        ...files.map((file) => Deno.writeTextFile(file, "")),
        Deno.writeTextFile(`${temp}/script.sh`, `${script}\n`),
        Deno.writeTextFile(`${interception}/calls`, ""),
        Deno.writeTextFile(`${interception}/fates`, fatesText(fates)),
      ]);
      const { code, stdout, stderr } = await new Deno.Command(shell.program, {
        args: [...shell.args, `${temp}/script.sh`],
        cwd,
        clearEnv: true,
        env: {
          ...inherited(),
          ...env,
          BASH_ENV: `${interception}/functions.sh`,
          DENO_NO_UPDATE_CHECK: "1",
          HOME: home,
          PATH: [`${interception}/bin`, ...path, noDenoFolder, Deno.env.get("PATH") ?? ""].join(
            ":",
          ),
        },
        stdin: "null",
      }).output();
      const log = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
      const calls = recordedCalls(await Deno.readTextFile(`${interception}/calls`), fates);
      const texts = await Promise.all(files.map((file) => Deno.readTextFile(file)));
      const [outputs = "", variables = "", folders = "", summary = ""] = texts;
      return { code, log, outputs, env: variables, path: folders, summary, calls };
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await giveBack();
      await Deno.remove(root, { recursive: true });
    },
  };
}

function inherited(): Texts {
  const home = Deno.env.get("HOME") ?? "";
  const cache = Deno.env.get("XDG_CACHE_HOME") ??
    (Deno.build.os === "darwin" ? `${home}/Library/Caches` : `${home}/.cache`);
  const found = INHERITED.map((name) => [name, Deno.env.get(name)] as const)
    .filter(([, value]) => value !== undefined);
  return { DENO_DIR: `${cache}/deno`, ...Object.fromEntries(found) };
}
