import { z } from "zod";
import { describeValue, type Problem, UserError } from "../errors.ts";
import { isLiteralPattern, parsePattern, type Pattern } from "../plan/pattern.ts";
import type { Config, HubEntry, Leg, SetupStep } from "./config.ts";
import { describeIssue } from "./issues.ts";
import { DEFAULTS, type Settings } from "./settings.ts";

/** What GitHub would replace before a shell or a step sees it. */
const EXPRESSION = "${{";

const text = z.string().min(1);

const plainText = text.refine((value) => !value.includes(EXPRESSION), {
  error: `expected no "${EXPRESSION}": pass values through env, or as an expression of the leg`,
});

const literalPath = text.refine(isLiteralPattern, {
  error: ({ input }) =>
    `expected a plain path from the repository's root, found ${describeValue(input)}`,
});

const branch = text.refine(isLiteralPattern, {
  error: ({ input }) => `expected the name of a branch, found ${describeValue(input)}`,
});

const pattern = z.string().transform((value, context): Pattern => {
  const parsed = parsePattern(value);
  if (typeof parsed !== "string") return parsed;
  context.addIssue({ code: "custom", message: parsed });
  return z.NEVER;
});

const aFunction = <Type>() =>
  z.custom<Type>((value) => typeof value === "function", {
    error: ({ input }) => `expected a function, found ${describeValue(input)}`,
  });

/** A command that must say which hub it means, or every hub would be upgraded as the same one. */
const command = (...words: readonly ("CLUSTER" | "HUB")[]) =>
  plainText.refine((value) => words.every((word) => value.includes(word)), {
    error: ({ input }) =>
      `expected a command that names ${words.join(" and ")}, found ${describeValue(input)}`,
  });

const values = z.record(z.string(), z.unknown());

const SetupStepSchema = z.union([
  z.strictObject({
    name: plainText,
    uses: text.refine((value) => value.startsWith("./") || /^[^@\s]+@[0-9a-f]{40}$/.test(value), {
      error: ({ input }) =>
        `expected a local action ("./path") or one pinned to a commit ("owner/name@" and 40 ` +
        `hexadecimal digits), found ${describeValue(input)}`,
    }),
    version: text.optional(),
    with: values.optional(),
    env: values.optional(),
    if: z.unknown().optional(),
  }),
  z.strictObject({
    name: plainText,
    run: plainText,
    env: values.optional(),
    if: z.unknown().optional(),
  }),
]);

const { allHubs, allSupport } = DEFAULTS.rules;

const ConfigSchema = z.strictObject({
  defaultBranch: branch.default(DEFAULTS.defaultBranch),
  clustersDir: literalPath.default(DEFAULTS.clustersDir),
  ignoreClusters: z.array(text).readonly().default([...DEFAULTS.ignoreClusters]),
  rules: z.strictObject({
    allHubs: z.array(pattern).readonly().prefault([...allHubs]),
    allSupport: z.array(pattern).readonly().prefault([...allSupport]),
  }).prefault({}),
  isStaging: aFunction<(hub: HubEntry) => boolean>().default(() => DEFAULTS.isStaging),
  labels: z.strictObject({
    skipDeploy: text.default(DEFAULTS.labels.skipDeploy),
    skipDeployHubs: text.default(DEFAULTS.labels.skipDeployHubs),
    deploySupport: text.default(DEFAULTS.labels.deploySupport),
    deployHubs: text.default(DEFAULTS.labels.deployHubs),
  }).prefault({}),
  runtime: z.array(plainText).min(1).readonly().default([...DEFAULTS.runtime]),
  setup: z.union([
    z.array(z.unknown()).readonly(),
    aFunction<(leg: Leg) => readonly SetupStep[]>(),
  ]).default(() => DEFAULTS.setup),
  commands: z.strictObject({
    upgradeSupport: command("CLUSTER").default(DEFAULTS.commands.upgradeSupport),
    upgradeHub: command("CLUSTER", "HUB").default(DEFAULTS.commands.upgradeHub),
    healthCheck: command("CLUSTER", "HUB").default(DEFAULTS.commands.healthCheck),
  }).prefault({}),
  notify: z.strictObject({
    slack: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of a secret").optional(),
  }).prefault({}),
});

/**
 * Checks a config and puts the defaults in place.
 *
 * @param config What the config file exports.
 * @param file The config file, for messages.
 * @returns The settings, or everything that is wrong with the config.
 * @example
 * ```ts
 * import { parseConfig } from "./schema.ts";
 *
 * const settings = parseConfig({}, "hubwright.config.ts");
 * console.assert("defaultBranch" in settings && settings.defaultBranch === "main");
 * ```
 */
export function parseConfig(
  config: Config | unknown,
  file: string,
): Settings | readonly Problem[] {
  const parsed = ConfigSchema.safeParse(config);
  if (!parsed.success) {
    return parsed.error.issues.map((issue) => ({ file, message: describeIssue(issue, config) }));
  }
  const { setup, notify, ...rest } = parsed.data;
  return {
    ...rest,
    file,
    notify: { slack: notify.slack },
    setup: (leg) => parseSetup(typeof setup === "function" ? () => setup(leg) : () => setup, file),
  };
}

function parseSetup(steps: () => unknown, file: string): readonly SetupStep[] {
  let value: unknown;
  try {
    value = steps();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UserError({ file, message: `Cannot make the setup steps: setup threw "${message}"` });
  }
  const parsed = z.array(SetupStepSchema).safeParse(value);
  if (parsed.success) return parsed.data as readonly SetupStep[];
  throw new UserError(parsed.error.issues.map((issue) => ({
    file,
    message: describeIssue({ ...issue, path: ["setup", ...issue.path] }, { setup: value }),
  })));
}
