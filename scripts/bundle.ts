/** Bundles a module, with the variants of packages that do not import Node's API: it loads slowly. */
export async function bundle(entry: string, ...flags: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--platform=browser", ...flags, entry],
    stdout: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}
