/** The word in whose place a command's permissions stand. */
const PERMISSIONS = "PERMISSIONS";

/** Flags of Deno that grant something, or that let run what the lock file does not hold. */
const GRANT =
  /^(?:-[AEINPRSW]|--(?:allow-|permission-set\b|no-lock$|frozen(?:-lockfile)?=(?!true$)|unsafely-))/;

/**
 * Says what is wrong with the words that start hubwright in a workflow. Where they start Deno, it
 * has to keep to the lock file, and to the permissions that each command needs. A program of
 * another kind, a wrapper or a task, is left to whoever wrote it.
 *
 * @param words The words.
 * @returns What was wanted and what was found; `undefined` where nothing is wrong.
 * @example
 * ```ts
 * import { runtimeProblem } from "./runtime.ts";
 *
 * console.assert(runtimeProblem(["deno", "run", "--frozen", "PERMISSIONS", "a.ts"]) === undefined);
 * console.assert(runtimeProblem(["deno", "run", "-A", "a.ts"])?.includes("PERMISSIONS"));
 * ```
 */
export function runtimeProblem(words: readonly string[]): string | undefined {
  const deno = words.findIndex((word) => /(?:^|[/\\])deno(?:@.*)?$/.test(word));
  const startsDeno = words.includes(PERMISSIONS) || deno >= 0 && words[deno + 1] === "run";
  if (!startsDeno) return undefined;
  if (!words.includes(PERMISSIONS)) {
    return `expected ${PERMISSIONS} among the flags of "deno run": it stands for the few things ` +
      "that each command needs";
  }
  const grant = words.find((word) => GRANT.test(word));
  if (grant !== undefined) {
    return `expected no permission and no lock file but what ${PERMISSIONS} and --frozen stand ` +
      `for, found ${JSON.stringify(grant)}`;
  }
  return words.some((word) => /^--frozen(?:-lockfile)?(?:=true)?$/.test(word))
    ? undefined
    : `expected --frozen before ${PERMISSIONS}, so that nothing runs that deno.lock does not hold`;
}
