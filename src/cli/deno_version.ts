export const OLDEST_DENO = "2.3.0";

export function denoProblem(version: string): string | undefined {
  // localeCompare() loads the rules of a language first, which takes 7 ms.
  const [major = 0, minor = 0] = partsOf(version);
  const [oldestMajor = 0, oldestMinor = 0] = partsOf(OLDEST_DENO);
  return major > oldestMajor || major === oldestMajor && minor >= oldestMinor
    ? undefined
    : `Cannot run on Deno ${version}: expected ${OLDEST_DENO} or newer; run "deno upgrade"`;
}

function partsOf(version: string): readonly number[] {
  return version.split(".").map(Number);
}
