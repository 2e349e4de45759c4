/** One thing after the other on one fleet, over real git and the generated workflows with a ledger. */
import assert from "node:assert/strict";
import type { Config } from "../../src/config/config.ts";
import type { Change, StepOfSequence } from "../../src/simulate/record.ts";
import { type ReadyChange, runSequence } from "../../src/simulate/sequence.ts";
import { parseStep } from "../../src/simulate/sequence_step.ts";
import type { Sandbox } from "../cli/sandbox.ts";
import { headOf } from "../git/temp_repository.ts";
import { change, exampleRepository, legsOf, simulatorOf } from "./example.ts";
import { fastMachinesOfLedger } from "./fast_machines.ts";
import { ledgerRepository, setConfig } from "./fleet_repository.ts";

const PLANKTON = "config/clusters/lake/plankton.values.yaml";
const KELP = "config/clusters/fjord/kelp.values.yaml";
const WORKSHOP = "config/clusters/summit/workshop.values.yaml";

/**
 * A repository whose branches are the commits of a history: `start`, `plankton` and `kelp` after
 * each other, each of which changes that hub. `whole`, there is also `workshop` after them, `other`
 * beside plankton, and behind `start` one that pauses plankton, changes it, and lets it go on.
 */
async function history(config: Config, whole: boolean): Promise<Sandbox> {
  const repository = await ledgerRepository(config);
  const branch = (name: string, commit: string) =>
    repository.write(`.git/refs/heads/${name}`, `${commit}\n`);
  const back = () => repository.git("reset", "--quiet", "--hard", "start");
  await branch("start", await headOf(repository.path));
  await branch("plankton", await change(repository, PLANKTON));
  await branch("kelp", await change(repository, KELP));
  if (!whole) return repository;
  await branch("workshop", await change(repository, WORKSHOP));
  await back();
  await branch("other", await change(repository, KELP));
  await back();
  await setConfig(repository, { ...config, paused: { "lake/plankton": "its database is moved" } });
  await branch("paused", await change(repository, PLANKTON, WORKSHOP));
  await setConfig(repository, config);
  await branch("resumed", await repository.commit("Go on"));
  return repository;
}

const PIPELINED: Config = { layout: "pipelined" };
const WAVES: Config = { waves: [["lake"], ["*"]] };
const BUILD: Config = {
  jobs: { canary: { name: "First" }, prod: { name: "Then" }, report: { name: "Written" } },
  build: { steps: [{ name: "Build", run: "true" }] },
};

/** Simulators of that history, by what the config says besides. */
const simulators = new Map<string, ReturnType<typeof makeSimulator>>();

/** A simulator for many sequences: what a step needs is made ready once, whatever goes wrong. */
async function makeSimulator(config: Config) {
  const repository = await history(config, Object.keys(config).length === 0);
  const simulator = await simulatorOf(repository, { machines: fastMachinesOfLedger });
  const ready = new Map<string, Promise<ReadyChange>>();
  const reached = new Map<string, Promise<boolean>>();
  return {
    prepare: (change: Change) =>
      ready.getOrInsertComputed(JSON.stringify(change), () => simulator.prepare(change)),
    isAncestor: (base: string, head: string) =>
      reached.getOrInsertComputed(
        `${base} ${head}`,
        () =>
          repository.git("merge-base", "--is-ancestor", base, head).then(() => true, () => false),
      ),
    async [Symbol.asyncDispose]() {
      await simulator[Symbol.asyncDispose]();
      await repository[Symbol.asyncDispose]();
    },
  };
}

async function simulate(
  steps: readonly string[],
  config: Config = {},
): Promise<readonly StepOfSequence[]> {
  const key = JSON.stringify(config);
  const simulator = await simulators.getOrInsertComputed(key, () => makeSimulator(config));
  const { prepare } = simulator;
  return await Array.fromAsync(runSequence(prepare, simulator, steps.map(parseStep), []));
}

