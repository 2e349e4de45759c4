/** The oldest Deno that hubwright runs on. */
export const OLDEST_DENO = "2.3.0";

/** Says that a Deno is too old, and what to do. */
export function denoProblem(version: string): string | undefined {
  return version.localeCompare(OLDEST_DENO, "en", { numeric: true }) >= 0
    ? undefined
    : `Cannot run on Deno ${version}: expected ${OLDEST_DENO} or newer; run "deno upgrade"`;
}
