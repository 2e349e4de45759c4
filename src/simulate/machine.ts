import type { Fate } from "./fault.ts";
import type { Shell } from "./shell.ts";

/** A script to run. */
export interface ScriptRequest {
  /** How it is started. */
  readonly shell: Shell;
  /** The script's text. */
  readonly script: string;
  /** The folder in which it runs. */
  readonly cwd: string;
  /** The step's environment, without what belongs to the machine. */
  readonly env: Readonly<Record<string, string>>;
  /** The folders that steps before added to `PATH`, the newest first. */
  readonly path: readonly string[];
}

/** A call of a deployment command. */
export interface Call {
  /** The program and its arguments. */
  readonly argv: readonly string[];
  /** What befell it; `undefined` where it went well. */
  readonly fate: Fate | undefined;
}

/** What a script did. */
export interface ScriptResult {
  /** Its exit code. */
  readonly code: number;
  /** What it printed, the standard output and then the standard error. */
  readonly log: string;
  /** What it wrote to the file at `GITHUB_OUTPUT`. */
  readonly outputs: string;
  /** What it wrote to the file at `GITHUB_ENV`. */
  readonly env: string;
  /** What it wrote to the file at `GITHUB_PATH`. */
  readonly path: string;
  /** What it wrote to the file at `GITHUB_STEP_SUMMARY`. */
  readonly summary: string;
  /** The deployment commands that it called. */
  readonly calls: readonly Call[];
}

/** What befalls deployment commands. */
export interface Fates {
  /** The calls that something befalls. */
  readonly calls: readonly (readonly string[])[];
  /** What befalls a call; `undefined` where it goes well. */
  readonly of: (argv: readonly string[]) => Fate | undefined;
}

/** What is to be checked out. */
export interface Checkout {
  /** The ref or the commit. */
  readonly ref: string;
  /** How many commits; 0 for all, of all branches. */
  readonly depth: number;
}

/** A fresh machine on which one leg of a job runs. */
export interface Machine extends AsyncDisposable {
  /** The folder for the repository, empty until it is checked out. */
  readonly workspace: string;
  /** The folder for temporary files. */
  readonly temp: string;
  /** A folder that holds Deno alone. */
  readonly denoFolder: string;
  /** The variables through which a step finds the runner's files. */
  readonly variables: Readonly<Record<string, string>>;
  /** Checks the repository out. */
  checkOut(what: Checkout): Promise<void>;
  /** Reads a file; `undefined` where there is none. */
  readText(path: string): Promise<string | undefined>;
  /** Runs a script. */
  run(request: ScriptRequest, fates: Fates): Promise<ScriptResult>;
}

/** Starts machines. */
export interface Machines {
  /** Starts a fresh machine, with the payload of the event that started the run. */
  start(payload: unknown): Promise<Machine>;
}
