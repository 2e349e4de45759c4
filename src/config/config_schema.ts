import * as z from "../zod.ts";
import { describeValue, type Problem, thrownText, UserError } from "../errors.ts";
import { isLiteralPattern, parsePattern, type Pattern } from "../plan/pattern.ts";
import type { Config, FileKey, HubEntry, Leg, SetupStep } from "./config.ts";
import { placeOfKey } from "./config_place.ts";
import { describeIssue, describeUnknownKey, REPORT_INPUT } from "./issues.ts";
import { type Expression, isExpression } from "../workflow/expression.ts";
import { isValue, type Value } from "../workflow/text.ts";
import { runtimeProblem } from "./runtime.ts";
import { DEFAULTS, defaultSettings, type Settings } from "./settings.ts";

/** What GitHub would replace before a shell or a step sees it. */
const EXPRESSION = "${{";

const text = z.string().check(z.minLength(1, { abort: true }));

const plainText = text.check(z.refine((value) => !value.includes(EXPRESSION), {
  error: `expected no "${EXPRESSION}": pass values through env, or as an expression of the leg`,
}));

const scriptText = plainText.check(z.refine((value) => !value.includes('""$'), {
  error: ({ input }) =>
    `expected no '""$': leave out the empty quotes before the variable, found ` +
    describeValue(input),
}));

const literalPath = text.check(z.refine(isLiteralPattern, {
  error: ({ input }) =>
    `expected a plain path from the repository's root, found ${describeValue(input)}`,
}));

const branch = text.check(z.refine(isBranch, {
  error: ({ input }) => `expected the name of a branch, found ${describeValue(input)}`,
}));

const pattern = z.pipe(
  z.string(),
  z.transform((value, context): Pattern => {
    const parsed = parsePattern(value);
    if (typeof parsed !== "string") return parsed;
    context.issues.push({ code: "custom", input: value, message: parsed });
    return z.NEVER;
  }),
);

const patterns = z.readonly(z.array(pattern));

const plainPatterns = z.readonly(
  z.array(pattern.check(z.refine((parsed) => !parsed.exception, {
    error: 'expected a pattern without "!": an exception belongs in "rules.allHubs"',
  }))),
);

const keys = z.readonly(z.array(text));

const fileKeys = z.readonly(z.array(z.pipe(
  z.custom<FileKey>(isFileKey, {
    error: ({ input }) =>
      'expected a key, or keys with "." between them, or { key, from: "root" }, found ' +
      describeValue(input),
  }),
  z.transform((key) => typeof key === "string" ? key : { key: key.key, from: key.from }),
)));

function isFileKey(value: unknown): boolean {
  if (typeof value === "string") return !value.split(".").includes("");
  const { key, from, ...others }: Readonly<Record<string, unknown>> = Object(value);
  return typeof key === "string" && isFileKey(key) && from === "root" &&
    Object.keys(others).length === 0;
}

const aFunction = <Type>() =>
  z.custom<Type>((value) => typeof value === "function", {
    error: ({ input }) => `expected a function, found ${describeValue(input)}`,
  });

/** A command that must say which hub it means, or every hub would be upgraded as the same one. */
const command = (...words: readonly ("CLUSTER" | "HUB")[]) =>
  scriptText.check(z.refine((value) => words.every((word) => names(value, word)), {
    error: ({ input }) =>
      `expected a command that names ${words.join(" and ")}, found ${describeValue(input)}`,
  })).check(z.refine((value) => words.includes("HUB") || !names(value, "HUB"), {
    error: ({ input }) =>
      `expected a command without HUB, as it is about a cluster, found ${describeValue(input)}`,
  })).check(z.refine((value) => !["CLUSTER", "HUB"].some((word) => hides(value, word)), {
    error: ({ input }) =>
      'expected CLUSTER and HUB as words of their own, or as "$CLUSTER" and "$HUB", found ' +
      describeValue(input),
  }));

/** Whether a command has a name as a word of its own, or as the shell's variable. */
function names(command: string, word: string): boolean {
  return new RegExp(`(?<!\\S)${word}(?!\\S)|\\$\\{?${word}\\b`).test(command);
}

/** Whether a command has a name as a part of a word, where it would stay as it is. */
function hides(command: string, word: string): boolean {
  const other = command.replaceAll(new RegExp(`(?<!\\S)${word}(?!\\S)|\\$\\{?${word}\\b`, "g"), "");
  return new RegExp(`(?<![\\w-])${word}(?![\\w-])`).test(other);
}

/**
 * The name of a branch as it stands behind `refs/heads/`, of characters that no filter reads, and
 * short enough for a file's name, which git makes of it.
 */
function isBranch(name: string): boolean {
  return /^(?!refs\/|-)[\w./-]{1,250}(?<!\.lock)$/.test(name) && !name.includes("..") &&
    isLiteralPattern(name);
}

const value = z.custom<Value>(isValue, {
  error: ({ input }) =>
    `expected text, a number, true, false or an expression, found ${describeValue(input)}`,
});

const values = z.optional(z.record(z.string(), value));

