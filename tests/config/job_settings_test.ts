import assert from "node:assert/strict";
import type { Config } from "../../src/config/config.ts";
import { LEG, PROD_LEG } from "../../src/config/leg_values.ts";
import { parseConfig, type Settings } from "../../src/config/settings.ts";
import { formatProblem, UserError } from "../../src/errors.ts";
import { LEG_STEPS } from "../../src/ledger/leg_steps.ts";
import { always } from "../../src/workflow/functions.ts";
import { secret } from "../../src/workflow/github_context.ts";
import { script } from "../../src/workflow/script.ts";
import { run, uses } from "../../src/workflow/step.ts";

const FILE = "hubwright.config.ts";

function settings(config: Config): Settings {
  const parsed = parseConfig(config, FILE);
  assert.ok("defaultBranch" in parsed, JSON.stringify(parsed));
  return parsed;
}

function problems(config: unknown, text = ""): readonly string[] {
  const parsed = parseConfig(config, FILE, text);
  return "defaultBranch" in parsed ? [] : parsed.map(formatProblem);
}

const because = (why: string) => ({ access: "read", why }) as const;

Deno.test("Settings.jobs lets what one job is told win over what all are told, key by key", () => {
  const { jobs } = settings({
    jobs: {
      every: {
        runsOn: "ubuntu-slim",
        shell: "bash -leo pipefail {0}",
        env: { TERM: "dumb", REGION: "north" },
        permissions: { issues: because("to look at issues"), packages: because("to pull") },
        before: [{ name: "Everywhere", run: "true" }],
      },
      canary: {
        runsOn: ["self-hosted", "fleet"],
        env: { REGION: secret("REGION") },
        permissions: { packages: { access: "write", why: "to push" } },
        timeoutMinutes: 30,
        maxParallel: 4,
        before: [],
      },
      prod: { runsOn: { group: "fleet", labels: ["large"] }, environment: "prod/CLUSTER/HUB" },
    },
  });
  assert.deepEqual(JSON.parse(JSON.stringify(jobs.canary)), {
    runsOn: ["self-hosted", "fleet"],
    shell: "bash -leo pipefail {0}",
    env: { TERM: "dumb", REGION: JSON.parse(JSON.stringify(secret("REGION"))) },
    permissions: {
      issues: because("to look at issues"),
      packages: { access: "write", why: "to push" },
    },
    timeoutMinutes: 30,
    maxParallel: 4,
    checkout: {},
  });
  assert.deepEqual(jobs.canary.before(LEG), []);
  assert.deepEqual(jobs.plan.before().map(({ name }) => name), ["Everywhere"]);
  assert.deepEqual(jobs.prod.runsOn, { group: "fleet", labels: ["large"] });
  assert.deepEqual(jobs.prod.environment, { name: "prod/CLUSTER/HUB" });
  assert.equal(jobs.report.runsOn, "ubuntu-slim");
});

Deno.test("Settings.jobs is empty without a config", () => {
  const { jobs } = settings({});
  for (const { before: _, after: __, ...job } of Object.values(jobs)) {
    assert.deepEqual(job, { env: {}, permissions: {}, checkout: {} });
  }
});

Deno.test("Settings.jobs gives the steps of a job, as a list or for a leg, and the build's", () => {
  const { jobs, build, after } = settings({
    after: (leg) => [{ name: "Say", run: "true", env: { STATUS: leg.status } }],
    jobs: {
      prod: { after: (leg) => [{ name: "Tell", run: "true", env: { HUB: leg.hub_name } }] },
    },
    build: {
      steps: [{ name: "Build", run: "make images", workingDirectory: "images" }],
      job: { name: "Images", timeoutMinutes: 45 },
    },
  });
  assert.deepEqual(jobs.prod.after(PROD_LEG), [
    { name: "Tell", run: "true", env: { HUB: PROD_LEG.hub_name } },
  ]);
  assert.deepEqual(after(LEG), [{ name: "Say", run: "true", env: { STATUS: LEG.status } }]);
  assert.deepEqual(build?.steps(), [
    { name: "Build", run: "make images", workingDirectory: "images" },
  ]);
  assert.deepEqual([build?.job.name, build?.job.timeoutMinutes], ["Images", 45]);
});

