import { BOUNDS } from "../plan/bounds.ts";
import { isLiteralPattern, parsePattern, type Pattern } from "../plan/pattern.ts";
import * as z from "../zod.ts";
import type { WorkflowModel } from "../workflow/model.ts";
import type { ReadCluster } from "./cluster_definition.ts";
import type { Config, HubEntry } from "./config.ts";
import { command } from "./deploy_command_schema.ts";
import { DEFAULTS } from "./defaults.ts";
import { expected, mustBe } from "./issues.ts";
import { job, jobs, listedSteps, stepsOfLeg } from "./job_schema.ts";
import { patterns, patternWith, plainPatterns, withoutException } from "./pattern_schemas.ts";
import { runtimeProblem } from "./runtime.ts";
import { tasks } from "./task_schema.ts";
import {
  cron,
  plainText,
  scriptText,
  secretName,
  text,
  textLike,
  textOr,
  value,
  whole,
} from "./text_schemas.ts";

const literalPath = text.check(mustBe("a plain path from the repository's root", isLiteralPattern));

/** Of characters that no filter reads, and short enough for the file that git makes of it. */
const branch = text.check(mustBe(
  "the name of a branch",
  (name) =>
    /^(?!refs\/|-)(?!.*\.\.)[\w./-]{1,250}(?<!\.lock)$/.test(name) && isLiteralPattern(name),
));

/** Branches by name, or all that begin with a name and a slash. */
const branches = z.record(
  textLike(
    /^(?!refs\/|[-/])(?!.*(?:\.\.|\/\/))[\w./-]{1,240}(?<!\.lock|\/)(?:\/\*\*)?$/,
    'the name of a branch, or a name and "/**"',
  ),
  z.enum(["all", "staging", "prod"]),
).check(mustBe("at least one branch by its name", (of) => {
  return Object.keys(of).some((name) => !name.includes("*"));
}));

const waves = z.array(
  z.array(patternWith(mustBe('a pattern of names, without "!" and "/"', (text) => {
    return !/^!|\//.test(text);
  }))).check(z.minLength(1)),
).check(
  z.refine(
    (all) => all.length > 0,
    'expected it not to be empty; leave "waves" out where all clusters go at once',
  ),
  z.refine((all) => all.length <= BOUNDS.waves, {
    error: ({ input }) => `found ${Object(input).length} waves, expected at most ${BOUNDS.waves}`,
  }),
);

const names = z.readonly(z.array(text));

const keyPath = z.string().check(z.regex(/^[^.]+(?:\.[^.]+)*$/, { abort: true }));

const fileKeys = z.readonly(z.array(z.union(
  [keyPath, z.strictObject({ key: keyPath, from: z.literal("root") })],
  'expected a key, or keys with "." between them, or { key, from: "root" }',
)));

const runtime = z.array(scriptText).check(
  z.minLength(1),
  z.refine((words) => runtimeProblem(words) === undefined, {
    error: ({ input }) => runtimeProblem(input as readonly string[]) ?? "",
  }),
);

const { labels, commands, concurrency } = DEFAULTS;
const { allHubs, allSupport, ...rules } = DEFAULTS.rules;

const paused = z.record(
  textLike(/^[^/]+(?:\/[^/]+)?$/, '"cluster", "cluster/hub" or "cluster/support chart"'),
  text,
);

type OwnWorkflows = NonNullable<Config["workflows"]>;

const WORKFLOW_FILE = /^\.github\/workflows\/[\w.-]+\.ya?ml$/;

/** Whether something is a list of workflows; what is in them is checked when they are written. */
export function areWorkflows(input: unknown): input is readonly WorkflowModel[] {
  return Array.isArray(input) &&
    input.every((item: unknown) => {
      const { file, jobs } = Object(item);
      return WORKFLOW_FILE.test(file) && Array.isArray(jobs);
    });
}

const workflows = z.custom<OwnWorkflows>(
  (input) => typeof input === "function" || areWorkflows(input),
  expected(
    'a list of workflows whose files are in ".github/workflows", or a function that gives one',
  ),
);

