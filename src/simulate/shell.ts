import { unmodelled } from "./unmodelled.ts";

/** How a script is started: the program, and its arguments before the script's file. */
export interface Shell {
  readonly program: string;
  /** The arguments before the script's file. */
  readonly args: readonly string[];
}

/** The shells of a Linux runner that are modelled, with the flags that GitHub gives them. */
const SHELLS: Readonly<Record<string, Shell>> = {
  bash: { program: "bash", args: ["--noprofile", "--norc", "-e", "-o", "pipefail"] },
  sh: { program: "sh", args: ["-e"] },
};

/**
 * How GitHub starts a script. A step that names no shell gets bash without `pipefail`.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell}
 * @throws {UserError} Where it is a shell that is not modelled.
 */
export function shellOf(name: string | undefined, file: string): Shell {
  if (name === undefined) return { program: "bash", args: ["-e"] };
  const shell = Object.hasOwn(SHELLS, name) ? SHELLS[name] : undefined;
  if (shell === undefined) throw unmodelled(`the shell "${name}"`, file);
  return shell;
}
