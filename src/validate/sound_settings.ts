import type { Config } from "../config/config.ts";
import type { ImportedConfig } from "../config/import_config.ts";
import { defaultSettings, parseConfig, type Settings } from "../config/settings.ts";
import { type Problem, UserError } from "../errors.ts";

export type ConfigKey = keyof Config;

export interface SoundSettings {
  /** The settings: what is right in the config, and defaults for the rest. */
  readonly settings: Settings;
  /** The keys whose settings are defaults because theirs are wrong. */
  readonly doubtful: ReadonlySet<ConfigKey>;
  readonly problems: readonly Problem[];
}

export function doubtfulSettings(file: string, problems: readonly Problem[]): SoundSettings {
  const settings = defaultSettings(file);
  return { settings, doubtful: new Set(keysOf(settings)), problems };
}

/** Reads what can be read of a config, so that a mistake in it hides no mistake elsewhere. */
export function soundSettings({ config, file, text }: ImportedConfig): SoundSettings {
  if (config === undefined) {
    return { settings: defaultSettings(file), doubtful: new Set(), problems: [] };
  }
  const whole = tryConfig(config, file, text);
  if (whole.settings) return { ...whole, doubtful: new Set() };
  const { problems } = whole;
  const entries = Object.entries(config ?? {});
  const sound = entries.filter(([key, value]) => tryConfig({ [key]: value }, file).settings);
  const { settings } = tryConfig(Object.fromEntries(sound), file, text);
  // Where no key alone is to blame, none can be trusted.
  if (!settings || sound.length === entries.length) return doubtfulSettings(file, problems);
  const known = keysOf(settings);
  // An unknown key may have been meant for any that is not there.
  const mistyped = entries.some(([key]) => !known.some((name) => name === key));
  const given = new Set(entries.map(([key]) => key));
  const trusted = new Set(sound.map(([key]) => key));
  const doubtful = known.filter((key) => !trusted.has(key) && (given.has(key) || mistyped));
  // It has no default: without it, the clusters are somewhere else.
  const misread = given.has("clusters") && !trusted.has("clusters")
    ? ["clusters", "clustersDir"] as const
    : [];
  return { settings, doubtful: new Set([...doubtful, ...misread]), problems };
}

function tryConfig(config: unknown, file: string, text?: string) {
  try {
    return { settings: parseConfig(config, file, text), problems: [] };
  } catch (error) {
    if (error instanceof UserError) return { problems: error.problems };
    throw error;
  }
}

function keysOf({ file: _file, ...settings }: Settings): readonly ConfigKey[] {
  return Object.keys(settings) as (keyof typeof settings)[];
}
