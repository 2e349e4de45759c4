/**
 * The commands of hubwright, each defined once. Each is loaded where it is used, since a command
 * line needs one of them only.
 *
 * @module
 */

/** All commands by name, in the order of `--help`. */
export const COMMANDS = {
  generate: async () => (await import("./generate.ts")).generateCommand,
  plan: async () => (await import("./plan.ts")).planCommand,
  filter: async () => (await import("./filter.ts")).filterCommand,
  comment: async () => (await import("./comment.ts")).commentCommand,
  simulate: async () => (await import("./simulate.ts")).simulateCommand,
} as const;
