import assert from "node:assert/strict";
import type { SetupStep } from "../../src/config/config.ts";
import { parseConfig } from "../../src/config/settings.ts";
import type { Settings } from "../../src/config/settings.ts";
import { formatProblem, UserError } from "../../src/errors.ts";
import { context } from "../../src/workflow/expression.ts";

const FILE = "hubwright.config.ts";

/** The settings of a config in which nothing is wrong. */
function settings(config: unknown): Settings {
  const parsed = parseConfig(config, FILE);
  assert.ok("defaultBranch" in parsed, JSON.stringify(parsed));
  return parsed;
}

/** What is wrong with a config, without the file. */
function problems(config: unknown): readonly string[] {
  const parsed = parseConfig(config, FILE);
  return "defaultBranch" in parsed ? [] : parsed.map(withoutFile);
}

function withoutFile(problem: Parameters<typeof formatProblem>[0]): string {
  assert.equal(problem.file, FILE);
  return formatProblem({ ...problem, file: undefined });
}

const LEG = {
  cluster_name: context<string>("matrix", "jobs", "cluster_name"),
  provider: context<string>("matrix", "jobs", "provider"),
};

/** What is wrong with the setup steps of a config, without the file. */
function setupProblems(setup: unknown): readonly string[] {
  try {
    settings({ setup }).setup(LEG);
  } catch (error) {
    if (error instanceof UserError) return error.problems.map(withoutFile);
    throw error;
  }
  return [];
}

// The table of the design.
Deno.test("parseConfig() has a default for every key", () => {
  const { rules, isStaging, setup, ...rest } = settings({});
  assert.deepEqual(rest, {
    file: FILE,
    defaultBranch: "main",
    clustersDir: "config/clusters",
    ignoreClusters: ["templates"],
    precision: "cluster",
    chartsDir: "helm-charts",
    labels: {
      skipDeploy: "deployer:skip-deploy",
      skipDeployHubs: "deployer:skip-deploy-hubs",
      deploySupport: "deployer:deploy-support",
      deployHubs: "deployer:deploy-hubs",
    },
    runtime: [
      ...["deno", "run", "--no-npm", "--no-lock", "PERMISSIONS"],
      ".hubwright/hubwright.js",
    ],
    commands: {
      upgradeSupport: "deployer deploy-support CLUSTER",
      upgradeHub: "deployer deploy CLUSTER HUB",
      healthCheck: "deployer run-hub-health-check CLUSTER HUB",
    },
    notify: {},
  });
  assert.deepEqual(rules.allHubs.map(({ glob }) => glob), [
    "deployer/**",
    "helm-charts/basehub/**",
    "helm-charts/daskhub/**",
  ]);
  assert.deepEqual(rules.allSupport.map(({ glob }) => glob), ["helm-charts/support/**"]);
  const { allHubs: _, allSupport: __, ...others } = rules;
  assert.deepEqual(others, {
    following: ["allHubs", "allSupport"],
    fileKeys: [],
    inertKeys: ["metadata", "provider_url", "tenancy"],
    inertHubKeys: [],
    inertChartFiles: [],
    charts: {},
  });
  assert.deepEqual(["staging", "dask-staging", "prod"].map((name) => isStaging({ name })), [
    true,
    true,
    false,
  ]);
  const steps = setup(LEG);
  assert.deepEqual(steps.map(({ name: _, ...step }) => step), [
    { uses: "./.github/actions/setup-deploy", with: { provider: LEG.provider } },
  ]);
});

Deno.test("parseConfig() takes undefined for a key that is left out", () => {
  const { isStaging: _, setup: __, rules, ...rest } = settings({
    defaultBranch: undefined,
    rules: { allHubs: undefined },
    labels: { skipDeploy: undefined },
    commands: undefined,
    notify: { slack: undefined },
  });
  const defaults = settings({});
  assert.deepEqual(rest, {
    ...rest,
    labels: defaults.labels,
    commands: defaults.commands,
    notify: { slack: undefined },
    defaultBranch: "main",
  });
  assert.equal(rules.allHubs.length, 3);
});

