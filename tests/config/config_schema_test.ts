import assert from "node:assert/strict";
import { DEFAULTS } from "../../src/config/defaults.ts";
import { LEG } from "../../src/config/leg_values.ts";
import { parseConfig } from "../../src/config/settings.ts";
import type { Settings } from "../../src/config/settings.ts";
import type { SetupStep } from "../../src/config/step_config.ts";
import { describeValue, formatProblem, UserError } from "../../src/errors.ts";
import type { WorkflowModel } from "../../src/workflow/model.ts";

const FILE = "hubwright.config.ts";

function settings(config: unknown): Settings {
  const parsed = parseConfig(config, FILE);
  assert.ok("defaultBranch" in parsed, JSON.stringify(parsed));
  return parsed;
}

function problems(config: unknown): readonly string[] {
  const parsed = parseConfig(config, FILE);
  return "defaultBranch" in parsed ? [] : parsed.map(withoutFile);
}

function withoutFile(problem: Parameters<typeof formatProblem>[0]): string {
  assert.equal(problem.file, FILE);
  return formatProblem({ ...problem, file: undefined });
}

function setupProblems(setup: unknown): readonly string[] {
  try {
    settings({ setup }).setup(LEG);
  } catch (error) {
    if (error instanceof UserError) return error.problems.map(withoutFile);
    throw error;
  }
  return [];
}

/** Everything that can be compared as data. */
const data = (settings: Settings) => JSON.parse(JSON.stringify(settings));

// README.md is held to list the defaults.
for (
  const config of [
    {},
    {
      defaultBranch: undefined,
      rules: { allHubs: undefined },
      labels: { skipDeploy: undefined },
      commands: undefined,
      notify: { slack: undefined },
    },
  ]
) {
  Deno.test(`parseConfig() has a default for every key of ${Deno.inspect(config)}`, () => {
    const { isStaging, setup } = settings(config);
    const { rules: { following, ...rules }, ...others } = data(settings(config));
    const { rules: { following: _, ...written }, ...defaults } = data(settings(DEFAULTS));
    assert.deepEqual({ rules, ...others }, { rules: written, ...defaults });
    assert.deepEqual(following, ["allHubs", "allSupport"]);
    assert.deepEqual(rules.inertKeys, ["metadata", "provider_url", "tenancy"]);
    assert.deepEqual([others.precision, others.chartsDir], ["cluster", "helm-charts"]);
    const names = ["staging", "dask-staging", "prod"];
    assert.deepEqual(names.map((name) => isStaging({ name })), [true, true, false]);
    assert.deepEqual(setup(LEG).map(({ name: _, ...step }) => step), [
      { uses: "./.github/actions/setup-deploy", with: { provider: LEG.provider } },
    ]);
  });
}

Deno.test("parseConfig() takes every key from the config", () => {
  const isStaging = () => true;
  const config = {
    defaultBranch: "release/2026",
    clustersDir: "clusters",
    ignoreClusters: [],
    precision: "hub",
    chartsDir: "charts",
    gate: "fleet",
    layout: "four-jobs",
    shards: 2,
    labels: { skipDeploy: "a", skipDeployHubs: "b", deploySupport: "c", deployHubs: "d" },
    runtime: ["deno", "task", "hubwright"],
    commands: {
      upgradeSupport: "s CLUSTER",
      upgradeHub: "h CLUSTER HUB",
      healthCheck: "HUB CLUSTER",
    },
    concurrency: { queue: "single" },
    name: "Roll out",
    notify: { slack: { secret: "SLACK_WEBHOOK", text: "It failed" } },
    ledger: { since: "a".repeat(40), environment: "fleet", reconcile: "17 4 * * *" },
    dispatch: true,
    paused: { "lake": "moving", "pond/support chart": "later" },
    comment: { follows: ["Check health"] },
    tasks: taskWith({ access: true, on: { dispatch: true, push: false }, rules: ["{cluster}/**"] }),
    workflows: () => [],
    extend: (workflow: WorkflowModel) => workflow,
  };
  const { rules, setup: _, after: __, jobs: ___, build, waves, ...rest } = settings({
    ...config,
    waves: [["pilot-*", "lake"], ["*"]],
    isStaging,
    rules: {
      allHubs: ["charts/**", "!charts/*.md"],
      allSupport: [],
      fileKeys: ["override", "gcp.key"],
      inertKeys: ["account"],
      inertHubKeys: ["display_name"],
      inertChartFiles: ["docs/**"],
      triggersOnly: [".github/workflows/deploy-hubs.yaml"],
      charts: { daskhub: ["images/dask/**"] },
    },
  });
  assert.deepEqual(rest, { ...config, isStaging, file: FILE });
  assert.deepEqual(waves?.map((wave) => wave.map(({ glob }) => glob)), [["pilot-*", "lake"], [
    "*",
  ]]);
  assert.deepEqual(rules.allHubs.map(({ glob, exception }) => [glob, exception]), [
    ["charts/**", false],
    ["charts/*.md", true],
  ]);
  assert.ok(rules.allHubs[0]?.matches("charts/a/b"));
  assert.deepEqual([rules.fileKeys, rules.inertKeys, rules.inertHubKeys], [
    ["override", "gcp.key"],
    ["account"],
    ["display_name"],
  ]);
  assert.ok(rules.inertChartFiles[0]?.matches("docs/a/b.md"));
  assert.ok(rules.charts.daskhub?.[0]?.matches("images/dask/Dockerfile"));
  assert.deepEqual(rules.allSupport, []);
  assert.deepEqual(rules.triggersOnly.map(({ glob }) => glob), [
    ".github/workflows/deploy-hubs.yaml",
  ]);
  assert.equal(build, undefined);
});

