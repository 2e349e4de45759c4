/** The word of `runtime` in whose place the permissions of each command are written. */
export const PERMISSIONS = "PERMISSIONS";

/** Without it, Deno lets a config load code from {@link https://docs.deno.com/runtime/fundamentals/security/#importing-from-the-web seven hosts}. */
export const NO_REMOTE = "--no-remote";

/** Flags of Deno that grant something, or that let run what the lock file does not hold. */
const GRANT =
  /^(?:-[AEINPRSW]|--(?:allow-|permission-set\b|frozen(?:-lockfile)?=(?!true$)|unsafely-))/;

const FROZEN = /^--frozen(?:-lockfile)?(?:=true)?$/;

/**
 * Says what is wrong with the words that start hubwright in a workflow. Where they hold the word for
 * the permissions that each command needs, they must not grant more, and nothing may run that
 * neither the repository nor its lock file holds.
 */
export function runtimeProblem(words: readonly string[]): string | undefined {
  if (!words.includes(PERMISSIONS)) return undefined;
  const grant = words.find((word) =>
    GRANT.test(word) || (word === "--no-lock" && !words.includes("--no-npm"))
  );
  if (grant !== undefined) {
    return `expected ${PERMISSIONS} to say all that is allowed, found ${JSON.stringify(grant)}`;
  }
  if (words.some((word) => word === "--no-npm" || FROZEN.test(word))) return undefined;
  return `expected --no-npm, or --frozen, before ${PERMISSIONS}, so that nothing runs that the ` +
    "repository does not hold";
}

/**
 * Whether words start Deno with permissions of their own, in place of those that each command needs.
 * A program of another kind, a wrapper or a task, is left to whoever wrote it.
 */
export function hasOwnPermissions(words: readonly string[]): boolean {
  const deno = words.findIndex((word) => /(?:^|[/\\])deno(?:@.*)?$/.test(word));
  return deno >= 0 && words[deno + 1] === "run" && !words.includes(PERMISSIONS);
}
