import { unmodelled } from "./unmodelled.ts";

/** How a script is started. */
export interface Shell {
  readonly program: string;
  /** The arguments before the script's file. */
  readonly args: readonly string[];
}

/** The shells of a Linux runner that are modelled, with the flags that GitHub gives them. */
const SHELLS: Readonly<Record<string, string>> = {
  bash: "bash --noprofile --norc -e -o pipefail {0}",
  sh: "sh -e {0}",
};

/**
 * How GitHub starts a script. A step that names no shell gets bash without `pipefail`.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell}
 */
export function shellOf(name = "bash -e {0}", file: string): Shell {
  const text = Object.hasOwn(SHELLS, name) ? SHELLS[name] ?? "" : name;
  const [program = "", ...args] = text.trim().split(/\s+/);
  if (!Object.hasOwn(SHELLS, program) || args.pop() !== "{0}") {
    throw unmodelled(`the shell "${name}"`, file);
  }
  return { program, args };
}