Deno.test("parseConfig() refuses branches beside what would contradict them", () => {
  const branches = { staging: "staging", prod: "prod" };
  assert.deepEqual(problems({ branches, defaultBranch: "main" }), [
    'Cannot read "defaultBranch": expected no "branches" beside it, which says which branches deploy',
  ]);
  const ledger = { since: "a".repeat(40) };
  assert.match(
    problems({ branches, ledger })[0] ?? "",
    /^Cannot read "branches": expected one branch/,
  );
  assert.equal(settings({ branches: { prod: "all" }, ledger }).defaultBranch, "prod");
  assert.equal(settings({ branches }).defaultBranch, "staging");
  assert.equal(settings({ branches: { ...branches, main: "all" } }).defaultBranch, "main");
});

Deno.test("parseConfig() refuses beside the pipelined layout what nothing there could hold to", () => {
  const layout = "pipelined";
  assert.match(problems({ layout, gate: "fleet" })[0] ?? "", /^Cannot read "gate": .*"waves"/);
  assert.match(
    problems({ layout, jobs: { prod: { maxParallel: 2 } } })[0] ?? "",
    /^Cannot read "jobs\.prod\.maxParallel": .*"jobs\.canary\.maxParallel"/,
  );
  assert.equal(settings({ layout, jobs: { canary: { maxParallel: 2 } } }).layout, layout);
});

Deno.test("parseConfig() keeps the defaults of the keys beside one that is given", () => {
  const { labels, commands, rules } = settings({
    labels: { skipDeploy: "skip" },
    commands: { upgradeHub: "x CLUSTER HUB" },
    rules: { allSupport: ["support/**"] },
  });
  const defaults = settings({});
  assert.deepEqual(labels, { ...defaults.labels, skipDeploy: "skip" });
  assert.deepEqual(commands, { ...defaults.commands, upgradeHub: "x CLUSTER HUB" });
  assert.equal(rules.allHubs.length, 3);
});

const PATH = "expected a plain path from the repository's root";
const BRANCH = "expected the name of a branch";
const SECRET = "expected the name of a secret";
const FILE_KEY = 'expected a key, or keys with "." between them, or { key, from: "root" }';
const NO_EXCEPTION = 'expected a pattern without "!": an exception belongs in "rules.allHubs"';
const EXPRESSION = 'expected no "${{": pass values through env, or as an expression of the leg';
const TASK_NAMES = 'expected a command that names CLUSTER and HUB, found the text "check CLUSTER"';
const ABOUT_CLUSTER = "expected a command without HUB, as it is about a cluster, found the text " +
  '"check CLUSTER HUB"';
