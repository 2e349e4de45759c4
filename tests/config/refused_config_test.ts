/** What a config cannot say, key by key, and what is said of it. */
import assert from "node:assert/strict";
import { LEG } from "../../src/config/leg_values.ts";
import { describeValue, UserError } from "../../src/errors.ts";
import { LEG_STEPS } from "../../src/ledger/leg_steps.ts";
import { problemsOf, settingsOf } from "./parsed_config.ts";

/** A config of one key, or of one in it: `a.b[0]` is the first item of the list `b` in `a`. */
function configOf(key: string, value: unknown): unknown {
  const names = key.replaceAll("[", ".[").split(".");
  return names.reduceRight((inside, name) => name === "[0]" ? [inside] : { [name]: inside }, value);
}

type Refused = readonly [config: unknown, said: string];

/** A value with how begins what is said of it, at its key or, behind `|`, at a place in it. */
const says = (key: string, value: unknown, said: string): Refused => [
  configOf(key.replace(/\|.*/, ""), value),
  `Cannot read "${key.replace("|", "")}": ${said}`,
];

const wants = (key: string, wanted: string, ...values: readonly unknown[]) =>
  values.map((value) => says(key, value, `expected ${wanted}, found ${describeValue(value)}`));

/** A key in another that there is not, and what it may be meant to be. */
const unknown = (key: string, name: string, meant = "", more = {}) => {
  const hint = meant === "" ? "check the spelling or remove it" : `did you mean "${meant}"?`;
  return says(key, { ...more, [name]: {} }, `found the unknown key "${name}"; ${hint}`);
};

const SHA = "3d3c42e5aac5ba805825da76410c181273ba90b1";
const TASK = { name: "Check", on: { push: true }, each: "hub", run: "check CLUSTER HUB" };
const task = (at: string, more: object, said: string) =>
  says(`tasks|[0]${at}`, [{ ...TASK, ...more }], `expected ${said}`);

const both = (key: string, config: unknown, said: string): Refused => [
  config,
  `Cannot read "${key}": expected ${said}`,
];

const LEDGER = { since: "a".repeat(40), environment: "fleet" };
const BRANCHES = { staging: "staging", prod: "prod" };
const NO_PLACE = 'another environment than that of "ledger", which holds the record';
const BRANCH = "the name of a branch";
const FILE_KEY = 'a key, or keys with "." between them, or { key, from: "root" }';
const NO_EXCEPTION = 'expected a pattern without "!": an exception belongs in "rules.allHubs"';
const NO_EXPRESSION = 'expected no "${{": pass values through env, or as an expression of the leg';
const PATH = "a plain path from the repository's root";
const WAVE = 'a pattern of names, without "!" and "/"';
const ABOUT_CLUSTER = "a command without HUB, as it is about a cluster";
const BOTH = "a command that names CLUSTER and HUB";
const WORDS = 'CLUSTER and HUB as words of their own, or as "$CLUSTER" and "$HUB"';
const STOPS =
  'bash, sh, or a command of theirs that stops where one fails: "bash -leo pipefail {0}"';
const JOB_NAME = "a name of at most 50 characters on one line, without parentheses";
const STEPS = "a list of steps, or a function that gives one";
const WORKFLOWS =
  'a list of workflows whose files are in ".github/workflows", or a function that ' +
  "gives one";
const IMAGE = 'an image with its digest, "name:tag@sha256:" and 64 hexadecimal digits';
const CONTAINER = "an image, or { image, env, volumes, options, credentials }";
const NO_WORD = "no CLUSTER or HUB, of which there is more than one in this job";
const VARIABLES = 'expected the names of variables: letters, digits and "_", no digit first';
const EMPTY = "expected it not to be empty";

