import { thrownText, UserError } from "../errors.ts";

/** What a config file exports, not checked yet. */
export interface ImportedConfig {
  /** The file, for messages. */
  readonly file: string;
  /** Its default export; `undefined` where the repository has no config. */
  readonly config: unknown;
  /** Its text, to find the places of mistakes; empty where it cannot be read. */
  readonly text: string;
}

/** The name of the config in the repository's root. */
const CONFIG_NAME = "hubwright.config.ts";

/**
 * Imports the config of a repository.
 *
 * @throws {UserError} Where it cannot be loaded.
 */
export async function importConfig(repo: string, given?: string): Promise<ImportedConfig> {
  const file = given ?? CONFIG_NAME;
  const path = await Deno.realPath(given ?? `${repo}/${CONFIG_NAME}`).catch((error) => {
    if (error instanceof Deno.errors.NotFound && given === undefined) return undefined;
    if (!isMissing(error)) throw error;
    throw given === undefined
      ? new UserError(`Cannot read the repository ${JSON.stringify(repo)}: expected a folder`)
      : new UserError({ file, message: "Cannot find the config: expected a file" });
  });
  if (path === undefined) return { file, config: undefined, text: "" };
  const { default: config } = await importModule(path, file);
  return { file, config, text: await Deno.readTextFile(path).catch(() => "") };
}

/** A config that is a promise is none: to answer with it alone would be to wait for it. */
async function importModule(path: string, file: string): Promise<{ readonly default: unknown }> {
  const { href: url } = fileUrl(path);
  let module: { readonly default?: unknown };
  try {
    module = await import(url);
  } catch (error) {
    throw new UserError({
      file,
      ...placeIn(error, path),
      message: `Cannot load it: ${say(error)}`,
    });
  }
  if (module.default !== undefined) return { default: module.default };
  throw new UserError({
    file,
    message: 'Cannot use it: expected "export default defineConfig({ ... })", found no default ' +
      "export",
  });
}

/** What a URL would read into a path is encoded; it encodes the rest by itself. */
function fileUrl(path: string): URL {
  const url = new URL("file:///");
  url.pathname = path.replaceAll("%", "%25").replaceAll("\\", "%5C");
  return url;
}

function say(error: unknown): string {
  return thrownText(error).split("\n")[0] ?? "";
}

function isMissing(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
}

/** Where in the config an error arose, as its stack or its message tells. */
function placeIn(error: unknown, path: string): { line?: number; column?: number } {
  const text = `${thrownText(error)}\n${stackOf(error)}`;
  // A stack names the file by its URL, or where it was mapped to the source by its path.
  for (const name of [fileUrl(path).href, `file://${path}`]) {
    const [, place] = text.split(`${name}:`);
    const match = /^(\d+):(\d+)/.exec(place ?? "");
    if (match !== null) return { line: Number(match[1]), column: Number(match[2]) };
  }
  return {};
}

function stackOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.stack ?? "" : "");
  } catch {
    return "";
  }
}