const STARTS = "a schedule, dispatch, push or pullRequest";
const EMPTY_NAME = 'expected a name for every key, found the text ""';
const ONLY_EXCEPTIONS = 'expected a pattern without "!" beside the exceptions';
const CRON = 'expected five fields as cron has them, for instance "17 4 * * *", found the text ' +
  '"daily"';
const TEXT = "expected text, found";
const LAYOUT = 'expected "four-jobs" or "pipelined"';
const WAVE = 'expected a pattern of names, without "!" and "/"';
const REACH = 'expected "plan", or no "access": what a pull request brings must reach no cluster';
const RULE = 'expected a pattern, in which "{cluster}" and "{provider}" stand for names';
const TASK_NAME = 'expected a name of letters, digits, " ", "-" and brackets, 100 characters at ' +
  'most, found the text "Check: it"';
const SPELLING = "check the spelling or remove it";

/** A task of which one key is wrong. */
const taskWith = (more: Readonly<Record<string, unknown>>) => [{
  name: "Check",
  on: { push: true },
  each: "hub",
  run: "check CLUSTER HUB",
  ...more,
}];

type Wrong = readonly [key: string, value: unknown, said: string, at?: string];

/** Texts that a key cannot have. */
const texts = (key: string, wanted: string, ...values: readonly string[]) =>
  values.map((value): Wrong => [key, value, `${wanted}, found the text "${value}"`]);