const REFUSED: readonly Refused[] = [
  ...wants("defaultBranch", "text", 3),
  ...wants("defaultBranch", BRANCH, "v*", "refs/heads/main", "-x", "a..b", "a b", "main.lock"),
  ...wants("defaultBranch", BRANCH, "v[12]", "/a", "a/", "a//b", "a".repeat(251)),
  ...wants("branches", "at least one branch by its name", {}, { "a/**": "all" }),
  ...wants("branches.main", '"all" or "staging" or "prod"', "everything"),
  says("branches", { "v*": "all" }, 'expected the name of a branch, or a name and "/**" for every'),
  ...wants("clusters", "a mapping", "config"),
  says("clusters|.files", { read: () => null }, "expected a list, found nothing"),
  says("clusters|.files[0]", { files: 4, read: () => null }, "expected text, found the number 4"),
  ...wants("clustersDir", "text", ["a"]),
  ...wants("clustersDir", PATH, "/clusters", "clusters/", "../clusters", "./clusters", "."),
  ...wants("clustersDir", PATH, "clusters/*", "a//b"),
  ...wants("chartsDir", PATH, "charts/"),
  ...wants("ignoreClusters", "a list", "a"),
  ...wants("ignoreClusters[0]", "text", 3),
  ...wants("precision", '"cluster" or "hub"', "all", true, null),
  says(
    "precision",
    "hubs",
    'expected "cluster" or "hub", found the text "hubs"; did you mean "hub"?',
  ),
  ...wants("gate", '"cluster" or "fleet"', "all"),
  says("layout", "all", 'expected "four-jobs" or "pipelined", found the text "all"'),
  says("layout", "pipeline", 'expected "four-jobs" or "pipelined", found the text "pipeline"; did'),
  ...wants("shards", "a whole number from 1 to 40", 0, 41),
  ...wants("shards", "a whole number", 1.5),
  says("waves", [], `${EMPTY}; leave "waves" out where all clusters go at once`),
  ...wants("waves[0][0]", WAVE, "a/b", "!b"),
  ...wants("rules", "a mapping", null),
  ...wants("rules.allHubs", "a list", "deployer/**"),
  ...wants("rules.allHubs[0]", "text", /deployer/),
  ...wants("rules.fileKeys", "a list", "override"),
  ...wants("rules.fileKeys[0]", FILE_KEY, "", "a..b", 1, { key: "a" }, null),
  ...wants("rules.fileKeys[0]", FILE_KEY, { key: "a.", from: "root" }),
  ...wants("rules.inertKeys", "a list", { metadata: true }),
  ...wants("rules.inertKeys[0]", "text", null),
  ...wants("rules.inertHubKeys[0]", "text", ["a"]),
  says("rules.inertChartFiles[0]", "!docs/**", NO_EXCEPTION),
  says("rules.triggersOnly[0]", "!a", NO_EXCEPTION),
  ...wants("rules.charts", "a mapping", ["daskhub"], null),
  ...wants("rules.charts.daskhub", "a list", "images/**"),
  says("rules.charts.daskhub[0]", "!images/**", NO_EXCEPTION),
  says("rules.charts", { "": ["a"] }, 'expected a name for every key, found the text ""'),
  ...wants("isStaging", "a function", "staging", null),
  ...wants("labels", "a mapping", ["a"]),
  ...wants("labels.skipDeploy", "text", true),
  ...wants("runtime", "a list", "deno run"),
  ...wants("runtime[0]", "text", 2),
  ...wants("runtime[0]", `no '""$': leave out the empty quotes before the variable`, '""$A'),
  says(
    "runtime",
    ["deno", "run", "PERMISSIONS", "a.ts"],
    "expected --no-npm, or --frozen, before ",
  ),
  ...wants("commands.upgradeSupport", "text", ["a"]),
  ...wants("commands.upgradeSupport", "a command that names CLUSTER", "helm upgrade"),
  ...wants("commands.upgradeSupport", ABOUT_CLUSTER, "a CLUSTER HUB"),
  ...wants("commands.healthCheck", BOTH, "deploy HUB", "check CLUSTER"),
  // What is no word of its own would reach the shell as it is, and every hub be the same one.
  ...wants("commands.upgradeHub", BOTH, "deploy HUB", "check CLUSTER", "deploy MY_CLUSTER HUBS"),
  ...wants("commands.upgradeHub", WORDS, "deploy CLUSTER/HUB CLUSTER HUB", "x=HUB CLUSTER HUB"),
  ...wants("commands.upgradeHub", WORDS, "deploy 'CLUSTER' CLUSTER HUB"),
  ...wants("notify.slack", "the name of a secret, or { secret, text }", 3),
  says("notify.slack|.secret", { text: "a" }, "expected text, found nothing"),
  ...wants("notify.slack|.secret", "the name of a secret", "${{ secrets.SLACK }}", "1A", "", "A-B"),
  ...wants("tasks", "a list", {}),
  task(".run", { run: "check CLUSTER" }, `${BOTH}, found the text "check CLUSTER"`),
  task(".run", { each: "cluster" }, `${ABOUT_CLUSTER}, found the text "check CLUSTER HUB"`),
  task(".each", { each: "fleet" }, '"cluster" or "hub", found the text "fleet"'),
  task(".on", { on: {} }, "something that starts it: a schedule, dispatch, push or pullRequest"),
  task(".on.schedule", { on: { schedule: "daily" } }, "five fields as cron has them, for instance"),
  task(".on.pullRequest", { on: { pullRequest: "run" }, access: true }, '"plan", or no "access": '),
  task(".rules[0]", { rules: ["{hub}/**"] }, 'a pattern, in which "{cluster}" and "{provider}" '),
  task(".rules", { rules: ["!a/**", "!{cluster}/**"] }, 'a pattern without "!" beside the except'),
  task(
    ".name",
    { name: "Check: it" },
    'a name of letters, digits, " ", "-" and brackets, 100 char',
  ),
  says(
    "tasks",
    [{ ...TASK, name: "Deploy and test hubs" }],
    "expected tasks with other names than ",
  ),
  says(
    "tasks",
    [TASK, { ...TASK, name: "check" }],
    "expected tasks with names that make different ",
  ),
  ...wants("extend", "a function", {}),
  ...wants("workflows", WORKFLOWS, ["ci"]),
  ...wants("jobs.canary.maxParallel", "a whole number from 1", 0),
  ...wants("jobs.canary.runsOn", "a label, a list of labels, or { group, labels }", 3),
  ...wants("jobs.canary.container", CONTAINER, 3),
  ...wants("jobs.canary.container|.image", IMAGE, "ghcr.io/octo/deployer:latest"),
  ...wants("jobs.canary.checkout.submodules", 'true, false or "recursive"', "all"),
  ...wants("jobs.canary.checkout.fetchDepth", "a whole number of commits, or 0 for all", -1),
  ...wants("jobs.every.shell", STOPS, "bash {0}", "bash -l {0}", "bash -o pipefail {0}", "python"),
  ...wants("jobs.every.shell", STOPS, "zsh -e {0}", "bash -e", "bash --e {0}", "bash -en {0}"),
  ...wants("jobs.every.shell", STOPS, "bash -e +e {0}", "bash other.sh -e {0}", "bash -ec {0}"),
  ...wants("jobs.every.shell", STOPS, "bash -e -o noexec {0}", "bash --norc {0}", "bash -e {0} x"),
  ...wants("jobs.prod.name", JOB_NAME, "Canary (lake)", " Canary", "Canary\n", "x".repeat(51), ""),
  ...wants("jobs.prod.name", JOB_NAME, "${{ matrix.a }}"),
  ...wants("jobs.prod.timeoutMinutes", "a whole number of minutes from 1", 0),
  ...wants("jobs.prod.timeoutMinutes", "a number", "10"),
  says("jobs.prod.env", { "A B": 1 }, VARIABLES),
  ...wants("jobs.prod.permissions.contents", "a mapping", "read"),
  says(
    "jobs.prod.permissions.contents|.access",
    { access: "none", why: "a" },
    'expected "read" or',
  ),
  ...wants("jobs.prod.environment", "the name of an environment, or { name, url, deployment }", 3),
  // The words for a leg belong to the jobs that have one.
  ...wants("jobs.every.environment|.name", NO_WORD, "CLUSTER", "hub-HUB"),
  ...wants("jobs.canary.environment|.name", NO_WORD.replace("CLUSTER or ", ""), "CLUSTER_HUB"),
  says("jobs.plan.environment|.url", { name: "a", url: "a/CLUSTER" }, `expected ${NO_WORD}`),
  ...wants("jobs.prod.before", STEPS, "x"),
  ...wants("setup", STEPS, "./setup", null, { name: "a", uses: "./a" }),
  ...wants("jobs.plan.before", "a list of steps", () => []),
  ...wants("build.steps", "a list of steps", () => []),
  ...wants("concurrency.queue", '"max" or "single"', "all"),
  unknown("rules", "hubs"),
  unknown("rules", "inertkeys", "inertKeys"),
  unknown("rules.fileKeys[0]", "x", "", { key: "a", from: "root" }),
  unknown("labels", "skip"),
  unknown("commands", "cleanUp"),
  unknown("notify", "email"),
  unknown("comment", "follow", "follows"),
  unknown("tasks[0]", "when", "", TASK),
  unknown("jobs", "plans", "plan"),
  unknown("jobs.every", "name"),
  unknown("jobs.every", "maxParallel"),
  unknown("jobs.canary", "maxparallel", "maxParallel"),
  unknown("jobs.canary.checkout", "submodule", "submodules"),
  unknown("jobs.canary.container", "volume", "volumes", { image: `a@sha256:${"0".repeat(64)}` }),
  unknown("jobs.prod.permissions", "content", "contents"),
  ...["defaultBranch", "clustersDir", "ignoreClusters[0]", "labels.deployHubs", "runtime[0]"]
    .concat("commands.upgradeHub").map((key) => says(key, "", EMPTY)),
  ...["runtime", "jobs.canary.runsOn"].map((key) => says(key, [], EMPTY)),
  ...["name", "runtime[0]", "commands.upgradeSupport", "comment.follows[0]"]
    .map((key) => says(key, "CLUSTER ${{ github.actor }}", NO_EXPRESSION)),
  // Keys that do not go together.
  says("concurrency.queue", "single", 'expected "max", or "ledger" beside it: '),
  says("paused", { lake: "an exam" }, 'expected "ledger" beside it: '),
  both("defaultBranch", { branches: BRANCHES, defaultBranch: "main" }, 'no "branches" beside it'),
  both("branches", { branches: BRANCHES, ledger: LEDGER }, 'one branch that deploys "all"'),
  both(
    "gate",
    { layout: "pipelined", gate: "fleet" },
    '"cluster" beside `layout: "pipelined"`, in',
  ),
  both(
    "jobs.prod.maxParallel",
    { layout: "pipelined", jobs: { prod: { maxParallel: 2 } } },
    "none ",
  ),
  both("jobs", { ledger: LEDGER, jobs: { prod: { environment: "Fleet" } } }, NO_PLACE),
  both("jobs", { ledger: LEDGER, build: { steps: [], job: { environment: "fleet" } } }, NO_PLACE),
];

