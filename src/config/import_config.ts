import { thrownText, UserError } from "../errors.ts";
import { lineAndColumn, type Position } from "../text/line_and_column.ts";

/** What a config file exports, not checked yet. */
export interface ImportedConfig {
  readonly file: string;
  /** Its default export; `undefined` where the repository has no config. */
  readonly config: unknown;
  /** Its text, to find the places of mistakes; empty where it cannot be read. */
  readonly text: string;
}

const CONFIG_NAME = "hubwright.config.ts";

const OTHER_NAMES = ["js", "mjs", "cjs", "mts", "cts", "tsx"]
  .map((ending) => `hubwright.config.${ending}`);

export async function importConfig(repo: string, given?: string): Promise<ImportedConfig> {
  const file = given ?? CONFIG_NAME;
  const path = realPath(given ?? `${repo}/${CONFIG_NAME}`);
  if (path === undefined) {
    // The target of a link may not be checked out. The defaults would not be what it says.
    if (given !== undefined || isThere(`${repo}/${CONFIG_NAME}`)) {
      const found = given === undefined ? ", found a link that leads nowhere" : "";
      throw new UserError({ file, message: `Cannot find the config: expected a file${found}` });
    }
    refuseOtherNames(repo);
    return { file, config: undefined, text: "" };
  }
  const { default: config } = await importModule(path, file);
  return { file, config, text: await textOf(path) };
}

/** Where a file is, links followed; `undefined` where there is nothing. */
function realPath(path: string): string | undefined {
  try {
    return Deno.realPathSync(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Whether there is a file, a folder or a link. */
function isThere(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
}

/** A config under a name that hubwright does not read would be left out in silence. */
function refuseOtherNames(repo: string): void {
  const name = OTHER_NAMES.find((name) => isThere(`${repo}/${name}`));
  if (name === undefined) return;
  throw new UserError({
    file: name,
    message: `Cannot read the config under this name: expected ${CONFIG_NAME}; rename it, or ` +
      `use --config ${name}`,
  });
}

/** The default export is wrapped: an async function that returned a promise would wait for it. */
async function importModule(path: string, file: string): Promise<{ readonly default: unknown }> {
  const { href: url } = fileUrl(path);
  let module: { readonly default?: unknown };
  try {
    module = await import(url);
  } catch (error) {
    const [line = ""] = thrownText(error).split("\n");
    const message = line.replace(/(?<=")\.$/, "");
    throw new UserError({
      file,
      ...placeIn(error, path) ?? await placeOfImport(message, path),
      message: isThrown(error)
        ? `Cannot load it: it threw ${JSON.stringify(message)}`
        : `Cannot load it: ${message}${importAdvice(message)}`,
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

/** Where in the config an error arose, as its stack or its message tells. */
function placeIn(error: unknown, path: string): Position | undefined {
  // Deno paints places, at a terminal and elsewhere.
  const text = `${thrownText(error)}\n${stackOf(error)}`.replaceAll(/\p{Cc}\[[0-9;]*m/gu, "");
  // A stack names the file by its URL, or where it was mapped to the source by its path.
  for (const name of [fileUrl(path).href, `file://${path}`]) {
    const [, place = ""] = text.split(`${name}:`);
    const [, line, column] = /^(\d+):(\d+)/.exec(place) ?? [];
    if (line !== undefined) return { line: Number(line), column: Number(column) };
  }
  return undefined;
}

function stackOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.stack ?? "" : "");
  } catch {
    return "";
  }
}

const NO_DEPENDENCY = /^Import "(.*?)" not a dependency/;

/** Where the config imports a module that cannot be found, if it does so itself. */
async function placeOfImport(message: string, path: string): Promise<Position | undefined> {
  const [, specifier] = NO_DEPENDENCY.exec(message) ?? [];
  if (specifier === undefined) return undefined;
  const text = await textOf(path);
  const offset = text.search(new RegExp(`(["'])${RegExp.escape(specifier)}\\1`));
  return offset < 0 ? undefined : lineAndColumn(text, offset);
}

/** Whether a module threw it as it ran, and not Deno as it read the module or one that it imports. */
function isThrown(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  return !("code" in error && error.code === "ERR_MODULE_NOT_FOUND") &&
    !(error instanceof SyntaxError);
}

/** What to do about an import that Deno refuses. */
function importAdvice(message: string): string {
  if (NO_DEPENDENCY.test(message)) {
    return '; add it to "imports" in a deno.json and run hubwright with that (deno run --config ' +
      "deno.json), or import a file of the repository by its path, for instance " +
      '"./.hubwright/mod.js"';
  }
  if (/^Module not found "file:/.test(message)) {
    return "; expected a file there: add it, or correct the path of the import";
  }
  return /--no-(?:npm|remote) is specified/.test(message)
    ? "; a config can import only what is in the repository: put a copy there"
    : "";
}

async function textOf(path: string): Promise<string> {
  return await Deno.readTextFile(path).catch(() => "");
}
