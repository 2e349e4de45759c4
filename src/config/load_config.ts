import { parseConfig } from "./config_schema.ts";
import { UserError } from "../errors.ts";
import { importConfig, type ImportedConfig } from "./import_config.ts";
import { defaultSettings, type Settings } from "./settings.ts";

/**
 * Loads the config of a repository; without one, the defaults hold.
 *
 * @throws {UserError} Where the config cannot be loaded, or with everything that is wrong in it.
 */
export async function loadConfig(repo: string, given?: string): Promise<Settings> {
  return checkConfig(await importConfig(repo, given));
}

/**
 * Checks an imported config; the defaults need no check.
 *
 * @throws {UserError} With everything that is wrong in it.
 */
export function checkConfig({ config, file, text }: ImportedConfig): Settings {
  if (config === undefined) return defaultSettings(file);
  const settings = parseConfig(config, file, text);
  if (!("defaultBranch" in settings)) throw new UserError(settings);
  return settings;
}