Deno.test("parseConfig() says of a value that it refuses where it is, what was expected and found", () => {
  for (const [config, said] of REFUSED) {
    const [found = "", ...more] = problemsOf(config);
    assert.equal(found.slice(0, said.length), said);
    assert.deepEqual(more, []);
  }
});

Deno.test("parseConfig() says what is wrong with the config as a whole", () => {
  for (
    const [config, found] of [
      [null, "expected a mapping, found nothing"],
      [[], "expected a mapping, found a list"],
      [() => ({}), "expected a mapping, found a function"],
      // What is not a plain object would hide every key.
      [new Map([["defaultBranch", "x"]]), "expected a mapping, found a mapping"],
      [Promise.resolve({}), "expected a mapping, found a promise: await it"],
      [
        { defaultbranch: 1 },
        'found the unknown key "defaultbranch"; did you mean "defaultBranch"?',
      ],
    ] as const
  ) {
    assert.deepEqual(problemsOf(config), [`Cannot read it: ${found}`]);
  }
});

function stepProblems(steps: unknown): readonly string[] {
  try {
    settingsOf({ setup: steps }).setup(LEG);
  } catch (error) {
    if (error instanceof UserError) return error.problems.map(({ message }) => message);
    throw error;
  }
  return [];
}

const [USES, RUN] = [{ name: "a", uses: "./a" }, { name: "a", run: "b" }];

