/** Whatever a config says of jobs and steps, what makes a deployment right stays as it is. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Config } from "../../src/config/config.ts";
import type { JobsConfig } from "../../src/config/job_config.ts";
import { secret } from "../../src/config/secret.ts";
import type { SetupStep } from "../../src/config/step_config.ts";
import { UserError } from "../../src/errors.ts";
import { always, cancelled, failure, format } from "../../src/workflow/functions.ts";
import {
  clusterOf,
  jobOf,
  type JobText,
  type Repository,
  repositoryOf,
  stepOf,
  type StepText,
  type WorkflowFile,
} from "./repositories.ts";
import { IMAGE, TELLING, TOLD } from "./told.ts";
import { type Contexts, fill, fillAll, FINE, pullRequest, pushTo, runs } from "./world.ts";

const CANARIES = "upgrade-support-and-staging";
const CLUSTERS = [clusterOf("lake", 2, 1), clusterOf("pond", 1, 2)];

/** A job or a step as the YAML has it, with the keys that only some have. */
type Told = Readonly<Record<string, unknown>>;
const told = (of: JobText | StepText) => of as unknown as Told;

/** A name of its own for each step of the config, by which the tests know it. */
const OWN = /^Own \d+$/;

const conditions = fc.constantFrom(undefined, always(), failure(), cancelled());

const step: fc.Arbitrary<SetupStep> = fc.record({
  name: fc.nat(9_999).map((number) => `Own ${number}`),
  if: conditions,
  continueOnError: fc.option(fc.boolean(), { nil: undefined }),
  timeoutMinutes: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
  env: fc.option(fc.constant({ CLUSTER: "other", VERDICT: "success@1" }), { nil: undefined }),
  does: fc.constantFrom({ run: "true" }, { run: "false", shell: "sh" }, { uses: "./a" }),
}, { requiredKeys: ["name", "does"] })
  .map(({ does, ...rest }) => ({ ...rest, ...does }) as SetupStep);

const steps = fc.array(step, { maxLength: 3 });

const everyJob = {
  runsOn: fc.constantFrom("ubuntu-24.04", ["ubuntu-latest"]),
  container: fc.constant(IMAGE),
  env: fc.constantFrom({ TERM: "dumb" }, { CLUSTER: "x", VERDICT: "success@1", HUB: "y" }),
  shell: fc.constantFrom("bash", "sh", "bash -leo pipefail {0}"),
  timeoutMinutes: fc.integer({ min: 1, max: 360 }),
  permissions: fc.constantFrom(
    { contents: { access: "read", why: "to look" } } as const,
    { issues: { access: "read", why: "to look at issues" } } as const,
  ),
  checkout: fc.constantFrom({ fetchDepth: 0 }, { fetchDepth: 1 }, { submodules: true, lfs: true }),
  environment: fc.constantFrom("e", { name: "e", deployment: false }),
  before: steps,
  after: steps,
};

const optional = { requiredKeys: [] };
const job = (more: object = {}) => fc.record({ ...everyJob, name: fc.uuid(), ...more }, optional);
const legJob = job({ maxParallel: fc.integer({ min: 1, max: 9 }) });

const config = fc.record({
  jobs: fc.record({
    every: fc.record(everyJob, optional),
    plan: job(),
    canary: legJob,
    filter: job(),
    prod: legJob,
    report: job(),
    comment: fc.record(everyJob, optional),
  }, optional),
  setup: steps,
  after: steps,
  build: fc.record({ steps, job: job() }, { requiredKeys: ["steps"] }),
  notify: fc.constant({ slack: "SLACK" }),
  ledger: fc.constant({ since: "a".repeat(40) }),
}, optional) as fc.Arbitrary<Config>;

/** The same config without all that is said of jobs and their steps. */
function plain({ ledger, notify }: Config): Config {
  return { setup: [], ...(ledger && { ledger }), ...(notify && { notify }) };
}

const LEVELS = ["read", "write"];

