import type { Config } from "../config/config.ts";
import { importConfig, type ImportedConfig } from "../config/import_config.ts";
import { defaultSettings, parseConfig, type Settings } from "../config/settings.ts";
import { type Problem, UserError } from "../errors.ts";

export type ConfigKey = keyof Config;

export interface SoundSettings extends Pick<ImportedConfig, "config" | "text"> {
  /** The settings: what is right in the config, and defaults for the rest. */
  readonly settings: Settings;
  /** The keys whose settings are defaults because theirs are wrong. */
  readonly doubtful: ReadonlySet<ConfigKey>;
  readonly problems: readonly Problem[];
}

/** Reads what can be read of a config, so that a mistake in it hides no mistake elsewhere. */
export async function readSoundSettings(repo: string, given?: string): Promise<SoundSettings> {
  try {
    return soundSettings(await importConfig(repo, given));
  } catch (error) {
    const problems = problemsOf(error);
    const [{ file } = {}] = problems;
    if (file === undefined) throw error;
    return { config: undefined, text: "", ...doubtfulSettings(file, problems) };
  }
}

function soundSettings({ config, file, text }: ImportedConfig): SoundSettings {
  const doubtful = new Set<ConfigKey>();
  if (config === undefined) {
    return { config, text, settings: defaultSettings(file), doubtful, problems: [] };
  }
  const whole = tryConfig(config, file, text);
  if (whole.settings) return { config, text, ...whole, doubtful };
  const { problems } = whole;
  let entries: [string, unknown][];
  try {
    entries = Object.entries(config ?? {});
  } catch {
    // That it throws where it is looked at is among the problems.
    return { config: undefined, text, ...doubtfulSettings(file, problems) };
  }
  const sound = entries.filter(([key, value]) => tryConfig({ [key]: value }, file).settings);
  const { settings } = tryConfig(Object.fromEntries(sound), file, text);
  // Where no key alone is to blame, none can be trusted.
  if (!settings || sound.length === entries.length) {
    return { config, text, ...doubtfulSettings(file, problems) };
  }
  const given = new Set(entries.map(([key]) => key));
  const trusted = new Set(sound.map(([key]) => key));
  // An unknown key may have been meant for any that is not there.
  const mistyped = given.difference(new Set(keysOf(settings))).size > 0;
  for (const key of keysOf(settings)) {
    if (!trusted.has(key) && (given.has(key) || mistyped)) doubtful.add(key);
  }
  // It has no default: without it, the clusters are somewhere else.
  if (given.has("clusters") && !trusted.has("clusters")) {
    doubtful.add("clusters").add("clustersDir");
  }
  return { config, text, settings, doubtful, problems };
}

function doubtfulSettings(file: string, problems: readonly Problem[]) {
  const settings = defaultSettings(file);
  return { settings, doubtful: new Set(keysOf(settings)), problems };
}

function tryConfig(config: unknown, file: string, text?: string) {
  try {
    return { settings: parseConfig(config, file, text), problems: [] };
  } catch (error) {
    return { problems: problemsOf(error) };
  }
}

/** What a user did wrong, of what was thrown. */
export function problemsOf(error: unknown): readonly Problem[] {
  if (error instanceof UserError) return error.problems;
  throw error;
}

function keysOf({ file: _file, ...settings }: Settings): readonly ConfigKey[] {
  return Object.keys(settings) as (keyof typeof settings)[];
}
