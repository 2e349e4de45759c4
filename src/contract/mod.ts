/**
 * The commands of hubwright, each defined once. Each is loaded where it is used, since a command
 * line needs one of them only.
 *
 * @module
 */

/** All commands by name, in the order of `--help`. */
export const COMMANDS = {
  generate: async () => (await import("./generate.ts")).generateCommand,
  validate: async () => (await import("./validate.ts")).validateCommand,
  plan: async () => (await import("./plan.ts")).planCommand,
  explain: async () => (await import("./explain.ts")).explainCommand,
  filter: async () => (await import("./filter.ts")).filterCommand,
  comment: async () => (await import("./comment.ts")).commentCommand,
  pins: async () => (await import("./pins.ts")).pinsCommand,
  replay: async () => (await import("./replay.ts")).replayCommand,
  simulate: async () => (await import("./simulate.ts")).simulateCommand,
} as const;