/** What steps of hubwright may read besides, where the config makes them know more. */
const MORE_VARIABLES = /,(?:BUILD_RESULT|(?:CANARY|PROD|REPORT)_JOB)\b/g;

const isOwn = ({ name }: StepText) =>
  !OWN.test(name) && name !== "Find the folder for temporary files";

/** What decides whether a job and its steps run, what they do, and what others read of them. */
function deciding(job: JobText): unknown {
  const { if: condition, outputs = {}, strategy, steps } = job;
  return {
    ...{ condition, outputs, matrix: strategy?.matrix.jobs, failFast: strategy?.["fail-fast"] },
    mayFail: told(job)["continue-on-error"],
    steps: steps.filter(isOwn).map((step) => ({
      ...{ name: step.name, id: step.id, if: step.if, uses: step.uses },
      run: step.run?.replaceAll(MORE_VARIABLES, ""),
      limits: [told(step)["continue-on-error"], told(step)["timeout-minutes"]],
    })),
  };
}

function assertUnweakened(before: WorkflowFile, now: WorkflowFile): void {
  for (const [id, job] of Object.entries(before.workflow.jobs)) {
    const other = jobOf(now, id);
    assert.deepEqual(deciding(other), deciding(job), id);
    assert.deepEqual(job.needs?.filter((need) => !other.needs?.includes(need)) ?? [], [], id);
    for (const [scope, level] of Object.entries(job.permissions ?? {})) {
      const given = LEVELS.indexOf(other.permissions?.[scope] ?? "");
      assert.ok(given >= LEVELS.indexOf(level), `${id}: ${scope}`);
    }
    const own = other.steps.filter(isOwn);
    for (const [index, { name, env = {}, run }] of job.steps.entries()) {
      const same = own[index] ?? assert.fail(name);
      for (const [variable, value] of Object.entries(env)) {
        if (/^(?:PLAN_FILE|ARTIFACT|PLAN_ARTIFACT)$/.test(variable)) continue;
        assert.equal(same.env?.[variable], value, `${name}: ${variable}`);
      }
      // hubwright's own scripts are written for bash, those of the config for its shell.
      const isCommand = /^(?:Upgrade|Check) /.test(name) && !name.endsWith("repository");
      if (run !== undefined && "defaults" in other) {
        assert.equal(told(same).shell, isCommand ? undefined : "bash", name);
      }
    }
  }
}

/** Repositories of plain configs, which are few. */
const PLAIN = new Map<string, Repository>();

Deno.test("no option of a job or a step weakens what makes a deployment right", () => {
  const count = { built: 0, told: 0 };
  fc.assert(
    fc.property(config, (config) => {
      let now;
      try {
        now = repositoryOf("any", { setup: [], ...config }, CLUSTERS);
      } catch (error) {
        // For instance a secret or a permission that a pull request would get.
        if (!(error instanceof UserError)) throw error;
        return;
      }
      const key = JSON.stringify(plain(config));
      const before = PLAIN.get(key) ?? repositoryOf("plain", plain(config), CLUSTERS);
      PLAIN.set(key, before);
      for (const kind of ["deploy", "comment"] as const) assertUnweakened(before[kind], now[kind]);
      const canary = jobOf(now.deploy, CANARIES);
      assert.equal(canary.steps.at(-1)?.name, "Record the verdict");
      assert.deepEqual(now.deploy.workflow.permissions, {});
      if (config.build !== undefined) {
        count.built++;
        for (const id of [CANARIES, "filter-generate-jobs"]) {
          assert.ok(jobOf(now.deploy, id).needs?.includes("build"), id);
        }
        const filter = stepOf(jobOf(now.deploy, "filter-generate-jobs"), "Filter");
        assert.equal(filter.env?.BUILD_RESULT, "${{ needs.build.result }}");
      }
      count.told++;
    }),
    { seed: 13, numRuns: 80 },
  );
  assert.ok(count.told > 40 && count.built > 15, JSON.stringify(count));
});

const github = pushTo("refs/heads/main");