Deno.test("Settings.setup() reads what run and uses make like what is written as an object", () => {
  const commit = "3d3c42e5aac5ba805825da76410c181273ba90b1";
  const tag = run({
    name: "Find the tag",
    id: "tag",
    if: always(),
    env: { A: "b" },
    outputs: ["name"],
    script: (env) => script`echo name=${env.A} >> "$GITHUB_OUTPUT"`,
  });
  const steps = [
    tag,
    uses({ name: "Local", uses: { kind: "local", path: "./a" }, with: { tag: tag.outputs.name } }),
    uses({ name: "Locked", uses: { kind: "locked", name: "owner/name" } }),
    uses({ name: "Pinned", uses: { kind: "pinned", name: "owner/x", commit, version: "v1" } }),
  ];
  const read = settings({ setup: steps }).setup(LEG);
  const [first, ...others] = read.map((step) => JSON.parse(JSON.stringify(step)));
  assert.deepEqual([first.name, first.id, first.env, first.run], [
    ...["Find the tag", "tag"] as const,
    { A: "b" },
    'echo name="$A" >> "$GITHUB_OUTPUT"',
  ]);
  assert.deepEqual(others.map(({ with: _, ...step }) => step), [
    { name: "Local", uses: "./a" },
    { name: "Locked", uses: "owner/name" },
    { name: "Pinned", uses: `owner/x@${commit}`, version: "v1" },
  ]);
});

const STOPS = "expected bash, sh, or a command of theirs that stops where one fails: " +
  '"bash -leo pipefail {0}", found';
const NAME = "expected a name of at most 50 characters on one line, without parentheses, found";
const RUNS_ON = "expected a label, a list of labels, or { group, labels }, found";
const STEPS = "expected a list of steps, or a function that gives one, found";