/** The patterns of the rules that the config does not give: they follow the charts that hubs name. */
export function defaultPatterns(): Readonly<Record<"allHubs" | "allSupport", readonly Pattern[]>> {
  const parse = (globs: readonly string[]) =>
    globs.map(parsePattern).filter((parsed) => typeof parsed !== "string");
  return { allHubs: parse(allHubs), allSupport: parse(allSupport) };
}

/** A function of the config's, whose answers are checked when it is called. */
// @__NO_SIDE_EFFECTS__
function functionLike<Of>() {
  return z.custom<Of>((input) => typeof input === "function", expected("a function"));
}

/** How a repository that is laid out in another way says its clusters. */
const clusters = z.strictObject({
  files: z.pipe(
    z.transform((files: unknown) => files === undefined ? files : [files].flat()),
    z.array(patternWith(
      withoutException('let "read" give null for a file that is not about a cluster'),
    )).check(z.minLength(1)),
  ),
  read: functionLike<ReadCluster>(),
});

/** Whether there are no branches but one that deploys everything. */
function deployAlike(branches: Readonly<Record<string, string>>): boolean {
  const deploys = Object.entries(branches);
  return deploys.length < 2 &&
    deploys.every(([name, what]) => what === "all" && !name.includes("*"));
}

export const ConfigSchema = z.strictObject({
  name: z._default(plainText, DEFAULTS.name),
  defaultBranch: z.optional(branch),
  branches: z.optional(branches),
  clusters: z.optional(clusters),
  clustersDir: z.optional(literalPath),
  ignoreClusters: z._default(names, [...DEFAULTS.ignoreClusters]),
  precision: z._default(z.enum(["cluster", "hub"]), DEFAULTS.precision),
  gate: z._default(z.enum(["cluster", "fleet"]), DEFAULTS.gate),
  layout: z._default(z.enum(["four-jobs", "pipelined"]), DEFAULTS.layout),
  waves: z.optional(waves),
  shards: z._default(
    whole(`from 1 to ${BOUNDS.shards}`, 1, BOUNDS.shards),
    DEFAULTS.shards,
  ),
  chartsDir: z._default(literalPath, DEFAULTS.chartsDir),
  rules: z.pipe(
    z.prefault(
      z.strictObject({
        allHubs: z.optional(patterns),
        allSupport: z.optional(patterns),
        fileKeys: z._default(fileKeys, [...rules.fileKeys]),
        inertKeys: z._default(names, [...rules.inertKeys]),
        inertHubKeys: z._default(names, [...rules.inertHubKeys]),
        inertChartFiles: z.prefault(plainPatterns, [...rules.inertChartFiles]),
        triggersOnly: z.prefault(plainPatterns, [...rules.triggersOnly]),
        charts: z._default(z.record(text, plainPatterns), {}),
      }),
      {},
    ),
    z.transform((given) => {
      const defaults = defaultPatterns();
      const following: readonly (keyof typeof defaults)[] = (["allHubs", "allSupport"] as const)
        .filter((key) => given[key] === undefined);
      const { allHubs = defaults.allHubs, allSupport = defaults.allSupport } = given;
      return { ...given, allHubs, allSupport, following };
    }),
  ),
  isStaging: z._default(functionLike<(hub: HubEntry) => boolean>(), () => DEFAULTS.isStaging),
  labels: z.prefault(
    z.strictObject({
      skipDeploy: z._default(text, labels.skipDeploy),
      skipDeployHubs: z._default(text, labels.skipDeployHubs),
      deploySupport: z._default(text, labels.deploySupport),
      deployHubs: z._default(text, labels.deployHubs),
    }),
    {},
  ),
  runtime: z._default(z.readonly(runtime), [...DEFAULTS.runtime]),
  setup: z._default(stepsOfLeg, () => DEFAULTS.setup),
  after: z._default(stepsOfLeg, () => DEFAULTS.after),
  commands: z.prefault(
    z.strictObject({
      upgradeSupport: z._default(command("CLUSTER"), commands.upgradeSupport),
      upgradeHub: z._default(command("CLUSTER", "HUB"), commands.upgradeHub),
      healthCheck: z._default(z.nullable(command("CLUSTER", "HUB")), commands.healthCheck),
    }),
    {},
  ),
  jobs: z.prefault(jobs, {}),
  build: z.optional(z.strictObject({ steps: listedSteps, job: z.prefault(job, {}) })),
  concurrency: z.prefault(
    z.strictObject({ queue: z._default(z.enum(["max", "single"]), concurrency.queue) }),
    {},
  ),
  notify: z.prefault(
    z.strictObject({
      slack: z.optional(textOr(
        "secret",
        "the name of a secret, or { secret, text }",
        z.strictObject({ secret: secretName, text: z.optional(value) }),
      )),
    }),
    {},
  ),
  ledger: z.optional(z.strictObject({
    since: textLike(
      /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/,
      "the hash of a commit, 40 or 64 hex digits",
    ),
    environment: z._default(
      textLike(/^[\w.-]{1,100}$/, "letters, digits, '_', '.' and '-'"),
      "hubs",
    ),
    reconcile: z.optional(cron),
  })),
  dispatch: z.optional(z.boolean()),
  paused: z._default(paused, {}),
  comment: z.prefault(z.strictObject({ follows: z._default(z.array(plainText), []) }), {}),
  tasks: z._default(tasks, []),
  workflows: z._default(workflows, []),
  extend: z.optional(functionLike<NonNullable<Config["extend"]>>()),
}).check(
  z.refine(({ clusters, clustersDir }) => clusters === undefined || clustersDir === undefined, {
    error: 'expected no "clusters" beside it, which says where clusters are',
    path: ["clustersDir"],
  }),
  // The comment workflow tells by its name which workflow a plan is of.
  z.refine(({ tasks, name }) => !tasks.some((task) => task.name === name), {
    error: 'expected tasks with other names than the workflow that deploys, which is "name"',
    path: ["tasks"],
  }),
  z.refine(({ branches, defaultBranch }) => branches === undefined || defaultBranch === undefined, {
    error: 'expected no "branches" beside it, which says which branches deploy',
    path: ["defaultBranch"],
  }),
  z.refine(({ gate, layout }) => gate === "cluster" || layout === "four-jobs", {
    error:
      'expected "cluster" beside `layout: "pipelined"`, in which no cluster waits for another; ' +
      '"waves" lets some clusters go first',
    path: ["gate"],
  }),
  z.refine(({ jobs, layout }) => jobs.prod.maxParallel === undefined || layout === "four-jobs", {
    error:
      'expected none beside `layout: "pipelined"`: GitHub counts the legs of one matrix, and ' +
      'each cluster has one of its own; "jobs.canary.maxParallel" bounds how many clusters go at once',
    path: ["jobs", "prod", "maxParallel"],
  }),
  z.refine(({ branches = {}, ledger }) => ledger === undefined || deployAlike(branches), {
    error:
      'expected one branch that deploys "all", or no "ledger" beside it: one record cannot say ' +
      "what each of several branches has deployed",
    path: ["branches"],
  }),
  z.refine(({ ledger, paused }) => ledger !== undefined || Object.keys(paused).length === 0, {
    error: 'expected "ledger" beside it: without a record, what is held back would be forgotten',
    path: ["paused"],
  }),
  z.refine(({ ledger, concurrency }) => ledger !== undefined || concurrency.queue === "max", {
    error: 'expected "max", or "ledger" beside it: without a record, a run that gives way to a ' +
      "later one while it waits would be forgotten",
    path: ["concurrency", "queue"],
  }),
  z.refine(({ ledger, jobs, build }) => {
    const names = [...Object.values(jobs), build?.job].map((of) => of?.environment?.name);
    const kept = ledger?.environment.toLowerCase();
    return kept === undefined || !names.some((name) => name?.toLowerCase() === kept);
  }, {
    error: 'expected another environment than that of "ledger", which holds the record',
    path: ["jobs"],
  }),
);
