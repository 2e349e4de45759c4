import { mustRun } from "./must_run.ts";

/** Bundles a module, with the variants of packages that do not import Node's API: it loads slowly. */
export async function bundle(entry: string, ...flags: readonly string[]): Promise<void> {
  await mustRun(Deno.execPath(), ["bundle", "--quiet", "--platform=browser", ...flags, entry]);
}
