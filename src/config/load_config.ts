import { UserError } from "../errors.ts";
import { parseConfig } from "./schema.ts";
import type { Settings } from "./settings.ts";

/** The name of the config in the repository's root. */
const CONFIG_NAME = "hubwright.config.ts";

/**
 * Loads the config of a repository; without one, the defaults hold.
 *
 * @param repo The repository's root.
 * @param given The config file, where the user named one; relative to the current folder.
 * @returns The settings.
 * @throws {UserError} Where the config cannot be loaded, or with everything that is wrong in it.
 */
export async function loadConfig(repo: string, given?: string): Promise<Settings> {
  const file = given ?? CONFIG_NAME;
  const path = await Deno.realPath(given ?? `${repo}/${CONFIG_NAME}`).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    if (given === undefined) return undefined;
    throw new UserError({ file, message: "Cannot find the config: expected a file" });
  });
  const config = path === undefined ? {} : await importDefault(path, file);
  const settings = parseConfig(config, file);
  if (!("defaultBranch" in settings)) throw new UserError(settings);
  return settings;
}

async function importDefault(path: string, file: string): Promise<unknown> {
  const url = `file://${encodeURI(path).replaceAll("?", "%3F").replaceAll("#", "%23")}`;
  let module: Readonly<Record<string, unknown>>;
  try {
    module = await import(url);
  } catch (error) {
    throw new UserError({ file, ...placeIn(error, url), message: `Cannot load it: ${say(error)}` });
  }
  if (module.default !== undefined) return module.default;
  throw new UserError({
    file,
    message: 'Cannot use it: expected "export default defineConfig({ ... })", found no default ' +
      "export",
  });
}

function say(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n")[0] ?? "";
}

/** Where in the config an error arose, as its stack or its message tells. */
function placeIn(error: unknown, url: string): { line?: number; column?: number } {
  if (!(error instanceof Error)) return {};
  const text = `${error.message}\n${error.stack ?? ""}`;
  const [, place] = text.split(`${url}:`);
  const match = /^(\d+):(\d+)/.exec(place ?? "");
  return match === null ? {} : { line: Number(match[1]), column: Number(match[2]) };
}
