import { describeValue, type Problem, thrownText, UserError } from "../errors.ts";
import type * as z from "../zod.ts";
import type { Leg, SetupStep } from "./config.ts";
import { placeOfKey } from "./config_place.ts";
import { ConfigSchema, defaultPatterns, RunStep, SECTIONS, UsesStep } from "./config_schema.ts";
import { DEFAULTS } from "./defaults.ts";
import { describeIssue, describeUnknownKey, REPORT_INPUT } from "./issues.ts";

/** A config with every default in place: what the rest of hubwright works with. */
export interface Settings
  extends Readonly<Omit<z.infer<typeof ConfigSchema>, "setup" | "dispatch">> {
  /** The file that the config came from, for messages. */
  readonly file: string;
  readonly setup: (leg: Leg) => readonly SetupStep[];
  readonly dispatch: boolean;
}

/** The settings of a repository without a config: most plans need no schema to be made for them. */
export function defaultSettings(file: string): Settings {
  return {
    ...DEFAULTS,
    file,
    rules: { ...DEFAULTS.rules, ...defaultPatterns(), following: ["allHubs", "allSupport"] },
    notify: {},
    dispatch: false,
    paused: {},
    comment: { follows: [] },
    tasks: [],
    workflows: [],
    extend: undefined,
  };
}

/** Checks a config and puts the defaults in place. Its text tells where a mistake is. */
export function parseConfig(
  config: unknown,
  file: string,
  text = "",
): Settings | readonly Problem[] {
  // Reading a config runs its getters, and what is behind a proxy.
  try {
    return readConfig(config, file, text);
  } catch (error) {
    return [{ file, message: `Cannot read it: it threw ${JSON.stringify(thrownText(error))}` }];
  }
}

function readConfig(config: unknown, file: string, text: string): Settings | readonly Problem[] {
  if (!isPlain(config)) {
    const found = config instanceof Promise ? "a promise: await it" : describeValue(config);
    return [{ file, message: `Cannot read it: expected a mapping, found ${found}` }];
  }
  const parsed = ConfigSchema.safeParse(config, REPORT_INPUT);
  if (!parsed.success) {
    return parsed.error.issues.flatMap((issue) => problemsOf(issue, file, text));
  }
  const { setup, dispatch = parsed.data.ledger !== undefined, ...rest } = parsed.data;
  const make = (leg: Leg) => typeof setup === "function" ? setup(leg) : setup;
  return { ...rest, dispatch, file, setup: (leg) => readSteps(() => make(leg), file, text) };
}

/** A promise or a class has no keys of its own that a schema would miss. */
function isPlain(config: unknown): boolean {
  return typeof config === "object" && config !== null &&
    [Object.prototype, null].includes(Object.getPrototypeOf(config));
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

function keysAt([section, key]: readonly PropertyKey[]): readonly string[] {
  if (section === undefined) return Object.keys(ConfigSchema.shape);
  if (section === "setup") return Object.keys({ ...UsesStep.shape, ...RunStep.shape });
  if (key !== undefined) return ["key", "from"];
  return Object.keys(SECTIONS[section as keyof typeof SECTIONS]?.shape ?? {});
}

function readSteps(make: () => unknown, file: string, text: string): readonly SetupStep[] {
  const problems: Problem[] = [];
  try {
    const steps = make();
    if (Array.isArray(steps)) {
      // A hole in a list is read as nothing.
      const parsed = Array.from(steps as readonly unknown[], (step) => {
        const isScript = typeof step === "object" && step !== null && "run" in step;
        return (isScript ? RunStep : UsesStep).safeParse(step, REPORT_INPUT);
      });
      for (const [index, { error }] of parsed.entries()) {
        for (const issue of error?.issues ?? []) {
          const path = ["setup", index, ...issue.path];
          problems.push(...problemsOf({ ...issue, path }, file, text));
        }
      }
      if (problems.length === 0) return parsed.flatMap(({ data }) => data ?? []) as SetupStep[];
    } else {
      // No one waits for it, so what it fails with would end the process.
      if (steps instanceof Promise) steps.catch(() => {});
      const message = `Cannot read "setup": expected a list of steps, found ${
        describeValue(steps)
      }`;
      problems.push({ file, ...placeOfKey(text, ["setup"]), message });
    }
  } catch (error) {
    const thrown = JSON.stringify(thrownText(error));
    problems.push({ file, message: `Cannot make the setup steps: setup threw ${thrown}` });
  }
  throw new UserError(problems);
}