/** The value of a key, and what is said of it. */
const WRONG: readonly (readonly [key: string, value: unknown, said: string])[] = [
  [
    "name",
    "${{ github.actor }}",
    'expected no "${{": pass values through env, or as an expression of the leg',
  ],
  ["jobs.plans", {}, 'found the unknown key "plans"; did you mean "plan"?'],
  ["jobs.every.name", "x", 'found the unknown key "name"; check the spelling or remove it'],
  [
    "jobs.every.maxParallel",
    2,
    'found the unknown key "maxParallel"; check the spelling or remove it',
  ],
  [
    "jobs.canary.maxparallel",
    2,
    'found the unknown key "maxparallel"; did you mean "maxParallel"?',
  ],
  ["jobs.canary.maxParallel", 0, "expected a whole number from 1, found the number 0"],
  ["jobs.canary.runsOn", 3, `${RUNS_ON} the number 3`],
  ["jobs.canary.runsOn", [], "expected it not to be empty"],
  [
    "jobs.canary.container",
    3,
    "expected an image, or { image, env, volumes, options, credentials }, found the number 3",
  ],
  [
    "jobs.canary.container",
    { image: `a@sha256:${"0".repeat(64)}`, volume: ["b"] },
    'found the unknown key "volume"; did you mean "volumes"?',
  ],
  [
    "jobs.canary.container",
    "ghcr.io/octo/deployer:latest",
    'expected an image with its digest, "name:tag@sha256:" and 64 hexadecimal digits, found the ' +
    'text "ghcr.io/octo/deployer:latest"',
  ],
  [
    "jobs.canary.checkout",
    { submodule: true },
    'found the unknown key "submodule"; did you mean "submodules"?',
  ],
  [
    "jobs.canary.checkout.submodules",
    "all",
    'expected true, false or "recursive", found the text "all"',
  ],
  [
    "jobs.canary.checkout.fetchDepth",
    -1,
    "expected a whole number of commits, or 0 for all, found the number -1",
  ],
  ...[
    "bash {0}",
    "bash -l {0}",
    "bash -o pipefail {0}",
    "python",
    "zsh -e {0}",
    "bash -e",
    "bash --e {0}",
    "bash -en {0}",
    "bash -e +e {0}",
    "bash other.sh -e {0}",
    "bash -ec {0}",
    "bash -e -o noexec {0}",
    "bash --norc {0}",
    "bash -e {0} x",
  ].map(
    (name) => ["jobs.every.shell", name, `${STOPS} the text "${name}"`] as const,
  ),
  ...["Canary (lake)", " Canary", "Canary\n", "x".repeat(51), "${{ matrix.a }}", ""].map((name) =>
    ["jobs.prod.name", name, `${NAME} the text ${JSON.stringify(name)}`] as const
  ),
  ["jobs.prod.timeoutMinutes", 0, "expected a whole number of minutes from 1, found the number 0"],
  ["jobs.prod.timeoutMinutes", "10", 'expected a number, found the text "10"'],
  [
    "jobs.prod.env",
    { "A B": 1 },
    'expected the names of variables: letters, digits and "_", no digit first',
  ],
  [
    "jobs.prod.permissions",
    { content: {} },
    'found the unknown key "content"; did you mean "contents"?',
  ],
  ["jobs.prod.permissions.contents", "read", 'expected a mapping, found the text "read"'],
  [
    "jobs.prod.permissions.contents",
    { access: "none", why: "a" },
    'expected "read" or "write", found the text "none"',
  ],
  [
    "jobs.prod.environment",
    3,
    "expected the name of an environment, or { name, url, deployment }, found the number 3",
  ],
  ["jobs.prod.before", "x", `${STEPS} the text "x"`],
  ["jobs.plan.before", () => [], "expected a list of steps, found a function"],
  ["build.steps", () => [], "expected a list of steps, found a function"],
  ["concurrency.queue", "all", 'expected "max" or "single", found the text "all"'],
  [
    "concurrency.queue",
    "single",
    'expected "max", or "ledger" beside it: without a record, a run that gives way to a later one ' +
    "while it waits would be forgotten",
  ],
  [
    "rules.triggersOnly",
    ["!a"],
    'expected a pattern without "!": an exception belongs in "rules.allHubs"',
  ],
];

for (const [key, value, said] of WRONG) {
  Deno.test(`parseConfig() says what is wrong with ${Deno.inspect(value)} for ${key}`, () => {
    const config = key.split(".").reduceRight(
      (inside: unknown, name) => ({ [name]: inside }),
      value,
    );
    const [problem = "", ...more] = problems(config);
    assert.deepEqual(more, []);
    assert.ok(problem.endsWith(`: ${said}`), problem);
  });
}

Deno.test("parseConfig() takes the shells that stop at a command that fails", async () => {
  const shells = [
    ...["bash", "sh", "bash -e {0}", "sh -eu {0}", "bash -leo pipefail {0}", "/bin/bash -le {0}"],
    ...["bash --noprofile --norc -eo pipefail {0}", "bash -l -o errexit -o pipefail {0}"],
  ];
  const script = await Deno.makeTempFile();
  await Deno.writeTextFile(script, "false\necho never\n");
  for (const shell of shells) {
    assert.deepEqual(problems({ jobs: { every: { shell } } }), [], shell);
    if (!shell.includes("{0}")) continue;
    const [program = "", ...words] = shell.split(" ");
    const args = words.map((word) => word === "{0}" ? script : word);
    const { code, stdout } = await new Deno.Command(program, { args, stderr: "null" }).output();
    assert.deepEqual([code, new TextDecoder().decode(stdout)], [1, ""], shell);
  }
  await Deno.remove(script);
});

Deno.test("parseConfig() keeps the words for a leg to the jobs that have one", () => {
  const wrong = [
    ["every", "CLUSTER"],
    ["plan", "hub-HUB"],
    ["canary", "CLUSTER_HUB"],
    ["comment", { name: "a", url: "https://CLUSTER.example.org" }],
  ] as const;
  for (const [job, environment] of wrong) {
    const [problem = ""] = problems({ jobs: { [job]: { environment } } });
    assert.match(problem, /: expected no (?:CLUSTER or )?HUB, of which there is more than one/);
  }
  assert.deepEqual(problems({ jobs: { canary: { environment: "HUBS/CLUSTER" } } }), []);
});

