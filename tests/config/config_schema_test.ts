import assert from "node:assert/strict";
import { DEFAULTS } from "../../src/config/defaults.ts";
import { LEG } from "../../src/config/leg_values.ts";
import type { Settings } from "../../src/config/settings.ts";
import type { Pattern } from "../../src/plan/pattern.ts";
import type { SetupStep } from "../../src/config/step_config.ts";
import type { WorkflowModel } from "../../src/workflow/model.ts";
import { FILE, problemsOf, settingsOf } from "./parsed_config.ts";

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
    const { isStaging, setup } = settingsOf(config);
    const { rules: { following, ...rules }, ...others } = data(settingsOf(config));
    const { rules: { following: _, ...written }, ...defaults } = data(settingsOf(DEFAULTS));
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
    tasks: [{
      name: "Check",
      on: { dispatch: true, push: false },
      each: "hub",
      rules: ["{cluster}/**"],
      run: "check CLUSTER HUB",
      access: true,
    }],
    workflows: () => [],
    extend: (workflow: WorkflowModel) => workflow,
  };
  const { rules, setup: _, after: __, jobs: ___, build, waves, ...rest } = settingsOf({
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
  const asText = ({ glob, exception }: Pattern) => `${exception ? "!" : ""}${glob}`;
  assert.deepEqual(waves?.map((wave) => wave.map(asText)), [["pilot-*", "lake"], ["*"]]);
  assert.ok(rules.allHubs[0]?.matches("charts/a/b"));
  const { charts: { daskhub = [] }, fileKeys, inertKeys, inertHubKeys, following, ...lists } =
    rules;
  assert.deepEqual([fileKeys, inertKeys, inertHubKeys, following, daskhub.map(asText)], [
    ["override", "gcp.key"],
    ["account"],
    ["display_name"],
    [],
    ["images/dask/**"],
  ]);
  const { allHubs, allSupport, inertChartFiles, triggersOnly } = lists;
  assert.deepEqual(
    [allHubs, allSupport, inertChartFiles, triggersOnly].map((of) => of.map(asText)),
    [
      ["charts/**", "!charts/*.md"],
      [],
      ["docs/**"],
      [".github/workflows/deploy-hubs.yaml"],
    ],
  );
  assert.equal(build, undefined);
});

Deno.test("parseConfig() takes for the default branch the first that deploys everything, or the first", () => {
  const branches = { staging: "staging", prod: "prod" };
  const ledger = { since: "a".repeat(40) };
  assert.equal(settingsOf({ branches: { prod: "all" }, ledger }).defaultBranch, "prod");
  assert.equal(settingsOf({ branches }).defaultBranch, "staging");
  assert.equal(settingsOf({ branches: { ...branches, main: "all" } }).defaultBranch, "main");
});

Deno.test("parseConfig() keeps the defaults of the keys beside one that is given", () => {
  const { labels, commands, rules } = settingsOf({
    labels: { skipDeploy: "skip" },
    commands: { upgradeHub: "x CLUSTER HUB" },
    rules: { allSupport: ["support/**"] },
  });
  const defaults = settingsOf({});
  assert.deepEqual(labels, { ...defaults.labels, skipDeploy: "skip" });
  assert.deepEqual(commands, { ...defaults.commands, upgradeHub: "x CLUSTER HUB" });
  assert.equal(rules.allHubs.length, 3);
});

Deno.test("parseConfig() passes on what is wrong with a pattern", () => {
  for (const key of ["allHubs", "allSupport", "inertChartFiles"]) {
    const [problem, ...more] = problemsOf({ rules: { [key]: ["ok/**", "docs/[ab].md"] } });
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
  const places = problemsOf(config, text).map((line) =>
    /^(?:\d+:\d+: )?Cannot .*?(?=:)/.exec(line)?.[0]
  );
  assert.deepEqual(places.sort(), [
    "4:3: Cannot read it",
    '5:14: Cannot read "rules"',
    '5:26: Cannot read "rules.allSupport[0]"',
    '6:13: Cannot read "labels.skipDeploy"',
    '6:28: Cannot read "labels"',
    "7:3: Cannot read it",
    '8:3: Cannot read "notify"',
    'Cannot read "commands"',
  ]);
  const { setup } = settingsOf({ setup: [{ name: "x", uses: "./a", wiht: {} }] }, text);
  assert.throws(() => setup(LEG), /^UserError: hubwright\.config\.ts:9:37: .* did you mean "with"/);
});

Deno.test("parseConfig() takes what is near to what it refuses", () => {
  const commands = ["deploy CLUSTER HUB", "HUB\tCLUSTER", 'd --cluster="$CLUSTER" --hub="${HUB}"'];
  const branches = ["main", "release/2026.1", "a_b-c", "HEAD-x"];
  const configs = [
    ...commands.map((upgradeHub) => ({ commands: { upgradeHub } })),
    ...branches.map((defaultBranch) => ({ defaultBranch })),
    { layout: "pipelined", jobs: { canary: { maxParallel: 2, environment: "HUBS/CLUSTER" } } },
    {
      jobs: { prod: { environment: "Fleet" } },
      build: { steps: [], job: { environment: "fleet" } },
    },
  ];
  for (const config of configs) assert.deepEqual(problemsOf(config), []);
});

Deno.test("parseConfig() takes charts whose names objects know", () => {
  const { rules } = settingsOf({ rules: { charts: { constructor: ["a/**"], toString: [] } } });
  assert.deepEqual(Object.keys(rules.charts), ["constructor", "toString"]);
});

const SHA = "3d3c42e5aac5ba805825da76410c181273ba90b1";

const STEPS: readonly SetupStep[] = [
  { name: "Local", uses: "./.github/actions/x", with: { a: 1, b: true, c: LEG.provider } },
  { name: "Pinned", uses: `actions/checkout@${SHA}`, version: "v7.0.1", env: { A: "b" } },
  { name: "Path", uses: `owner/name/path@${SHA}`, version: "v1", if: LEG.provider.equals("gcp") },
  { name: "Locked", uses: "owner/name/path", with: { a: 1 } },
  { name: "Script", run: 'echo "$A"\necho b', env: { A: LEG.cluster_name } },
];

Deno.test("Settings.setup() gives the steps of the config, as a list or for a leg", () => {
  for (const setup of [STEPS, []]) assert.deepEqual(settingsOf({ setup }).setup(LEG), setup);
  const legs: unknown[] = [];
  const { setup } = settingsOf({
    setup: (leg: unknown) => {
      legs.push(leg);
      return STEPS;
    },
  });
  assert.deepEqual(setup(LEG), STEPS);
  assert.deepEqual(legs, [LEG]);
});

Deno.test("parseConfig() does not take a name in an import for a key of the config", () => {
  const text = 'import {\n  secret,\n} from "a";\nexport default { notify: { slack: "a-b" } };\n';
  const said = problemsOf({ notify: { slack: "a-b" } }, text).join("\n");
  assert.match(said, /^4:28: Cannot read "notify\.slack\.secret": [^\n]*$/);
});