/** The value of a key, what is said of it, and where in the value that is. */
const WRONG: readonly Wrong[] = [
  ["defaultBranch", 3, "expected text, found the number 3"],
  ...texts("defaultBranch", BRANCH, "v*", "refs/heads/main", "-x", "a..b", "a b", "main.lock"),
  ...texts("defaultBranch", BRANCH, "v[12]", "/a", "a/", "a//b"),
  ["defaultBranch", "", "expected it not to be empty"],
  ["branches", {}, "expected at least one branch by its name, found a mapping"],
  ["branches", { "a/**": "all" }, "expected at least one branch by its name, found a mapping"],
  [
    "branches.main",
    "everything",
    'expected "all" or "staging" or "prod", found the text "everything"',
  ],
  [
    "branches",
    { "v*": "all" },
    'expected the name of a branch, or a name and "/**" for every key, found the text "v*"',
  ],
  ["clustersDir", ["a"], "expected text, found a list"],
  ["clustersDir", "", "expected it not to be empty"],
  ...texts("clustersDir", PATH, "/clusters", "clusters/", "../clusters", "./clusters", "."),
  ...texts("clustersDir", PATH, "clusters/*", "a//b"),
  ...texts("chartsDir", PATH, "charts/", "/charts", "../charts", ".", "a//b", "charts/*"),
  ["ignoreClusters", "a", 'expected a list, found the text "a"'],
  ["ignoreClusters", ["a", 3], "expected text, found the number 3", "[1]"],
  ["ignoreClusters", [""], "expected it not to be empty", "[0]"],
  ["precision", "hubs", 'expected "cluster" or "hub", found the text "hubs"; did you mean "hub"?'],
  ["gate", "all", 'expected "cluster" or "fleet", found the text "all"'],
  ["layout", "all", `${LAYOUT}, found the text "all"`],
  ["shards", 0, "expected a whole number from 1 to 40, found the number 0"],
  ["shards", 1.5, "expected a whole number, found the number 1.5"],
  ["layout", "pipeline", `${LAYOUT}, found the text "pipeline"; did you mean "pipelined"?`],
  ["clusters", { read: () => null }, "expected a list, found nothing", ".files"],
  ["clusters", { files: ["a", 4], read: () => null }, `${TEXT} the number 4`, ".files[1]"],
  ["waves", [], 'expected it not to be empty; leave "waves" out where all clusters go at once'],
  ["waves", [["a/b"]], `${WAVE}, found the text "a/b"`, "[0][0]"],
  ["waves", [["a"], ["!b"]], `${WAVE}, found the text "!b"`, "[1][0]"],
  ["precision", true, 'expected "cluster" or "hub", found the boolean true'],
  ["precision", null, 'expected "cluster" or "hub", found nothing'],
  ["rules", null, "expected a mapping, found nothing"],
  ["rules", { hubs: [] }, `found the unknown key "hubs"; ${SPELLING}`],
  ["rules", { inertkeys: [] }, 'found the unknown key "inertkeys"; did you mean "inertKeys"?'],
  ["rules.allHubs", "deployer/**", 'expected a list, found the text "deployer/**"'],
  ["rules.allHubs", [/deployer/], "expected text, found a mapping", "[0]"],
  ["rules.fileKeys", "override", 'expected a list, found the text "override"'],
  ...["", "a..b", 1, { key: "a" }, { key: "a.", from: "root" }, null].map((key): Wrong => [
    ...["rules.fileKeys", ["a.b", key]] as const,
    `${FILE_KEY}, found ${describeValue(key)}`,
    "[1]",
  ]),
  [
    ...["rules.fileKeys", [{ key: "a", from: "root", x: 1 }]] as const,
    `found the unknown key "x"; ${SPELLING}`,
    "[0]",
  ],
  ["rules.inertKeys", { metadata: true }, "expected a list, found a mapping"],
  ["rules.inertKeys", [null], "expected text, found nothing", "[0]"],
  ["rules.inertHubKeys", [["a"]], "expected text, found a list", "[0]"],
  ["rules.inertChartFiles", ["!docs/**"], NO_EXCEPTION, "[0]"],
  ["rules.charts", ["daskhub"], "expected a mapping, found a list"],
  ["rules.charts", null, "expected a mapping, found nothing"],
  ["rules.charts.daskhub", "images/**", 'expected a list, found the text "images/**"'],
  ["rules.charts.daskhub", ["a", "!images/**"], NO_EXCEPTION, "[1]"],
  ["rules.charts", { "": ["a"] }, 'expected a name for every key, found the text ""'],
  ["isStaging", "staging", 'expected a function, found the text "staging"'],
  ["isStaging", null, "expected a function, found nothing"],
  ["labels", ["a"], "expected a mapping, found a list"],
  ["labels", { skip: "a" }, `found the unknown key "skip"; ${SPELLING}`],
  ["labels.skipDeploy", true, "expected text, found the boolean true"],
  ["labels.deployHubs", "", "expected it not to be empty"],
  ["runtime", "deno run", 'expected a list, found the text "deno run"'],
  ["runtime", [], "expected it not to be empty"],
  ["runtime", ["deno", ""], "expected it not to be empty", "[1]"],
  ["runtime", ["deno", 2], "expected text, found the number 2", "[1]"],
  ["runtime", ["${{ vars.DENO }}"], EXPRESSION, "[0]"],
  ["commands", { cleanUp: "d" }, `found the unknown key "cleanUp"; ${SPELLING}`],
  ["commands.upgradeSupport", ["a"], "expected text, found a list"],
  ["commands.upgradeHub", "", "expected it not to be empty"],
  ...texts("commands.upgradeSupport", "expected a command that names CLUSTER", "helm upgrade"),
  ...["commands.upgradeHub", "commands.healthCheck"].flatMap((key) =>
    texts(key, "expected a command that names CLUSTER and HUB", "deploy HUB", "check CLUSTER")
  ),
  ...texts(
    "commands.upgradeSupport",
    "expected a command without HUB, as it is about a cluster",
    "a CLUSTER HUB",
  ),
  ["commands.upgradeSupport", "deploy CLUSTER ${{ github.actor }}", EXPRESSION],
  ["notify", { email: "a" }, `found the unknown key "email"; ${SPELLING}`],
  ["notify.slack", 3, "expected the name of a secret, or { secret, text }, found the number 3"],
  ["notify.slack", { secret: "A-B" }, `${SECRET}, found the text "A-B"`, ".secret"],
  ["notify.slack", { text: "a" }, "expected text, found nothing", ".secret"],
  ["tasks", {}, "expected a list, found a mapping"],
  ["tasks", taskWith({ run: "check CLUSTER" }), TASK_NAMES, "[0].run"],
  ["tasks", taskWith({ each: "cluster" }), ABOUT_CLUSTER, "[0].run"],
  [
    "tasks",
    taskWith({ each: "fleet" }),
    'expected "cluster" or "hub", found the text "fleet"',
    "[0].each",
  ],
  ["tasks", taskWith({ when: 1 }), `found the unknown key "when"; ${SPELLING}`, "[0]"],
  ["tasks", taskWith({ on: {} }), `expected something that starts it: ${STARTS}`, "[0].on"],
  ["tasks", taskWith({ on: { schedule: "daily" } }), CRON, "[0].on.schedule"],
  ["tasks", taskWith({ on: { pullRequest: "run" }, access: true }), REACH, "[0].on.pullRequest"],
  [
    "tasks",
    taskWith({ rules: ["{hub}/**"] }),
    `${RULE}, found the text "{hub}/**"`,
    "[0].rules[0]",
  ],
  ["tasks", taskWith({ rules: ["!a/**", "!{cluster}/**"] }), ONLY_EXCEPTIONS, "[0].rules"],
  ["tasks", taskWith({ name: "Check: it" }), TASK_NAME, "[0].name"],
  [
    "tasks",
    taskWith({ name: "Deploy and test hubs" }),
    'expected tasks with other names than the workflow that deploys, which is "name"',
  ],
  [
    "tasks",
    [...taskWith({}), ...taskWith({ name: "check" })],
    "expected tasks with names that make different files, found a list",
  ],
  ["comment", { follow: [] }, 'found the unknown key "follow"; did you mean "follows"?'],
  ["comment.follows", ["${{ x }}"], EXPRESSION, "[0]"],
  ["extend", {}, "expected a function, found a mapping"],
  [
    "workflows",
    ["ci"],
    'expected a list of workflows whose files are in ".github/workflows", or a function that ' +
    "gives one, found a list",
  ],
  ...["${{ secrets.SLACK }}", "SLACK-WEBHOOK", "1A", "", "https://x"].map((name): Wrong => [
    ...["notify.slack", name] as const,
    `${SECRET}, found the text "${name}"`,
    ".secret",
  ]),
];