const condition = z.optional(z.custom<Expression<unknown>>((input) => isExpression(input), {
  error: ({ input }) => `expected an expression, found ${describeValue(input)}`,
}));

const variables = values.check(z.refine(
  (env) => Object.keys(env ?? {}).every((name) => /^[A-Za-z_]\w*$/.test(name)),
  { error: 'expected the names of variables: letters, digits and "_", no digit first' },
));

const anyStep = { name: plainText, env: variables, if: condition };

const runtime = z.readonly(
  z.array(scriptText).check(z.minLength(1)).check(
    z.refine((words) => runtimeProblem(words) === undefined, {
      error: ({ input }) => runtimeProblem(input as readonly string[]) ?? "",
    }),
  ),
);

/** An action of another repository, whose commit the lock says or that has one here. */
const ACTION = /^[\w-]+\/[\w./-]+(?:@[0-9a-f]{40})?$/;

const UsesStep = z.strictObject({
  ...anyStep,
  uses: text.check(
    z.refine((value) => value.startsWith("./") || ACTION.test(value), {
      error: ({ input }) =>
        `expected a local action ("./path"), one of the lock ("owner/name"), or one pinned to a ` +
        `commit ("owner/name@" and 40 hexadecimal digits), found ${describeValue(input)}`,
    }),
  ),
  version: z.optional(text),
  with: values,
}).check(z.refine(({ uses, version }) => !namesCommit(uses) || version !== undefined, {
  error: 'expected "version" beside a commit: the version that it is, for instance "v1.2.3"',
})).check(z.refine(({ uses, version }) => namesCommit(uses) || version === undefined, {
  error: 'expected no "version" without a commit: actions.lock.json says both',
}));

function namesCommit(uses: string): boolean {
  return !uses.startsWith("./") && uses.includes("@");
}

const RunStep = z.strictObject({ ...anyStep, run: scriptText });

const { rules, labels, commands } = DEFAULTS;

const cron = text.check(z.regex(
  /^(?:[\d*,/-]+|[A-Za-z,-]{3,})(?: (?:[\d*,/-]+|[A-Za-z,-]{3,})){4}$/,
  'expected five fields as cron has them, for instance "17 4 * * *"',
));

const paused = z.record(
  z.string().check(z.regex(
    /^[^/]+(?:\/[^/]+)?$/,
    'expected "cluster", "cluster/hub" or "cluster/support chart"',
  )),
  text,
);

/** The keys of the config that hold keys themselves. */
const SECTIONS = {
  rules: z.strictObject({
    allHubs: z.optional(patterns),
    allSupport: z.optional(patterns),
    fileKeys: z._default(fileKeys, [...rules.fileKeys]),
    inertKeys: z._default(keys, [...rules.inertKeys]),
    inertHubKeys: z._default(keys, [...rules.inertHubKeys]),
    inertChartFiles: z.prefault(plainPatterns, [...rules.inertChartFiles]),
    charts: z._default(z.record(text, plainPatterns), {}),
  }),
  labels: z.strictObject({
    skipDeploy: z._default(text, labels.skipDeploy),
    skipDeployHubs: z._default(text, labels.skipDeployHubs),
    deploySupport: z._default(text, labels.deploySupport),
    deployHubs: z._default(text, labels.deployHubs),
  }),
  commands: z.strictObject({
    upgradeSupport: z._default(command("CLUSTER"), commands.upgradeSupport),
    upgradeHub: z._default(command("CLUSTER", "HUB"), commands.upgradeHub),
    healthCheck: z._default(command("CLUSTER", "HUB"), commands.healthCheck),
  }),
  notify: z.strictObject({
    slack: z.optional(
      z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of a secret")),
    ),
  }),
  ledger: z.strictObject({
    since: z.string().check(
      z.regex(
        /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/,
        "expected the hash of a commit, 40 or 64 hex digits",
      ),
    ),
    environment: z._default(
      z.string().check(z.regex(/^[\w.-]{1,100}$/, "expected letters, digits, '_', '.' and '-'")),
      "hubs",
    ),
    reconcile: z.optional(cron),
  }),
};

const ConfigSchema = z.strictObject({
  defaultBranch: z._default(branch, DEFAULTS.defaultBranch),
  clustersDir: z._default(literalPath, DEFAULTS.clustersDir),
  ignoreClusters: z._default(z.readonly(z.array(text)), [...DEFAULTS.ignoreClusters]),
  precision: z._default(z.enum(["cluster", "hub"]), DEFAULTS.precision),
  chartsDir: z._default(literalPath, DEFAULTS.chartsDir),
  rules: z.prefault(SECTIONS.rules, {}),
  isStaging: z._default(aFunction<(hub: HubEntry) => boolean>(), () => DEFAULTS.isStaging),
  labels: z.prefault(SECTIONS.labels, {}),
  runtime: z._default(runtime, [...DEFAULTS.runtime]),
  setup: z._default(
    z.custom<readonly unknown[] | ((leg: Leg) => unknown)>(
      (input) => Array.isArray(input) || typeof input === "function",
      {
        error: ({ input }) =>
          `expected a list of steps, or a function that gives one, found ${describeValue(input)}`,
      },
    ),
    () => DEFAULTS.setup,
  ),
  commands: z.prefault(SECTIONS.commands, {}),
  notify: z.prefault(SECTIONS.notify, {}),
  ledger: z.optional(SECTIONS.ledger),
  dispatch: z.optional(z.boolean()),
  paused: z._default(paused, {}),
}).check(
  z.refine(({ ledger, paused }) => ledger !== undefined || Object.keys(paused).length === 0, {
    error: 'expected "ledger" beside it: without a record, what is held back would be forgotten',
    path: ["paused"],
  }),
);