Deno.test("parseConfig() keeps the ledger's environment to the ledger", () => {
  const ledger = { since: "a".repeat(40), environment: "fleet" };
  const wanted = 'expected another environment than that of "ledger", which holds the record';
  for (
    const  of of[
      { jobs: { prod: { environment: "Fleet" } } }, {
        build: { steps: [], job: { environment: { name: "fleet" } } },
      }
    ]
  ) {
    assert.deepEqual(problems({ ledger, ...of }), [`${FILE}: Cannot read "jobs": ${wanted}`]);
    assert.deepEqual(problems(of), []);
  }
});

Deno.test("Settings.jobs says where a step is wrong, with its place", () => {
  const text = `export default defineConfig({
  jobs: { every: { after: [{ name: "x", run: "true", shel: "bash" }] } },
});`;
  const { jobs } = parseConfig(
    { jobs: { every: { after: [{ name: "x", run: "true", shel: "bash" }] } } },
    FILE,
    text,
  ) as Settings;
  assert.throws(
    () => jobs.plan.after(),
    /^UserError: hubwright\.config\.ts:2:54: Cannot read "jobs\.every\.after\[0\]": .* did you mean "shell"\?$/,
  );
});

/** Steps that would make hubwright's own steps mean something else, or that GitHub refuses. */
const STEP_MISTAKES: readonly (readonly [step: object, said: RegExp])[] = [
  ...Object.values(LEG_STEPS).map((name) => typeof name === "string" ? name : name(12))
    .flatMap((name) => [name, ` ${name.toLowerCase()} `]).map(
      (name) => [{ name, run: "true" }, /a name that hubwright gives no step itself/] as const,
    ),
  ...["verdict", "Plan", "filter", "report"].map(
    (id) => [{ name: "a", uses: "./b", id }, /an id that hubwright gives no step itself/] as const,
  ),
  [{ name: "a", run: "b", id: "1a" }, /\.id": expected letters, digits, "_" and "-"/],
  [{ name: "a", run: "b", outputs: ["x"] }, /expected "id" beside "outputs"/],
  [{ name: "a", run: "b", id: "a", outputs: "x" }, /\.outputs": expected a list/],
  [{ name: "a", run: "b", continueOnError: "yes" }, /\.continueOnError": expected true or false/],
  [{ name: "a", run: "b", timeoutMinutes: 0.5 }, /\.timeoutMinutes": expected/],
  [{ name: "a", run: "b", shell: "bash -e" }, /\.shell": expected the name of a shell, or/],
  [{ name: "a", uses: "./b", shell: "bash" }, /found the unknown key "shell"/],
  [{ name: "a", uses: "./b", workingDirectory: "c" }, /the unknown key "workingDirectory"/],
  [{ name: "a", model: { kind: "run" } }, /found the unknown key "model"|expected text/],
];

for (const [step, said] of STEP_MISTAKES) {
  Deno.test(`Settings.jobs says what is wrong with the step ${Deno.inspect(step)}`, () => {
    const { jobs } = settings({ jobs: { canary: { before: [step] as never } } });
    assert.throws(() => jobs.canary.before(LEG), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, said);
      assert.match(error.message, /"jobs\.canary\.before\[0\]/);
      return true;
    });
  });
}

Deno.test("Settings.jobs takes steps with all that a step can have", () => {
  const step = {
    name: "All of it",
    id: "all",
    if: always(),
    env: { A: 1 },
    continueOnError: true,
    timeoutMinutes: 3,
    outputs: ["tag"],
    comment: "It may fail.",
    run: "true",
    shell: "python {0}",
    workingDirectory: "images",
  };
  const { jobs } = settings({ jobs: { canary: { before: [step] } } });
  assert.deepEqual(jobs.canary.before(LEG), [step]);
});
