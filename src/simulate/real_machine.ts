import { shellQuote } from "../text/shell_quote.ts";
import type { Checkouts, Tree } from "./checkouts.ts";
import type { DeployCommands } from "./deploy_command.ts";
import { Interception } from "./interception.ts";
import type { Checkout, Fates, Machine, Machines, ScriptRequest, ScriptResult } from "./machine.ts";
import { readIfThere } from "./read_if_there.ts";
import type { RuntimeLink } from "./runtime_link.ts";
import type { Texts } from "./record.ts";

/** What a machine inherits of the user's environment: how to reach the network and Deno's cache. */
const INHERITED = [
  ...["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"],
  ...["NPM_CONFIG_REGISTRY", "DENO_CERT", "DENO_TLS_CA_STORE", "SSL_CERT_FILE", "LANG"],
];

/** A runner of GitHub's has no Deno: what the user's machine has must not hide that. */
const NO_DENO = "echo 'deno: command not found' >&2\nexit 127\n";

/** The files of the runner that a script writes, by the variables that name them. */
const FILES = {
  outputs: "GITHUB_OUTPUT",
  env: "GITHUB_ENV",
  path: "GITHUB_PATH",
  summary: "GITHUB_STEP_SUMMARY",
} as const;

export interface MachineSettings {
  readonly root: string;
  /** The name of the repository's folder. */
  readonly name: string;
  readonly checkouts: Checkouts;
  /** hubwright itself, where the repository does not hold it. */
  readonly links: readonly RuntimeLink[];
  readonly commands: DeployCommands;
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
  readonly variables: Texts;
  readonly #root: string;
  readonly #settings: MachineSettings;
  readonly #interception: Interception;
  #tree: Tree | undefined;

  private constructor(root: string, settings: MachineSettings, interception: Interception) {
    this.#root = root;
    this.#settings = settings;
    this.#interception = interception;
    this.workspace = `${root}/_work/${settings.name}/${settings.name}`;
    this.temp = `${root}/_work/_temp`;
    this.denoFolder = `${root}/tools/deno`;
    const files = Object.values(FILES).map((name) => [name, `${this.temp}/_runner/${name}`]);
    this.variables = {
      ...Object.fromEntries(files),
      GITHUB_EVENT_PATH: `${this.temp}/_runner/event.json`,
      GITHUB_WORKSPACE: this.workspace,
      RUNNER_TEMP: this.temp,
      RUNNER_TOOL_CACHE: `${root}/tools`,
    };
  }

  static async start(root: string, settings: MachineSettings, payload: unknown): Promise<Machine> {
    const interception = await Interception.create(`${root}/interception`, settings.commands);
    const machine = new RealMachine(root, settings, interception);
    const { workspace, temp, denoFolder } = machine;
    const folders = [workspace, `${temp}/_runner`, denoFolder, `${root}/home`, `${root}/absent`];
    await Promise.all(folders.map((folder) => Deno.mkdir(folder, { recursive: true })));
    await Promise.all([
      Deno.writeTextFile(`${temp}/_runner/event.json`, JSON.stringify(payload)),
      Deno.symlink(Deno.execPath(), `${denoFolder}/deno`),
      Deno.writeTextFile(`${root}/absent/deno`, NO_DENO, { mode: 0o755 }),
      // A login shell makes a `PATH` of its own.
      Deno.writeTextFile(
        `${root}/home/.profile`,
        `PATH=${shellQuote(interception.folder)}:$PATH\n`,
      ),
    ]);
    return machine;
  }

  async checkOut(what: Checkout): Promise<void> {
    await this.#giveBack();
    const { checkouts, links } = this.#settings;
    this.#tree = await checkouts.take(this.workspace, what);
    await Promise.all(links.map((link) => link(this.workspace)));
  }

  async #giveBack(): Promise<void> {
    if (this.#tree === undefined) return;
    await this.#settings.checkouts.giveBack(this.workspace, this.#tree);
    this.#tree = undefined;
  }

  readText(path: string): Promise<string | undefined> {
    return readIfThere(path);
  }

  async run(request: ScriptRequest, fates: Fates): Promise<ScriptResult> {
    if (!(await Deno.stat(request.cwd).catch(() => undefined))?.isDirectory) {
      const log = `No such file or directory: ${request.cwd}\n`;
      return { code: 1, log, outputs: "", env: "", path: "", summary: "", calls: [] };
    }
    const fileOf = (name: keyof typeof FILES) => this.variables[FILES[name]] ?? "";
    const script = `${this.temp}/script.sh`;
    await Promise.all([
      ...(["outputs", "env", "path", "summary"] as const)
        .map((name) => Deno.writeTextFile(fileOf(name), "")),
      Deno.writeTextFile(script, `${request.script}\n`),
      this.#interception.prepare(fates),
    ]);
    const { code, stdout, stderr } = await new Deno.Command(request.shell.program, {
      args: [...request.shell.args, script],
      cwd: request.cwd,
      clearEnv: true,
      env: this.#environment(request),
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    return {
      code,
      log: decoder.decode(stdout) + decoder.decode(stderr),
      outputs: await Deno.readTextFile(fileOf("outputs")),
      env: await Deno.readTextFile(fileOf("env")),
      path: await Deno.readTextFile(fileOf("path")),
      summary: await Deno.readTextFile(fileOf("summary")),
      calls: await this.#interception.calls(fates),
    };
  }

  #environment({ env, path }: ScriptRequest): Record<string, string> {
    const home = Deno.env.get("HOME") ?? "";
    const cache = Deno.env.get("XDG_CACHE_HOME") ??
      (Deno.build.os === "darwin" ? `${home}/Library/Caches` : `${home}/.cache`);
    const inherited = INHERITED.map((name) => [name, Deno.env.get(name)] as const)
      .filter(([, value]) => value !== undefined);
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
    await this.#giveBack();
    await Deno.remove(this.#root, { recursive: true });
  }
}