Deno.test("a canary's verdict is success only where all that it upgrades was begun, and nothing failed that counts", () => {
  const jobs = { cluster_name: "lake", provider: "gcp", upgrade_support: true };
  const count = { success: 0, failure: 0 };
  fc.assert(
    fc.property(
      fc.record({ before: steps, setup: steps, after: steps, last: steps }),
      fc.infiniteStream(fc.integer({ min: 0, max: 5 })),
      ({ before, setup, after, last }, fates) => {
        const config = { setup, after, jobs: { canary: { before, after: last } } };
        const { steps } = jobOf(repositoryOf("legs", config, CLUSTERS).deploy, CANARIES);
        // Nearly all the time goes into the workflow, so each has several runs.
        for (let run = 0; run < 3; run++) {
          let failed = false;
          const ran: string[] = [];
          for (const step of steps) {
            const contexts: Contexts = {
              github,
              matrix: { jobs: { ...jobs, staging_hubs: ["a", "b"] } },
              job: { status: failed ? "failure" : "success" },
            };
            if (!runs(step, contexts, { success: !failed, cancelled: false })) continue;
            ran.push(step.name);
            if (step.name === "Record the verdict") {
              const verdict = fillAll(step.env, contexts).VERDICT ?? "";
              const upgrades = ran.filter((name) => /^(?:Upgrade|Check staging) /.test(name));
              assert.equal(verdict, failed ? "failure@1" : "success@1");
              if (!failed) assert.equal(upgrades.length, 5);
              count[failed ? "failure" : "success"]++;
            } else {
              // What has no condition is not run once something has failed.
              assert.ok(!failed || step.if !== undefined && OWN.test(step.name), step.name);
              if (fates.next().value === 0) failed ||= told(step)["continue-on-error"] !== true;
            }
          }
          assert.equal(ran.at(-1), "Record the verdict");
        }
      },
    ),
    { seed: 14, numRuns: 40 },
  );
  assert.ok(count.success > 10 && count.failure > 40, JSON.stringify(count));
});

Deno.test("a job is told its machine, and its environment by the words for its leg", () => {
  assert.partialDeepStrictEqual(jobOf(TOLD.deploy, "upgrade-prod-hubs"), {
    "runs-on": { group: "fleet", labels: ["x64"] },
    environment: {
      name: "prod/${{ matrix.jobs.cluster_name }}/${{ matrix.jobs.hub_name }}",
      deployment: false,
    },
  });
});

Deno.test("the plan fetches as much of the history as it needs, whatever the config says", () => {
  const depth = (fetchDepth: number, github: Parameters<typeof fill>[1]) => {
    const { deploy } = repositoryOf("depth", { jobs: { every: { checkout: { fetchDepth } } } }, []);
    const plan = stepOf(jobOf(deploy, "generate-jobs"), "Check out the repository");
    return fill(plan.with?.["fetch-depth"] ?? "", { github });
  };
  assert.deepEqual([depth(1, github), depth(1, pullRequest())], ["0", "2"]);
  assert.deepEqual([depth(0, github), depth(0, pullRequest())], ["0", "0"]);
});

Deno.test("the report and the filter know the names of the jobs", () => {
  const { deploy } = TOLD;
  const { jobs } = deploy.workflow;
  const report = stepOf(jobOf(deploy, "report-deployment"), "Report").env ?? {};
  assert.deepEqual([report.CANARY_JOB, report.PROD_JOB, report.REPORT_JOB], [
    jobs[CANARIES]?.name,
    jobs["upgrade-prod-hubs"]?.name,
    jobs["report-deployment"]?.name,
  ]);
  const filter = stepOf(jobOf(deploy, "filter-generate-jobs"), "Filter").env ?? {};
  assert.equal(filter.CANARY_JOB, "First");
});

Deno.test("no two jobs have one name, by which their legs are told apart", () => {
  const named = (jobs: JobsConfig) => () => repositoryOf("names", { jobs }, CLUSTERS);
  assert.throws(named({ prod: { name: "Canary" } }), {
    message: 'hubwright.config.ts: Cannot call two jobs "Canary", canary and prod: give each a ' +
      "name of its own",
  });
  assert.doesNotThrow(named({ prod: { name: "Canary" }, canary: { name: "Prod hub" } }));
});

