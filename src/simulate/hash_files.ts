/**
 * What `hashFiles` gives: a hash of the files in the workspace that match, in the order of their
 * paths, or nothing where none does. A leading `!` takes files out again.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#hashfiles}
 */
export function hashFiles(workspace: string, patterns: readonly string[]): string {
  // An import of Node's API would cost every command for people a third of its start.
  const { createHash } = process.getBuiltinModule("node:crypto");
  const { globSync } = process.getBuiltinModule("node:fs");
  const { resolve } = process.getBuiltinModule("node:path");
  const files = new Set<string>();
  for (const line of patterns.flatMap((pattern) => pattern.split("\n"))) {
    const [, not, pattern = ""] = /^(!?)\s*(.*?)\/?\s*$/.exec(line.trim()) ?? [];
    if (pattern === "" || pattern.startsWith("#")) continue;
    for (const path of globSync([pattern, `${pattern}/**`], { cwd: workspace })) {
      if (not === "!") files.delete(path);
      else files.add(path);
    }
  }
  const hash = createHash("sha256");
  let found = false;
  for (const path of [...files].sort()) {
    const file = resolve(workspace, path);
    if (!file.startsWith(`${workspace}/`) || !Deno.statSync(file).isFile) continue;
    hash.update(createHash("sha256").update(Deno.readFileSync(file)).digest());
    found = true;
  }
  return found ? hash.digest("hex") : "";
}
