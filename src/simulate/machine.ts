import type { Fate } from "./fault.ts";
import type { Texts } from "./record.ts";
import type { Shell } from "./shell.ts";

export interface ScriptRequest {
  readonly shell: Shell;
  readonly script: string;
  readonly cwd: string;
  /** The step's environment, without what belongs to the machine. */
  readonly env: Texts;
  /** The folders that earlier steps added to `PATH`, the newest first. */
  readonly path: readonly string[];
}

/** A call of a deployment command. */
export interface Call {
  readonly argv: readonly string[];
  /** What went wrong with it; `undefined` where nothing did. */
  readonly fate: Fate | undefined;
}

/** What a script did, and what it wrote to the files of the runner. */
export interface ScriptResult {
  readonly code: number;
  /** The standard output, then the standard error. */
  readonly log: string;
  readonly outputs: string;
  readonly env: string;
  readonly path: string;
  readonly summary: string;
  readonly calls: readonly Call[];
}

/** What goes wrong with which deployment commands. */
export interface Fates {
  /** The calls that go wrong; a word may have parts that are not known. */
  readonly calls: readonly { readonly words: readonly string[]; readonly fate: Fate }[];
  readonly of: (argv: readonly string[]) => Fate | undefined;
}

export interface Checkout {
  readonly ref: string;
  /** How many commits; 0 for all, of all branches. */
  readonly depth: number;
}

/** A fresh machine on which one leg of a job runs. */
export interface Machine extends AsyncDisposable {
  /** The folder for the repository, empty until it is checked out. */
  readonly workspace: string;
  readonly temp: string;
  /** A folder that holds Deno alone. */
  readonly denoFolder: string;
  /** The variables through which a step finds the runner's files. */
  readonly variables: Texts;
  checkOut(what: Checkout): Promise<void>;
  /** Reads a file; `undefined` where there is none. */
  readText(path: string): Promise<string | undefined>;
  run(request: ScriptRequest, fates: Fates): Promise<ScriptResult>;
}

export interface Machines {
  /** Starts a fresh machine, with the payload of the event that started the run. */
  start(payload: unknown): Promise<Machine>;
}