/** What a step upgraded, with `!` where that failed, and what is owed after it. */
function told({ runs, releases }: StepOfSequence): string {
  const nameOf = ({ cluster, hub }: typeof releases[number]) => `${cluster}/${hub || "support"}`;
  const upgraded = releases.filter((release) => release.upgraded !== "")
    .map((release) => `${release.upgraded === "failed" ? "!" : ""}${nameOf(release)}`);
  const owed = releases.filter((release) => release.owed !== null)
    .map((release) => `${nameOf(release)} ${release.owed?.outcome}`);
  const all = upgraded.length === releases.length ? "everything" : upgraded.join(" ");
  return [runs[0]?.conclusion ?? "no run", all || "nothing", owed.join(", ")]
    .filter((part) => part !== "").join(": ");
}

const LAKE = "lake/staging lake/dask-staging lake/plankton";
const FJORD = "fjord/staging fjord/kelp";
const ELSEWHERE = "fjord/staging fjord/glacier fjord/kelp kube.delta/staging kube.delta/estuary " +
  "!lake/staging lake/dask-staging lake-west/staging lake-west/ripple meadow/staging " +
  "meadow/pollinator summit/observatory summit/workshop";
const BOTH = `success: ${FJORD} ${LAKE}`;
const CANARY_OWED = "lake/staging failed, lake/plankton blocked";
const CANARY_FAILED = `failure: !lake/staging lake/dask-staging: ${CANARY_OWED}`;

/** Steps, and what each of them upgrades, ends as, and leaves owed. */
const CASES: readonly (readonly [criterion: string, ...(readonly [string, string])[]])[] = [
  ["an unrelated push makes up what a failed canary blocked", [
    "push start..plankton fail=staging:lake/staging",
    CANARY_FAILED,
  ], ["push kelp", BOTH]],
  [
    "an unrelated push makes up what a label asked for, and a failed canary blocked",
    [
      "push start..plankton label=deployer:deploy-hubs fail=staging:lake/staging",
      `failure: ${ELSEWHERE}: lake/staging failed, lake/limnology blocked, ` +
      "lake/plankton blocked, lake/shoreline blocked",
    ],
    [
      "push kelp",
      `success: ${FJORD} ${LAKE.replace("plankton", "limnology lake/plankton")} lake/shoreline`,
    ],
  ],
  [
    "the clock makes up what failed its health check",
    [
      "push start..plankton fail=check:lake/plankton",
      "failure: lake/staging lake/dask-staging !lake/plankton: lake/plankton failed",
    ],
    ["wait 3d", "no run: nothing: lake/plankton failed"],
    ["schedule", `success: ${LAKE}`],
  ],
  [
    "a lost report costs upgrades, and forgets none",
    ["push start..plankton lost-report", `failure: ${LAKE}`],
    ["push kelp", BOTH],
  ],
  [
    "a lost report, made up for by running the job again",
    ["push start..plankton lost-report", `failure: ${LAKE}`],
    ["rerun 1 failed", "success: nothing"],
    ["push kelp", `success: ${FJORD}`],
  ],
  [
    "a plan whose runner was lost",
    ["push start..plankton fail=job:generate-jobs=lost", "failure: nothing"],
    ["push kelp", BOTH],
  ],
  [
    "a run that was cancelled before it began",
    ["push start..plankton cancel", "cancelled: nothing"],
    ["push kelp", BOTH],
  ],
  ["a run that was cancelled on its way", [
    "push start..plankton fail=staging:lake/staging=cancel-run",
    "cancelled: !lake/staging lake/dask-staging: lake/staging cancelled, lake/plankton blocked",
  ], ["push kelp", BOTH]],
  ["a runner that was lost on its way", [
    "push start..plankton fail=prod:lake/plankton=lost",
    "failure: lake/staging lake/dask-staging !lake/plankton: lake/plankton lost",
  ], ["push kelp", BOTH]],
  [
    "failed jobs that are run again",
    [
      "push start..plankton fail=staging:lake/staging",
      CANARY_FAILED,
    ],
    ["rerun 1 failed", `success: ${LAKE}`],
    ["push kelp", `success: ${FJORD}`],
  ],
  [
    "no earlier attempt's verdict lets a prod hub pass",
    [
      "push start..plankton fail=prod:lake/plankton lost-report",
      `failure: ${
        LAKE.replace(
          "lake/plankton",
          "!lake/plankton",
        )
      }`,
    ],
    [
      "rerun 1 all fail=staging:lake/staging=lost",
      `failure: !lake/staging lake/dask-staging: lake/staging lost, lake/plankton failed`,
    ],
    ["rerun 1 all", `success: ${LAKE}`],
  ],
  [
    "a failed prod hub alone that is run again",
    [
      "push start..plankton fail=prod:lake/plankton",
      "failure: lake/staging lake/dask-staging !lake/plankton: lake/plankton failed",
    ],
    ["rerun 1 failed", "success: lake/plankton"],
    ["push kelp", `success: ${FJORD}`],
  ],
  [
    "an old run deploys nothing after a newer one, as a whole or in part",
    ["push start..plankton fail=staging:lake/staging", CANARY_FAILED],
    ["push kelp lost-report", `failure: ${FJORD} ${LAKE}: ${CANARY_OWED}`],
    ["rerun 1 failed", `failure: nothing: ${CANARY_OWED}`],
    ["rerun 1 all", `success: nothing: ${CANARY_OWED}`],
    ["schedule", BOTH],
  ],
  [
    "releases, a phase and a dry run by hand",
    ["push start..plankton", `success: ${LAKE}`],
    ["dispatch fjord/kelp", `success: ${FJORD}`],
    ["dispatch lake phase=support", "success: lake/support"],
    ["dispatch lake*/staging phase=staging", "success: lake/staging lake-west/staging"],
    ["dispatch lake,fjord dry-run", "success: nothing"],
    ["dispatch $(touch${IFS}x)", "failure: nothing"],
    ["dispatch", "success: nothing"],
  ],
  [
    "what is owed, by hand",
    ["push start..plankton fail=staging:lake/staging", CANARY_FAILED],
    ["dispatch fjord phase=staging", `success: fjord/staging: ${CANARY_OWED}`],
    ["dispatch phase=prod", `success: nothing: ${CANARY_OWED}`],
    ["dispatch", `success: ${LAKE}`],
  ],
  [
    "a force push upgrades everything",
    ["push start..plankton", `success: ${LAKE}`],
    ["push other", "success: everything"],
    ["rerun 1 all", "success: nothing"],
    ["schedule", "success: nothing"],
  ],
  [
    "a force push over a commit whose report was lost",
    ["push start..plankton lost-report", `failure: ${LAKE}`],
    ["push other", "success: everything"],
  ],
  [
    "what a label skips is not owed, what was owed before is",
    ["push start..plankton fail=staging:lake/staging", CANARY_FAILED],
    ["push kelp label=deployer:skip-deploy", `success: nothing: ${CANARY_OWED}`],
    ["push workshop", `success: ${LAKE} summit/workshop`],
  ],
  [
    "what is paused is held back, and made up",
    ["push start..paused", "success: summit/workshop: lake/plankton paused"],
    ["dispatch lake/plankton", "success: nothing: lake/plankton paused"],
    ["push resumed", "no run: nothing: lake/plankton paused"],
    ["schedule", `success: ${LAKE}`],
  ],
];