for (const [key, value, said, at = ""] of WRONG) {
  Deno.test(`parseConfig() says what is wrong with ${Deno.inspect(value)} for ${key}`, () => {
    const config = key.split(".").reduceRight((inside, name) => ({ [name]: inside }), value);
    assert.deepEqual(problems(config), [`Cannot read "${key}${at}": ${said}`]);
  });
}

for (
  const [config, found] of [
    [null, "expected a mapping, found nothing"],
    [[], "expected a mapping, found a list"],
    [() => ({}), "expected a mapping, found a function"],
    // What is not a plain object would hide every key.
    [new Map([["defaultBranch", "x"]]), "expected a mapping, found a mapping"],
    [Promise.resolve({}), "expected a mapping, found a promise: await it"],
    [
      { defaultbranch: "main" },
      'found the unknown key "defaultbranch"; did you mean "defaultBranch"?',
    ],
  ] as const
) {
  Deno.test(`parseConfig() says what is wrong with the config ${Deno.inspect(config)}`, () => {
    assert.deepEqual(problems(config), [`Cannot read it: ${found}`]);
  });
}

Deno.test("parseConfig() passes on what is wrong with a pattern", () => {
  for (const key of ["allHubs", "allSupport", "inertChartFiles"]) {
    const [problem, ...more] = problems({ rules: { [key]: ["ok/**", "docs/[ab].md"] } });
    assert.deepEqual(more, []);
    assert.match(problem ?? "", new RegExp(`"rules\\.${key}\\[1\\]".*"docs/\\[ab\\]\\.md".*"\\["`));
  }
});

Deno.test("parseConfig() says all that is wrong at once, and where in the config's text", () => {
  const text = `// clusterDir: where
const isStagin = "isStaging";
export default defineConfig({
  clusterDir: "a", // clusterDir
  "rules": { alHubs: [], allSupport: ["["] },
  labels: { skipDeploy: 1, "skipDeployHub": "labels:" },
  isStagin(hub) { return hub.isStagin; },
  notify,
  setup: [{ name: "x", uses: "./a", wiht: {} }],
});
`;
  const config = {
    clusterDir: "a",
    rules: { alHubs: [], allSupport: ["["] },
    labels: { skipDeploy: 1, skipDeployHub: "" },
    isStagin: () => true,
    notify: 3,
    commands: 3,
  };
  const parsed = parseConfig(config, FILE, text);
  assert.ok(Array.isArray(parsed));
  assert.deepEqual(
    parsed.map(formatProblem).map((line) => line.split(": ").slice(0, 2)).sort(),
    [
      [`${FILE}`, 'Cannot read "commands"'],
      [`${FILE}:4:3`, "Cannot read it"],
      [`${FILE}:5:14`, 'Cannot read "rules"'],
      [`${FILE}:5:26`, 'Cannot read "rules.allSupport[0]"'],
      [`${FILE}:6:13`, 'Cannot read "labels.skipDeploy"'],
      [`${FILE}:6:28`, 'Cannot read "labels"'],
      [`${FILE}:7:3`, "Cannot read it"],
      [`${FILE}:8:3`, 'Cannot read "notify"'],
    ].sort(),
  );
  const { setup } = parseConfig(
    { setup: [{ name: "x", uses: "./a", wiht: {} }] },
    FILE,
    text,
  ) as Settings;
  assert.throws(() => setup(LEG), /^UserError: hubwright\.config\.ts:9:37: .* did you mean "with"/);
});

