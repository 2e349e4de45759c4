import assert from "node:assert/strict";
import { parseConfig, type Settings } from "../../src/config/settings.ts";
import { formatProblem } from "../../src/errors.ts";

export const FILE = "hubwright.config.ts";

/** The settings of a config in which nothing is wrong. */
export function settingsWith(config: unknown, text?: string): Settings {
  const parsed = parseConfig(config, FILE, text);
  assert.ok("defaultBranch" in parsed, JSON.stringify(parsed));
  return parsed;
}

/** What is wrong with a config, without the file, which is always the config. */
export function problemsOf(config: unknown, text?: string): readonly string[] {
  const parsed = parseConfig(config, FILE, text);
  if ("defaultBranch" in parsed) return [];
  return parsed.map(({ file, ...problem }) => {
    assert.equal(file, FILE);
    return formatProblem(problem);
  });
}
