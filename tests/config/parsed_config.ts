import assert from "node:assert/strict";
import { parseConfig, type Settings } from "../../src/config/settings.ts";
import { formatProblem, UserError } from "../../src/errors.ts";

export const FILE = "hubwright.config.ts";

export const settingsOf = (config: unknown, text?: string): Settings =>
  parseConfig(config, FILE, text);

/** What is wrong with a config, without the file, which is always the config. */
export function problemsOf(config: unknown, text?: string): readonly string[] {
  try {
    settingsOf(config, text);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems.map(({ file, ...problem }) => {
      assert.equal(file, FILE);
      return formatProblem(problem);
    });
  }
}