const SECOND_OWED = "fjord/staging blocked, fjord/kelp blocked";

/** The same where the cluster `lake` goes before the others. */
const IN_WAVES: typeof CASES = [
  [
    "a failed canary of the first wave",
    [
      "push start..kelp fail=staging:lake/staging",
      `failure: !lake/staging lake/dask-staging: ${SECOND_OWED}, ${CANARY_OWED}`,
    ],
    ["rerun 1 failed", BOTH],
    ["schedule", "success: nothing"],
  ],
  [
    "a failed prod hub of the first wave, then one of the second",
    [
      "push start..kelp fail=prod:lake/plankton",
      `failure: lake/staging lake/dask-staging !lake/plankton: ${SECOND_OWED}, lake/plankton failed`,
    ],
    [
      "rerun 1 failed fail=prod:fjord/kelp",
      "failure: fjord/staging !fjord/kelp lake/plankton: fjord/kelp failed",
    ],
    ["rerun 1 failed", "success: fjord/kelp"],
  ],
  [
    "a first wave that was cancelled on its way",
    [
      "push start..kelp fail=prod:lake/plankton=cancel-run",
      "cancelled: lake/staging lake/dask-staging !lake/plankton: " +
      `${SECOND_OWED}, lake/plankton cancelled`,
    ],
    ["rerun 1 failed", "success: fjord/staging fjord/kelp lake/plankton"],
  ],
];