Deno.test("parseConfig() takes the names in a command as words, or as the shell's variables", () => {
  const commands = ["deploy CLUSTER HUB", "HUB\tCLUSTER", 'd --cluster="$CLUSTER" --hub="${HUB}"'];
  for (const upgradeHub of commands) {
    assert.deepEqual(problems({ commands: { upgradeHub } }), [], upgradeHub);
  }
});

Deno.test("parseConfig() refuses a command in which the names are parts of other words", () => {
  // What is no word of its own would reach the shell as it is, and every hub be the same one.
  const commands = [
    ...["deploy MY_CLUSTER HUBS", "deploy --cluster=CLUSTER HUB"],
    ...["deploy CLUSTER/HUB CLUSTER HUB", "deploy 'CLUSTER' 'HUB'"],
  ];
  for (const upgradeHub of commands) {
    const [problem = ""] = problems({ commands: { upgradeHub } });
    assert.match(problem, /"commands\.upgradeHub"/, upgradeHub);
  }
});

Deno.test("parseConfig() takes the names that branches have", () => {
  for (const defaultBranch of ["main", "release/2026.1", "a_b-c", "HEAD-x"]) {
    assert.deepEqual(problems({ defaultBranch }), [], defaultBranch);
  }
  assert.equal(problems({ defaultBranch: "a".repeat(251) }).length, 1, "too long for a file");
});

Deno.test("parseConfig() takes charts whose names objects know", () => {
  const { rules } = settings({ rules: { charts: { constructor: ["a/**"], toString: [] } } });
  assert.deepEqual(Object.keys(rules.charts), ["constructor", "toString"]);
});

for (const setup of ["./setup", null, { name: "a", uses: "./a" }]) {
  Deno.test(`parseConfig() refuses ${Deno.inspect(setup)} for setup steps`, () => {
    const [problem = "", ...more] = problems({ setup });
    assert.deepEqual(more, []);
    assert.match(problem, /^Cannot read "setup": expected [^,]*list/);
    assert.equal(problem.split(", found ").length, 2, problem);
  });
}

const SHA = "3d3c42e5aac5ba805825da76410c181273ba90b1";

const STEPS: readonly SetupStep[] = [
  { name: "Local", uses: "./.github/actions/x", with: { a: 1, b: true, c: LEG.provider } },
  { name: "Pinned", uses: `actions/checkout@${SHA}`, version: "v7.0.1", env: { A: "b" } },
  { name: "Path", uses: `owner/name/path@${SHA}`, version: "v1", if: LEG.provider.equals("gcp") },
  { name: "Locked", uses: "owner/name/path", with: { a: 1 } },
  { name: "Script", run: 'echo "$A"\necho b', env: { A: LEG.cluster_name } },
];

Deno.test("Settings.setup() gives the steps of the config, as a list or for a leg", () => {
  for (const setup of [STEPS, []]) assert.deepEqual(settings({ setup }).setup(LEG), setup);
  const legs: unknown[] = [];
  const { setup } = settings({
    setup: (leg: unknown) => {
      legs.push(leg);
      return STEPS;
    },
  });
  assert.deepEqual(setup(LEG), STEPS);
  assert.deepEqual(legs, [LEG]);
});

const VALUE = "expected text, a number, true, false or an expression";

const PINNED =
  'expected a local action ("./path"), one of the lock ("owner/name"), or one pinned to a ' +
  'commit ("owner/name@" and 40 hexadecimal digits)';