Deno.test("parseConfig() takes every key from the config", () => {
  const isStaging = () => true;
  const config = {
    defaultBranch: "release/2026",
    clustersDir: "clusters",
    ignoreClusters: [],
    precision: "hub",
    chartsDir: "charts",
    labels: { skipDeploy: "a", skipDeployHubs: "b", deploySupport: "c", deployHubs: "d" },
    runtime: ["deno", "task", "hubwright"],
    commands: {
      upgradeSupport: "s CLUSTER",
      upgradeHub: "h CLUSTER HUB",
      healthCheck: "HUB CLUSTER",
    },
    notify: { slack: "SLACK_WEBHOOK" },
  };
  const { rules, setup: _, ...rest } = settings({
    ...config,
    isStaging,
    rules: {
      allHubs: ["charts/**", "!charts/*.md"],
      allSupport: [],
      fileKeys: ["override", "gcp.key"],
      inertKeys: ["account"],
      inertHubKeys: ["display_name"],
      inertChartFiles: ["docs/**"],
      charts: { daskhub: ["images/dask/**"] },
    },
  });
  assert.deepEqual(rest, { ...config, isStaging, file: FILE });
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
const EXPRESSION = 'expected no "${{": pass values through env, or as an expression of the leg';

/** A config with one mistake, and what is said of it. */
const MISTAKES: readonly [config: unknown, expected: string][] = [
  [null, "Cannot read it: expected a mapping, found nothing"],
  [[], "Cannot read it: expected a mapping, found a list"],
  [() => ({}), "Cannot read it: expected a mapping, found a function"],
  [
    { defaultbranch: "main" },
    'Cannot read it: found the unknown key "defaultbranch"; did you mean "defaultBranch"?',
  ],
  [
    { rules: { hubs: [] } },
    'Cannot read "rules": found the unknown key "hubs"; check the spelling or remove it',
  ],
  [
    { labels: { skip: "a" } },
    'Cannot read "labels": found the unknown key "skip"; check the spelling or remove it',
  ],
  [
    { commands: { cleanUp: "d" } },
    'Cannot read "commands": found the unknown key "cleanUp"; check the spelling or remove it',
  ],
  [
    { notify: { email: "a" } },
    'Cannot read "notify": found the unknown key "email"; check the spelling or remove it',
  ],
  [{ defaultBranch: 3 }, 'Cannot read "defaultBranch": expected text, found the number 3'],
  [
    { defaultBranch: "v*" },
    'Cannot read "defaultBranch": expected the name of a branch, found the text "v*"',
  ],
  [{ clustersDir: ["a"] }, 'Cannot read "clustersDir": expected text, found a list'],
  ...["/clusters", "clusters/", "../clusters", "./clusters", ".", "clusters/*", "a//b"].map(
    (path): [unknown, string] => [
      { clustersDir: path },
      `Cannot read "clustersDir": ${PATH}, found the text "${path}"`,
    ],
  ),
  [
    { ignoreClusters: "templates" },
    'Cannot read "ignoreClusters": expected a list, found the text "templates"',
  ],
  [
    { ignoreClusters: ["a", 3] },
    'Cannot read "ignoreClusters[1]": expected text, found the number 3',
  ],
  [{ ignoreClusters: [""] }, 'Cannot read "ignoreClusters[0]": expected it not to be empty'],
  [{ rules: null }, 'Cannot read "rules": expected a mapping, found nothing'],
  [
    { rules: { allHubs: "deployer/**" } },
    'Cannot read "rules.allHubs": expected a list, found the text "deployer/**"',
  ],
  [
    { rules: { allHubs: [/deployer/] } },
    'Cannot read "rules.allHubs[0]": expected text, found a mapping',
  ],
  [
    { isStaging: "staging" },
    'Cannot read "isStaging": expected a function, found the text "staging"',
  ],
  [{ isStaging: null }, 'Cannot read "isStaging": expected a function, found nothing'],
  [{ labels: ["a"] }, 'Cannot read "labels": expected a mapping, found a list'],
  [
    { labels: { skipDeploy: true } },
    'Cannot read "labels.skipDeploy": expected text, found the boolean true',
  ],
  [{ labels: { deployHubs: "" } }, 'Cannot read "labels.deployHubs": expected it not to be empty'],
  [{ runtime: "deno run" }, 'Cannot read "runtime": expected a list, found the text "deno run"'],
  [{ runtime: [] }, 'Cannot read "runtime": expected it not to be empty'],
  [{ runtime: ["deno", ""] }, 'Cannot read "runtime[1]": expected it not to be empty'],
  [{ runtime: ["deno", 2] }, 'Cannot read "runtime[1]": expected text, found the number 2'],
  [{ runtime: ["${{ vars.DENO }}"] }, `Cannot read "runtime[0]": ${EXPRESSION}`],
  [
    { commands: { upgradeSupport: ["a"] } },
    'Cannot read "commands.upgradeSupport": expected text, found a list',
  ],
  [
    { commands: { upgradeSupport: "helm upgrade" } },
    'Cannot read "commands.upgradeSupport": expected a command that names CLUSTER, found the text ' +
    '"helm upgrade"',
  ],
  [
    { commands: { upgradeHub: "deploy HUB" } },
    'Cannot read "commands.upgradeHub": expected a command that names CLUSTER and HUB, found the ' +
    'text "deploy HUB"',
  ],
  [
    { commands: { healthCheck: "check CLUSTER" } },
    'Cannot read "commands.healthCheck": expected a command that names CLUSTER and HUB, found the ' +
    'text "check CLUSTER"',
  ],
  [
    { commands: { upgradeSupport: "deploy CLUSTER ${{ github.actor }}" } },
    `Cannot read "commands.upgradeSupport": ${EXPRESSION}`,
  ],
  [{ notify: { slack: 3 } }, 'Cannot read "notify.slack": expected text, found the number 3'],
  ...["${{ secrets.SLACK }}", "SLACK-WEBHOOK", "1A", "", "https://hooks.slack.com/x"].map(
    (name): [unknown, string] => [
      { notify: { slack: name } },
      `Cannot read "notify.slack": expected the name of a secret, found the text "${name}"`,
    ],
  ),
];

for (const [config, expected] of MISTAKES) {
  Deno.test(`parseConfig() says what is wrong with ${Deno.inspect(config)}`, () => {
    assert.deepEqual(problems(config), [expected]);
  });
}

Deno.test("parseConfig() passes on what is wrong with a pattern", () => {
  for (const key of ["allHubs", "allSupport"]) {
    const [problem, ...more] = problems({ rules: { [key]: ["ok/**", "docs/[ab].md"] } });
    assert.deepEqual(more, []);
    assert.match(problem ?? "", new RegExp(`"rules\\.${key}\\[1\\]".*"docs/\\[ab\\]\\.md".*"\\["`));
  }
});

Deno.test("parseConfig() finds the place of each mistake in the config's text", () => {
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

Deno.test("parseConfig() says once that a text is empty", () => {
  for (
    const config of [{ clustersDir: "" }, { defaultBranch: "" }, { commands: { upgradeHub: "" } }]
  ) {
    assert.equal(problems(config).length, 1, problems(config).join("\n"));
  }
});

Deno.test("parseConfig() says all that is wrong at once", () => {
  const config = {
    defaultBranch: "",
    clustersDir: 3,
    rules: { allHubs: ["a?"] },
    x: 1,
    runtime: [],
  };
  const keys = problems(config).map((problem) => /^Cannot read "?([^":]+)/.exec(problem)?.[1]);
  assert.deepEqual([...new Set(keys)].sort(), [
    "clustersDir",
    "defaultBranch",
    "it",
    "rules.allHubs[0]",
    "runtime",
  ]);
});

Deno.test("parseConfig() refuses what is no plain object, which would hide every key", () => {
  for (
    const config of [Promise.resolve({ defaultBranch: "x" }), new Map([["defaultBranch", "x"]])]
  ) {
    assert.equal(problems(config).length, 1, Deno.inspect(config));
  }
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
    "deploy MY_CLUSTER HUBS",
    "deploy --cluster=CLUSTER HUB",
    "deploy CLUSTER/HUB CLUSTER HUB",
    "deploy 'CLUSTER' 'HUB'",
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
});

Deno.test("parseConfig() refuses what is no branch's name", () => {
  const names = ["refs/heads/main", "-x", "a..b", "a b", "main.lock", "v[12]", "/a", "a/", "a//b"];
  assert.equal(problems({ defaultBranch: "a".repeat(251) }).length, 1);
  for (const defaultBranch of names) {
    assert.deepEqual(problems({ defaultBranch }), [
      `Cannot read "defaultBranch": expected the name of a branch, found the text "${defaultBranch}"`,
    ]);
  }
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
  assert.deepEqual(settings({ setup: STEPS }).setup(LEG), STEPS);
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

Deno.test("Settings.setup() gives no steps where the config wants none", () => {
  assert.deepEqual(settings({ setup: [] }).setup(LEG), []);
});

const PINNED =
  'expected a local action ("./path"), one of the lock ("owner/name"), or one pinned to a ' +
  'commit ("owner/name@" and 40 hexadecimal digits)';

/** A setup step with one mistake, and what is said of it. */
const STEP_MISTAKES: readonly [step: unknown, expected: string][] = [
  ["./setup", 'Cannot read "setup[0]": expected a mapping, found the text "./setup"'],
  [{ uses: "./a" }, 'Cannot read "setup[0].name": expected text, found nothing'],
  [{ name: "", uses: "./a" }, 'Cannot read "setup[0].name": expected it not to be empty'],
  [{ name: "a", run: 3 }, 'Cannot read "setup[0].run": expected text, found the number 3'],
  [{ name: "a", uses: ["./a"] }, 'Cannot read "setup[0].uses": expected text, found a list'],
  ...["actions/checkout@v7", `checkout @${SHA}`, "docker://alpine@1", "../a@b", "@", "a@b"].map(
    (uses): [unknown, string] => [
      { name: "a", uses, version: "v1" },
      `Cannot read "setup[0].uses": ${PINNED}, found the text "${uses}"`,
    ],
  ),
  [
    { name: "a", uses: `actions/checkout@${SHA.toUpperCase()}`, version: "v1" },
    `Cannot read "setup[0].uses": ${PINNED}, found the text "actions/checkout@${SHA.toUpperCase()}"`,
  ],
  ...["docker://alpine", "../a", "checkout", "a/b c", "/a/b"].map((uses): [unknown, string] => [
    { name: "a", uses },
    `Cannot read "setup[0].uses": ${PINNED}, found the text "${uses}"`,
  ]),
  ...["actions/checkout", "./a"].map((uses): [unknown, string] => [
    { name: "a", uses, version: "v1" },
    'Cannot read "setup[0]": expected no "version" without a commit: actions.lock.json says both',
  ]),
  [
    { name: "a", uses: "./a", wiht: {} },
    'Cannot read "setup[0]": found the unknown key "wiht"; did you mean "with"?',
  ],
  [
    { name: "a", uses: "./a", with: "b" },
    'Cannot read "setup[0].with": expected a mapping, found the text "b"',
  ],
  [
    { name: "a", run: "b", env: ["c"] },
    'Cannot read "setup[0].env": expected a mapping, found a list',
  ],
  [{ name: "a", run: "echo ${{ github.actor }}" }, `Cannot read "setup[0].run": ${EXPRESSION}`],
  [{ name: "${{ github.actor }}", run: "b" }, `Cannot read "setup[0].name": ${EXPRESSION}`],
];

for (const [step, expected] of STEP_MISTAKES) {
  Deno.test(`Settings.setup() says what is wrong with ${Deno.inspect(step)}`, () => {
    assert.deepEqual(setupProblems([step]), [expected]);
    assert.deepEqual(setupProblems(() => [step]), [expected]);
  });
}

/** A setup step that hubwright could not write into a workflow. */
const REFUSED_STEPS: Readonly<Record<string, unknown>> = {
  "neither an action nor a script": { name: "a" },
  "both an action and a script": { name: "a", uses: "./a", run: "b" },
  "a commit without its version": { name: "a", uses: `actions/checkout@${SHA}` },
  "text for a condition": { name: "a", run: "b", if: "always()" },
  "a list for the value of a variable": { name: "a", run: "b", env: { A: ["b"] } },
  "nothing for the value of an input": { name: "a", uses: "./a", with: { a: null } },
};

for (const [what, step] of Object.entries(REFUSED_STEPS)) {
  Deno.test(`Settings.setup() refuses a step with ${what}`, () => {
    const [problem, ...more] = setupProblems([step]);
    assert.match(problem ?? "", /^Cannot read "setup\[0\]/);
    assert.deepEqual(more, []);
  });
}

Deno.test("Settings.setup() says what is wrong with every step", () => {
  assert.equal(
    setupProblems([{ name: "a", run: "" }, STEPS[0], { name: "b", uses: "x" }]).length,
    2,
  );
});

Deno.test("Settings.setup() says where the config gives no list", () => {
  for (const setup of [() => undefined, () => STEPS[0], async () => await Promise.resolve([])]) {
    assert.match(setupProblems(setup).join("\n"), /^Cannot read "setup": expected a list[^\n]*$/);
  }
});

Deno.test("Settings.setup() says on one line what the config threw", () => {
  const setup = () => {
    throw new RangeError("no such\nprovider");
  };
  const [problem = "", ...more] = setupProblems(setup);
  assert.deepEqual(more, []);
  assert.match(problem, /^Cannot make the setup steps: setup threw "no such\\nprovider"$/);
});