/** Checks a config and puts the defaults in place. Its text tells where a mistake is. */
export function parseConfig(
  config: Config | unknown,
  file: string,
  text = "",
): Settings | readonly Problem[] {
  // Reading a config runs its getters, and what stands behind a proxy.
  try {
    return readConfig(config, file, text);
  } catch (error) {
    return [{ file, message: `Cannot read it: it threw ${JSON.stringify(thrownText(error))}` }];
  }
}

function readConfig(config: unknown, file: string, text: string): Settings | readonly Problem[] {
  if (typeof config !== "object" || config === null || !isPlain(config)) {
    const found = config instanceof Promise ? "a promise: await it" : describeValue(config);
    return [{ file, message: `Cannot read it: expected a mapping, found ${found}` }];
  }
  const parsed = ConfigSchema.safeParse(config, REPORT_INPUT);
  if (!parsed.success) {
    return parsed.error.issues.flatMap((issue) => problemsOf(issue, file, text));
  }
  const { setup, notify, rules, ledger, dispatch, ...rest } = parsed.data;
  const { rules: defaults } = defaultSettings(file);
  return {
    ...rest,
    file,
    rules: {
      ...rules,
      allHubs: rules.allHubs ?? defaults.allHubs,
      allSupport: rules.allSupport ?? defaults.allSupport,
      following: defaults.following.filter((key) => rules[key] === undefined),
    },
    notify: { slack: notify.slack },
    ledger,
    dispatch: dispatch ?? ledger !== undefined,
    setup: (leg) => {
      const make = typeof setup === "function" ? () => setup(leg) : () => setup;
      return parseSetup(make, file, text);
    },
  };
}

/** A mistake with its place; each unknown key is a mistake of its own. */
function problemsOf(issue: z.core.$ZodIssue, file: string, text: string): readonly Problem[] {
  if (issue.code !== "unrecognized_keys") {
    return [{ file, ...placeOfKey(text, issue.path), message: describeIssue(issue) }];
  }
  const known = keysAt(issue.path);
  return issue.keys.map((key) => ({
    file,
    ...placeOfKey(text, [key]),
    message: describeUnknownKey(issue.path, key, known),
  }));
}

/** The keys that there may be at a place of the config. */
function keysAt([section]: readonly PropertyKey[]): readonly string[] {
  if (section === undefined) return Object.keys(ConfigSchema.shape);
  if (section === "setup") return Object.keys({ ...UsesStep.shape, ...RunStep.shape });
  return Object.keys(SECTIONS[section as keyof typeof SECTIONS]?.shape ?? {});
}

function parseSetup(make: () => unknown, file: string, text: string): readonly SetupStep[] {
  let read: readonly SetupStep[] | { readonly wrong: readonly Problem[] };
  try {
    read = readSteps(make(), file, text);
  } catch (error) {
    const message = JSON.stringify(thrownText(error));
    read = { wrong: [{ file, message: `Cannot make the setup steps: setup threw ${message}` }] };
  }
  if (!("wrong" in read)) return read;
  throw new UserError(read.wrong);
}

function readSteps(
  value: unknown,
  file: string,
  text: string,
): readonly SetupStep[] | { readonly wrong: readonly Problem[] } {
  if (!Array.isArray(value)) {
    // No one waits for it, so what it fails with would end the process.
    if (value instanceof Promise) value.catch(() => {});
    const message = `Cannot read "setup": expected a list of steps, found ${describeValue(value)}`;
    return { wrong: [{ file, ...placeOfKey(text, ["setup"]), message }] };
  }
  // A hole in a list is read as nothing.
  const parsed = Array.from(value as readonly unknown[], (step) => {
    const schema = isRunStep(step) ? RunStep : UsesStep;
    return schema.safeParse(step, REPORT_INPUT);
  });
  const wrong = parsed.flatMap(({ error }, index) =>
    (error?.issues ?? []).flatMap((issue) =>
      problemsOf({ ...issue, path: ["setup", index, ...issue.path] }, file, text)
    )
  );
  return wrong.length > 0 ? { wrong } : parsed.flatMap(({ data }) => data ?? []) as SetupStep[];
}

/** A promise or a class has no keys of its own that a schema would miss. */
function isPlain(config: object): boolean {
  const prototype = Object.getPrototypeOf(config);
  return prototype === Object.prototype || prototype === null;
}

function isRunStep(step: unknown): boolean {
  return typeof step === "object" && step !== null && "run" in step;
}