Deno.test("a permission that is weaker than what a job needs is refused", () => {
  const access = { access: "read", why: "to look" } as const;
  const permissions = { deployments: access, "pull-requests": access };
  const config = { ledger: { since: "a".repeat(40) }, jobs: { report: { permissions } } };
  assert.throws(() => repositoryOf("weak", config, CLUSTERS), (error) => {
    assert.ok(error instanceof UserError);
    assert.deepEqual(error.problems.map(({ file }) => file), Array(2).fill("hubwright.config.ts"));
    assert.match(
      error.message,
      /"deployments: read" in "jobs\.report\.permissions": the job needs "deployments: write", to write what releases are owed; leave it out/,
    );
    return true;
  });
});

Deno.test("what a pull request must not have is refused, whichever option would give it", () => {
  const access = { access: "write", why: "to sign in" } as const;
  const { CLOUD } = TELLING.jobs.canary.env;
  const readsKey = (KEY: typeof CLOUD) => ({ name: "a", run: "b", env: { KEY } });
  const wrong: readonly (readonly [JobsConfig, RegExp])[] = [
    [{ every: { permissions: { "id-token": access } } }, /generate-jobs: .*id-token: write/],
    [{ plan: { runsOn: "self-hosted" } }, /Cannot run on .*self-hosted/],
    [{ every: { runsOn: ["self-hosted", "x"] } }, /Cannot run on .*self-hosted/],
    [{ plan: { env: { KEY: CLOUD } } }, /secrets\.CLOUD/],
    [{ plan: { before: [readsKey(CLOUD)] } }, /secrets\.CLOUD/],
    [
      { plan: { after: [readsKey(secret((leg) => format("K_{0}", leg.provider)))] } },
      /Cannot read the secret in "secrets\[format\(/,
    ],
  ];
  for (const [jobs, said] of wrong) {
    assert.throws(() => repositoryOf("leaking", { jobs }, CLUSTERS), said);
  }
});

Deno.test("Slack is told what the config says, as JSON whatever is in it", () => {
  const { with: inputs = {} } = stepOf(jobOf(TOLD.deploy, "generate-jobs"), "Tell Slack");
  const contexts = { github: { ...github, workflow: 'Roll "out" {0}' } };
  assert.deepEqual(JSON.parse(fill(inputs.payload ?? "", contexts)), {
    text: '"Roll "out" {0}" failed: {#1}',
  });
});

Deno.test("runs wait for each other without a queue where the server knows none", () => {
  for (const { workflow } of [TOLD.deploy, TOLD.comment]) {
    const { group: _, ...rest } = workflow.concurrency;
    assert.deepEqual(rest, { "cancel-in-progress": false });
  }
});

Deno.test("a path that only starts the workflow starts it, and is planned as nothing", () => {
  const path = ".github/workflows/deploy-hubs.yaml";
  assert.ok(TOLD.deploy.workflow.on.push?.paths?.includes(path));
  assert.ok(TOLD.deploy.workflow.on.pull_request?.paths?.includes(path));
  assert.deepEqual([TOLD.rules.concerns(path), TOLD.rules.decide(path)], [false, []]);
});

Deno.test("the build runs where there is anything to deploy, and nowhere else", () => {
  const runsFor = (canaries: string, prod: string, of = github) => {
    const outputs = { "support-and-staging-matrix-jobs": canaries, "prod-hub-matrix-jobs": prod };
    const needs = { "generate-jobs": { result: "success", outputs } };
    return runs(jobOf(TOLD.deploy, "build"), { github: of, needs }, FINE);
  };
  const found = [runsFor("[1]", "[]"), runsFor("[]", "[1]"), runsFor("[]", "[]")];
  assert.deepEqual(found, [true, true, false]);
  assert.equal(runsFor("[1]", "[1]", pullRequest()), false);
});