const BUILDS: typeof CASES = [[
  "what a build left undone, whatever the jobs are called",
  [
    "push start..plankton fail=job:build",
    "failure: nothing: lake/staging blocked, lake/dask-staging blocked, lake/plankton blocked",
  ],
  ["rerun 1 failed fail=staging:lake/staging", CANARY_FAILED],
  [
    "rerun 1 failed fail=prod:lake/plankton",
    "failure: lake/staging lake/dask-staging !lake/plankton: lake/plankton failed",
  ],
  ["rerun 1 failed", "success: lake/plankton"],
  ["schedule", "success: nothing"],
]];

Deno.test.afterAll(async () => {
  for (const made of simulators.values()) await (await made)[Symbol.asyncDispose]();
});

/** What goes wrong inside a call is where a layout could differ. */
const IN_CALLS = CASES.filter(([criterion]) =>
  /canary|on its way|run again|earlier|old run/.test(criterion)
);

for (
  const [how, config, cases] of [
    ["with a ledger", {}, CASES],
    ["cluster by cluster", PIPELINED, IN_CALLS],
    ["in waves", WAVES, IN_WAVES],
    ["with a build", BUILD, BUILDS],
    ["cluster by cluster and in waves", { ...PIPELINED, ...WAVES }, IN_WAVES],
  ] as const
) {
  for (const [criterion, ...steps] of cases) {
    Deno.test(`Simulator.sequence() ${how}: ${criterion}`, async () => {
      const found = await simulate(steps.map(([step]) => step), config);
      assert.deepEqual(found.map((step) => [step.step, told(step)]), steps);
      assert.deepEqual(found.flatMap(({ wrong }) => wrong), []);
    });
  }
}

Deno.test("Simulator.sequence() says the outcome on the pull request, and to Slack", async () => {
  const [failed, green] = await simulate([
    "push start..plankton fail=staging:lake/staging",
    "push kelp",
  ]);
  const slack = (step: StepOfSequence | undefined) =>
    legsOf(step?.runs ?? [], "report-deployment").flatMap(({ steps }) => steps)
      .filter(({ name, outcome }) => name === "Tell Slack" && outcome !== "skipped")
      .map(({ log }) => log);
  assert.deepEqual([failed?.comments.length, slack(failed).length], [1, 1]);
  assert.match(failed?.comments[0] ?? "", /<code>plankton<\/code> \| blocked/);
  assert.match(failed?.comments[0] ?? "", /actions\/runs\/1001\/job\/\d+/);
  assert.match(slack(failed)[0] ?? "", /lake\/staging \(failed\).*lake\/plankton \(blocked\)/);
  assert.deepEqual([green?.comments.length, slack(green)], [1, []]);
  assert.match(green?.comments[0] ?? "", /<code>plankton<\/code>/);
});

Deno.test("Simulator.sequence() names the step in which nothing failed that could be run again", async () => {
  await assert.rejects(simulate(["push start..workshop", "rerun 1 failed"]), {
    message: 'Cannot simulate the step "rerun 1 failed": nothing failed in step 1',
  });
});

Deno.test("Simulator.sequence() says what goes wrong where there is no ledger", async () => {
  await using repository = await exampleRepository();
  for (const path of [PLANKTON, KELP, PLANKTON]) await change(repository, path);
  await using other = await simulatorOf(repository, { machines: fastMachinesOfLedger });
  const failing = ["push HEAD~3..HEAD~2 fail=staging:lake/staging", "push HEAD~1"];
  const simulate = (steps: readonly string[]) =>
    Array.fromAsync(other.sequence(steps.map(parseStep)));
  const [one, two] = await simulate(failing);
  const forgotten = /^lake\/plankton needs an upgrade since \w+, and that is forgotten$/m;
  assert.match(one?.wrong.join("\n") ?? "", forgotten);
  assert.match(two?.wrong.join("\n") ?? "", forgotten);
  const steps = await simulate(["push HEAD~3..HEAD~2", "push HEAD", "rerun 1 all"]);
  assert.match(steps[2]?.wrong.join("\n") ?? "", /^lake\/plankton went back from \w+ to \w+$/m);
});
