import { describeValue, type Problem, thrownText, UserError } from "../errors.ts";
import type * as z from "../zod.ts";
import { type ConfigSource, keysAt, problemsOf } from "./config_problems.ts";
import { ConfigSchema, defaultPatterns } from "./config_schema.ts";
import { DEFAULTS } from "./defaults.ts";
import { REPORT_INPUT } from "./issues.ts";
import type { StepsOf } from "./job_schema.ts";
import { type JobSettings, jobSettings, type JobsSettings, jobsSettings } from "./job_settings.ts";
import { readSteps } from "./read_steps.ts";
import type { Leg, PlainStep } from "./step_config.ts";

/** A config with every default in place: what the rest of hubwright works with. */
export interface Settings extends
  Readonly<
    Omit<
      z.infer<typeof ConfigSchema>,
      "setup" | "after" | "jobs" | "build" | "dispatch" | "clustersDir" | "defaultBranch"
    >
  > {
  readonly file: string;
  readonly setup: (leg: Leg) => readonly PlainStep[];
  readonly after: (leg: Leg) => readonly PlainStep[];
  readonly jobs: JobsSettings;
  readonly build?:
    | { readonly steps: () => readonly PlainStep[]; readonly job: JobSettings }
    | undefined;
  readonly dispatch: boolean;
  readonly clustersDir: string;
  readonly defaultBranch: string;
}

/** The settings of a repository without a config: most plans need no schema to be made for them. */
export function defaultSettings(file: string): Settings {
  return {
    ...DEFAULTS,
    file,
    after: () => DEFAULTS.after,
    jobs: jobsSettings({}, { file, text: "" }),
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

/**
 * Checks a config and puts the defaults in place. Its text tells where a mistake is.
 *
 * @throws {UserError} With all that is wrong with it.
 */
export function parseConfig(config: unknown, file: string, text = ""): Settings {
  let read: Settings | readonly Problem[];
  // Reading a config runs its getters, and what is behind a proxy.
  try {
    read = readConfig(config, { file, text });
  } catch (error) {
    read = [{ file, message: `Cannot read it: it threw ${JSON.stringify(thrownText(error))}` }];
  }
  if ("defaultBranch" in read) return read;
  throw new UserError(read);
}

function readConfig(config: unknown, source: ConfigSource): Settings | readonly Problem[] {
  const { file } = source;
  if (!isPlain(config)) {
    const found = config instanceof Promise ? "a promise: await it" : describeValue(config);
    return [{ file, message: `Cannot read it: expected a mapping, found ${found}` }];
  }
  const parsed = ConfigSchema.safeParse(config, REPORT_INPUT);
  if (!parsed.success) {
    return parsed.error.issues.flatMap((issue) =>
      problemsOf(issue, source, keysAt(ConfigSchema, issue.path))
    );
  }
  const { data } = parsed;
  const { setup, after, jobs, build } = data;
  const [first = DEFAULTS.defaultBranch] = branchesFirst(data.branches);
  const steps = (given: StepsOf<Leg>, key: string) => (leg: Leg) =>
    readSteps(() => typeof given === "function" ? given(leg) : given, source, key);
  return {
    ...data,
    dispatch: data.dispatch ?? data.ledger !== undefined,
    clustersDir: data.clustersDir ?? DEFAULTS.clustersDir,
    defaultBranch: data.defaultBranch ?? first,
    file,
    setup: steps(setup, "setup"),
    after: steps(after, "after"),
    jobs: jobsSettings(jobs, source),
    build: build && {
      steps: () => readSteps(() => build.steps, source, "build", "steps"),
      job: jobSettings(jobs, build.job, source, "build", "job"),
    },
  };
}

/** The branches by name, those first that deploy everything. */
function branchesFirst(branches: Settings["branches"] = {}): readonly string[] {
  const { all = [], some = [] } = Object.groupBy(
    Object.entries(branches).filter(([name]) => !name.includes("*")),
    ([, deploys]) => deploys === "all" ? "all" : "some",
  );
  return [...all, ...some].map(([name]) => name);
}

/** A promise or a class has no keys of its own that a schema would miss. */
function isPlain(config: unknown): boolean {
  return typeof config === "object" && config !== null &&
    [Object.prototype, null].includes(Object.getPrototypeOf(config));
}
