import { importConfig } from "./import_config.ts";
import { defaultSettings, parseConfig, type Settings } from "./settings.ts";

/** Loads the config of a repository; without one, the defaults hold. */
export async function loadConfig(repo: string, given?: string): Promise<Settings> {
  const { config, file, text } = await importConfig(repo, given);
  return config === undefined ? defaultSettings(file) : parseConfig(config, file, text);
}
