import { UserError } from "../errors.ts";
import { importConfig } from "./import_config.ts";
import { defaultSettings, parseConfig, type Settings } from "./settings.ts";

/** Loads the config of a repository; without one, the defaults hold. */
export async function loadConfig(repo: string, given?: string): Promise<Settings> {
  const { config, file, text } = await importConfig(repo, given);
  if (config === undefined) return defaultSettings(file);
  const settings = parseConfig(config, file, text);
  if ("defaultBranch" in settings) return settings;
  throw new UserError(settings);
}
