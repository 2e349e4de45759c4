import { checkOut } from "./checkout.ts";
import type { DeployCommands } from "./deploy_command.ts";
import { Interception } from "./interception.ts";
import type { Origin } from "./origin.ts";
import type { Checkout, Fates, Machine, Machines, ScriptRequest, ScriptResult } from "./machine.ts";
import type { InProcess } from "./in_process.ts";
import type { RuntimeLink } from "./runtime_link.ts";

/** What a machine inherits of the user's environment: how to reach the network and Deno's cache. */
const INHERITED = [
  ...["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"],
  ...["NPM_CONFIG_REGISTRY", "DENO_CERT", "DENO_TLS_CA_STORE", "SSL_CERT_FILE", "LANG"],
];

/** What machines are made from. */
export interface MachineSettings {
  /** A folder for all of them. */
  readonly root: string;
  /** What is checked out. */
  readonly origin: Origin;
  /** The commands that are intercepted. */
  readonly commands: DeployCommands;
  /** hubwright itself, where the repository does not hold it. */
  readonly links: readonly RuntimeLink[];
  /** Runs hubwright's own commands in this process; without it, a shell does. */
  readonly inProcess?: InProcess | undefined;
}

/**
 * Machines whose scripts run for real: each in folders of its own, with its own home, and deployment
 * commands that only write down what they were called with.
 */
export function realMachines(settings: MachineSettings): Machines {
  let count = 0;
  return {
    start: (payload) => RealMachine.start(`${settings.root}/machine-${count++}`, settings, payload),
  };
}

class RealMachine implements Machine {
  readonly workspace: string;
  readonly temp: string;
  readonly denoFolder: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly #root: string;
  readonly #files: string;
  readonly #settings: MachineSettings;
  readonly #interception: Interception;

  private constructor(root: string, settings: MachineSettings, interception: Interception) {
    const [, name = "repository"] = /([^/]+)\/?$/.exec(settings.origin.repo) ?? [];
    this.#root = root;
    this.#settings = settings;
    this.#interception = interception;
    this.workspace = `${root}/_work/${name}/${name}`;
    this.temp = `${root}/_work/_temp`;
    this.denoFolder = `${root}/tools/deno`;
    this.#files = `${this.temp}/_runner_file_commands`;
    this.variables = {
      GITHUB_OUTPUT: `${this.#files}/output`,
      GITHUB_ENV: `${this.#files}/env`,
      GITHUB_EVENT_PATH: `${this.#files}/event.json`,
      GITHUB_PATH: `${this.#files}/path`,
      GITHUB_STEP_SUMMARY: `${this.#files}/summary`,
      GITHUB_WORKSPACE: this.workspace,
      RUNNER_TEMP: this.temp,
      RUNNER_TOOL_CACHE: `${root}/tools`,
    };
  }

  static async start(
    root: string,
    settings: MachineSettings,
    payload: unknown,
  ): Promise<Machine> {
    const interception = await Interception.create(`${root}/interception`, settings.commands);
    const machine = new RealMachine(root, settings, interception);
    const folders = [
      machine.workspace,
      machine.#files,
      machine.denoFolder,
      `${root}/home`,
      `${root}/absent`,
    ];
    await Promise.all(folders.map((folder) => Deno.mkdir(folder, { recursive: true })));
    await Deno.writeTextFile(machine.variables.GITHUB_EVENT_PATH ?? "", JSON.stringify(payload));
    await Deno.symlink(Deno.execPath(), `${machine.denoFolder}/deno`);
    // A runner of GitHub's has no Deno: what the user's machine has must not hide that.
    await Deno.writeTextFile(
      `${root}/absent/deno`,
      "echo 'deno: command not found' >&2\nexit 127\n",
    );
    await Deno.chmod(`${root}/absent/deno`, 0o755);
    return machine;
  }

  checkOut(what: Checkout): Promise<void> {
    const { origin, links } = this.#settings;
    return checkOut(origin, this.workspace, what, links);
  }

  async readText(path: string): Promise<string | undefined> {
    try {
      return await Deno.readTextFile(path);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  }

  async run(request: ScriptRequest, fates: Fates): Promise<ScriptResult> {
    if (!await isFolder(request.cwd)) {
      const log = `No such file or directory: ${request.cwd}\n`;
      return { code: 1, log, outputs: "", env: "", path: "", summary: "", calls: [] };
    }
    const names = ["output", "env", "path", "summary"];
    const file = `${this.temp}/script.sh`;
    await Promise.all([
      ...names.map((name) => Deno.writeTextFile(`${this.#files}/${name}`, "")),
      Deno.writeTextFile(file, `${request.script}\n`),
      this.#interception.prepare(fates),
    ]);
    const environment = this.#environment(request);
    const { code, log } = await this.#settings.inProcess?.run(request, environment) ??
      await startShell(request, file, environment);
    const [outputs = "", env = "", path = "", summary = ""] = await Promise.all(
      names.map((name) => Deno.readTextFile(`${this.#files}/${name}`)),
    );
    const calls = await this.#interception.calls(fates);
    return { code, log, outputs, env, path, summary, calls };
  }

  /** The whole environment of a script. */
  #environment({ env, path }: Pick<ScriptRequest, "env" | "path">): Record<string, string> {
    const home = Deno.env.get("HOME") ?? "";
    const cache = Deno.env.get("XDG_CACHE_HOME") ??
      (Deno.build.os === "darwin" ? `${home}/Library/Caches` : `${home}/.cache`);
    const inherited = INHERITED.flatMap((name) => {
      const value = Deno.env.get(name);
      return value === undefined ? [] : [[name, value] as const];
    });
    const folders = [this.#interception.folder, ...path, `${this.#root}/absent`];
    return {
      ...Object.fromEntries(inherited),
      ...env,
      BASH_ENV: this.#interception.bashEnv,
      DENO_DIR: Deno.env.get("DENO_DIR") ?? `${cache}/deno`,
      DENO_NO_UPDATE_CHECK: "1",
      HOME: `${this.#root}/home`,
      PATH: [...folders, Deno.env.get("PATH") ?? ""].join(":"),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.#root, { recursive: true });
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await Deno.stat(path).catch(() => undefined))?.isDirectory === true;
}

async function startShell(
  { shell, cwd }: ScriptRequest,
  file: string,
  env: Record<string, string>,
): Promise<{ readonly code: number; readonly log: string }> {
  const { code, stdout, stderr } = await new Deno.Command(shell.program, {
    args: [...shell.args, file],
    cwd,
    clearEnv: true,
    env,
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { code, log: decoder.decode(stdout) + decoder.decode(stderr) };
}
