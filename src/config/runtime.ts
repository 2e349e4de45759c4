/** The word in whose place a command's permissions stand. */
const PERMISSIONS = "PERMISSIONS";

/** Flags of Deno that grant something, or that let run what the lock file does not hold. */
const GRANT =
  /^(?:-[AEINPRSW]|--(?:allow-|permission-set\b|no-lock$|frozen(?:-lockfile)?=(?!true$)|unsafely-))/;

/**
 * Says what is wrong with the words that start hubwright in a workflow. Where they hold the word for
 * the permissions that each command needs, they must not undo it, and must keep to the lock file.
 */
export function runtimeProblem(words: readonly string[]): string | undefined {
  if (!words.includes(PERMISSIONS)) return undefined;
  const grant = words.find((word) => GRANT.test(word));
  if (grant !== undefined) {
    return `expected no permission and no lock file but what ${PERMISSIONS} and --frozen stand ` +
      `for, found ${JSON.stringify(grant)}`;
  }
  return words.some((word) => /^--frozen(?:-lockfile)?(?:=true)?$/.test(word))
    ? undefined
    : `expected --frozen before ${PERMISSIONS}, so that nothing runs that deno.lock does not hold`;
}

/**
 * Whether words start Deno with permissions of their own, in place of those that each command needs.
 * A program of another kind, a wrapper or a task, is left to whoever wrote it.
 */
export function hasOwnPermissions(words: readonly string[]): boolean {
  const deno = words.findIndex((word) => /(?:^|[/\\])deno(?:@.*)?$/.test(word));
  return deno >= 0 && words[deno + 1] === "run" && !words.includes(PERMISSIONS);
}