/** A step with what is said of it, or of a key of it. */
const step = (step: unknown, at: string, said: string) => [step, `[0]${at}": ${said}`] as const;

const stepWants = (base: object, key: string, wanted: string, ...values: readonly unknown[]) =>
  values.map((value) =>
    step({ ...base, [key]: value }, `.${key}`, `expected ${wanted}, found ${describeValue(value)}`)
  );

const VALUE = "expected text, a number, true, false or an expression, found";
const PINNED = 'a local action ("./path"), one of the lock ("owner/name"), or one pinned to a ' +
  'commit ("owner/name@" and 40 hexadecimal digits)';
const OWN_NAME = "a name that hubwright gives no step itself";
const OWN_ID = "an id that hubwright gives no step itself";
const SHELL = 'the name of a shell, or a command with "{0}" for the script';
const ID = 'letters, digits, "_" and "-", no digit first';
const NO_VERSION = 'expected no "version" without a commit: actions.lock.json says both';

/** Steps that GitHub refuses, or that would make hubwright's own mean something else. */
const REFUSED_STEPS = [
  step("./setup", "", 'expected a mapping, found the text "./setup"'),
  step({ name: "a" }, "", 'expected "run", a script, or "uses", an action'),
  step({ name: "", uses: "./a" }, ".name", "expected it not to be empty"),
  ...stepWants(RUN, "name", "text", undefined),
  ...stepWants(RUN, "run", "text", 3),
  ...stepWants(USES, "uses", "text", ["./a"]),
  ...stepWants({ name: "a", version: "v1" }, "uses", PINNED, "actions/checkout@v7", "@", "a@b"),
  ...stepWants({ name: "a", version: "v1" }, "uses", PINNED, `checkout @${SHA}`, "../a@b"),
  ...stepWants({ name: "a", version: "v1" }, "uses", PINNED, `a/b@${SHA.toUpperCase()}`, "d://a@1"),
  ...stepWants(USES, "uses", PINNED, "docker://alpine", "../a", "checkout", "a/b c", "/a/b"),
  step({ ...USES, version: "v1" }, "", NO_VERSION),
  step({ name: "a", uses: "actions/checkout", version: "v1" }, "", NO_VERSION),
  step({ name: "a", uses: `a/b@${SHA}` }, "", 'expected "version" beside a commit: the version '),
  step({ ...USES, wiht: {} }, "", 'found the unknown key "wiht"; did you mean "with"?'),
  ...Object.entries({ uses: RUN, shell: USES, workingDirectory: USES }).map(([key, base]) =>
    step({ ...base, [key]: "x" }, "", `found the unknown key "${key}"; check the spelling`)
  ),
  ...stepWants(USES, "with", "a mapping", "b"),
  ...stepWants(RUN, "env", "a mapping", ["c"]),
  ...stepWants(RUN, "if", "an expression", "always()"),
  ...stepWants(RUN, "run", `no '""$': leave out the empty quotes before the variable`, 'echo ""$A'),
  step({ name: "a", run: "echo ${{ github.actor }}" }, ".run", NO_EXPRESSION),
  step({ name: "${{ github.actor }}", run: "b" }, ".name", NO_EXPRESSION),
  step({ ...RUN, env: { A: ["b"] } }, ".env.A", `${VALUE} a list`),
  ...["A-B", "", "1", "a b", "a=b", "a\n"].map((name) =>
    step({ ...RUN, env: { [name]: "z" } }, ".env", VARIABLES)
  ),
  step({ ...USES, with: { "": 1 } }, ".with", 'expected a name for every key, found the text ""'),
  step({ ...USES, with: { a: null } }, ".with.a", `${VALUE} nothing`),
  ...Object.values(LEG_STEPS).map((name) => typeof name === "string" ? name : name(12))
    .flatMap((name) => stepWants(RUN, "name", OWN_NAME, name, ` ${name.toLowerCase()} `)),
  ...stepWants(USES, "id", OWN_ID, "verdict", "Plan", "filter", "report"),
  ...stepWants(RUN, "id", ID, "1a"),
  step({ ...RUN, outputs: ["x"] }, "", 'expected "id" beside "outputs": they are read by it'),
  ...stepWants({ ...RUN, id: "a" }, "outputs", "a list", "x"),
  ...stepWants(RUN, "continueOnError", "true or false", "yes"),
  ...stepWants(RUN, "timeoutMinutes", "a whole number", 0.5),
  ...stepWants(RUN, "shell", SHELL, "bash -e"),
];

Deno.test("Settings.setup() says of a step that it refuses what was expected and found", () => {
  for (const [step, said] of REFUSED_STEPS) {
    const [found = "", ...more] = stepProblems([step]);
    assert.ok(found.startsWith(`Cannot read "setup${said}`), found);
    assert.deepEqual(more, []);
  }
});

Deno.test("Settings.setup() says what is wrong with every step, and where there is no list", () => {
  const steps = [{ name: "a", run: "" }, USES, { name: "b", uses: "x" }];
  assert.equal(stepProblems(steps).length, 2);
  assert.deepEqual(stepProblems(() => steps), stepProblems(steps));
  assert.match(
    stepProblems([{ name: "a", model: { kind: "run" } }]).join(),
    /found the unknown key "model"|expected text/,
  );
  for (const setup of [() => undefined, () => USES, async () => await Promise.resolve([])]) {
    assert.match(stepProblems(setup).join("\n"), /^Cannot read "setup": expected a list[^\n]*$/);
  }
});