const STEP_MISTAKES: readonly [step: unknown, at: string, said: string][] = [
  ["./setup", "", 'expected a mapping, found the text "./setup"'],
  [{ uses: "./a" }, ".name", `${TEXT} nothing`],
  [{ name: "a" }, "", 'expected "run", a script, or "uses", an action'],
  [{ name: "", uses: "./a" }, ".name", "expected it not to be empty"],
  [{ name: "a", run: 3 }, ".run", `${TEXT} the number 3`],
  [{ name: "a", uses: ["./a"] }, ".uses", `${TEXT} a list`],
  ...[
    ...["actions/checkout@v7", `checkout @${SHA}`, "docker://alpine@1", "../a@b", "@", "a@b"],
    `actions/checkout@${SHA.toUpperCase()}`,
  ].map((uses): [unknown, string, string] => [
    ...[{ name: "a", uses, version: "v1" }, ".uses"] as const,
    `${PINNED}, found the text "${uses}"`,
  ]),
  ...["docker://alpine", "../a", "checkout", "a/b c", "/a/b"].map(
    (uses): [unknown, string, string] => [
      ...[{ name: "a", uses }, ".uses"] as const,
      `${PINNED}, found the text "${uses}"`,
    ],
  ),
  ...["actions/checkout", "./a"].map((uses): [unknown, string, string] => [
    ...[{ name: "a", uses, version: "v1" }, ""] as const,
    'expected no "version" without a commit: actions.lock.json says both',
  ]),
  [
    ...[{ name: "a", uses: `actions/checkout@${SHA}` }, ""] as const,
    'expected "version" beside a commit: the version that it is, for instance "v1.2.3"',
  ],
  [{ name: "a", uses: "./a", wiht: {} }, "", 'found the unknown key "wiht"; did you mean "with"?'],
  [{ name: "a", uses: "./a", run: "b" }, "", `found the unknown key "uses"; ${SPELLING}`],
  [{ name: "a", uses: "./a", with: "b" }, ".with", 'expected a mapping, found the text "b"'],
  [{ name: "a", run: "b", env: ["c"] }, ".env", "expected a mapping, found a list"],
  [{ name: "a", run: "echo ${{ github.actor }}" }, ".run", EXPRESSION],
  [{ name: "${{ github.actor }}", run: "b" }, ".name", EXPRESSION],
  [
    { name: "a", run: "b", if: "always()" },
    ".if",
    'expected an expression, found the text "always()"',
  ],
  [{ name: "a", run: "b", env: { A: ["b"] } }, ".env.A", `${VALUE}, found a list`],
  [{ name: "a", uses: "./a", with: { "": 1 } }, ".with", EMPTY_NAME],
  [{ name: "a", uses: "./a", with: { a: null } }, ".with.a", `${VALUE}, found nothing`],
];

for (const [step, at, said] of STEP_MISTAKES) {
  Deno.test(`Settings.setup() says what is wrong with ${Deno.inspect(step)}`, () => {
    const expected = [`Cannot read "setup[0]${at}": ${said}`];
    assert.deepEqual(setupProblems([step]), expected);
    assert.deepEqual(setupProblems(() => [step]), expected);
  });
}

Deno.test("Settings.setup() says what is wrong with every step", () => {
  const steps = [{ name: "a", run: "" }, STEPS[0], { name: "b", uses: "x" }];
  assert.equal(setupProblems(steps).length, 2);
});

Deno.test("Settings.setup() says where the config gives no list", () => {
  for (const setup of [() => undefined, () => STEPS[0], async () => await Promise.resolve([])]) {
    assert.match(setupProblems(setup).join("\n"), /^Cannot read "setup": expected a list[^\n]*$/);
  }
});

Deno.test("parseConfig() does not take a name in an import for a key of the config", () => {
  const text = 'import {\n  secret,\n} from "a";\nexport default { notify: { slack: "a-b" } };\n';
  const parsed = parseConfig({ notify: { slack: "a-b" } }, FILE, text);
  assert.ok(Array.isArray(parsed));
  assert.match(
    parsed.map(formatProblem).join("\n"),
    /^hubwright\.config\.ts:4:28: Cannot read "notify\.slack\.secret": [^\n]*$/,
  );
});
