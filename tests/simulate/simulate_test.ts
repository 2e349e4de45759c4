import assert from "node:assert/strict";
import { parseFault } from "../../src/simulate/fault.ts";
import { realMachines } from "../../src/simulate/machine.ts";
import { simulationMermaid } from "../../src/simulate/simulation_report.ts";
import type { Simulation } from "../../src/simulate/record.ts";
import {
  change,
  changedFleet,
  EVERYTHING,
  exampleRepository,
  legsOf,
  simulatorOf,
} from "./example.ts";
import { fastMachines } from "./fast_machines.ts";

const KELP = "config/clusters/fjord/kelp.values.yaml";

function statuses({ releases }: Simulation): Record<string, number> {
  const groups = [...Map.groupBy(releases, ({ status }) => status)];
  return Object.fromEntries(groups.map(([status, { length }]) => [status, length]));
}

Deno.test("Simulator gives a push the labels of the pull request that it merged", async () => {
  await using fleet = await changedFleet([KELP]);
  const simulate = (...labels: readonly string[]) =>
    fleet.simulator.simulate({ base: "HEAD^", labels });
  assert.deepEqual(statuses(await simulate()), { deployed: 2, "not planned": 19 });
  assert.deepEqual(statuses(await simulate("deployer:skip-deploy")), { "not planned": 21 });
});

Deno.test("Simulator pushes a new branch, where everything is planned", async () => {
  await using repository = await exampleRepository();
  await using simulator = await simulatorOf(repository);
  const simulation = await simulator.simulate({ base: "0".repeat(40) });
  assert.deepEqual([simulation.green, statuses(simulation)], [true, { deployed: 21 }]);
});

Deno.test("Simulator forgets the commit that a force push replaced, so that everything is planned", async () => {
  await using repository = await exampleRepository();
  const base = await change(repository, KELP);
  await repository.git("reset", "--quiet", "--hard", "HEAD^");
  await change(repository, "config/clusters/lake/plankton.values.yaml");
  await using simulator = await simulatorOf(repository);
  const simulation = await simulator.simulate({ base });
  assert.deepEqual([simulation.green, statuses(simulation)], [true, { deployed: 21 }]);
});

Deno.test("Simulator simulates what is committed, not what lies about", async () => {
  await using fleet = await changedFleet([KELP]);
  const { repository, simulator } = fleet;
  await repository.write(".github/workflows/deploy-hubs.yaml", "no workflow");
  await repository.write("hubwright.config.ts", "throw new Error()");
  assert.equal((await simulator.simulate({ base: "HEAD^" })).green, true);
});

Deno.test("Simulator takes files that are not committed, and leaves them so", async () => {
  await using repository = await exampleRepository();
  const path = "config/clusters/fjord/staging.values.yaml";
  await repository.write(path, "a: 1\n");
  await using simulator = await simulatorOf(repository);
  const simulation = await simulator.simulate({ base: "HEAD", head: "WORKTREE" });
  assert.deepEqual(statuses(simulation), { deployed: 1, "not planned": 20 });
  assert.equal(await repository.git("status", "--porcelain"), `M ${path}`);
});

Deno.test("Simulator is red and names what is wrong where the change cannot be planned", async () => {
  await using repository = await exampleRepository();
  await repository.write("config/clusters/fjord/cluster.yaml", "name: fjord\n");
  await repository.commit("Break it");
  await using simulator = await simulatorOf(repository);
  const faults = [parseFault("support:lake")];
  const simulation = await simulator.simulate({ base: "HEAD^", faults });
  assert.deepEqual([simulation.green, simulation.runs[0]?.conclusion], [false, "failure"]);
  assert.match(simulation.notices[0] ?? "", /cannot be planned: .*fjord\/cluster\.yaml.*provider/);
  assert.equal(simulation.notices[1], "support:lake=fail did not come into play");
});

Deno.test("Simulator keeps the comment of a pull request, unless the job may not write it", async () => {
  await using fleet = await changedFleet([KELP]);
  const { repository, simulator } = fleet;
  const simulate = () => simulator.simulate({ base: "HEAD^", event: "pull_request" });
  const { green, comments } = await simulate();
  assert.deepEqual([green, comments.length], [true, 1]);
  const file = ".github/workflows/comment-deployment-plan-pr.yaml";
  const text = await repository.read(file);
  await repository.write(file, text.replace("pull-requests: write", "pull-requests: read"));
  await change(repository, KELP);
  await change(repository, KELP);
  const refused = await simulate();
  assert.deepEqual([refused.green, refused.comments], [false, []]);
  const failed = legsOf(refused.runs.slice(1), "comment").flatMap(({ steps }) => steps)
    .find(({ conclusion }) => conclusion === "failure");
  assert.equal(failed?.name, "Comment");
  assert.match(failed?.log ?? "", /403|Resource not accessible by integration/);
});

Deno.test("Simulator stops at an action that it does not model, unless it is to take it for done", async () => {
  await using repository = await exampleRepository();
  const action = ".github/actions/setup-deploy/action.yaml";
  const text = await repository.read(action);
  const used = "  steps:\n    - uses: docker/login-action@v3\n";
  await repository.write(action, text.replace("  steps:\n", used));
  await change(repository, KELP);
  await using simulator = await simulatorOf(repository);
  await assert.rejects(simulator.simulate({ base: "HEAD^" }), {
    message:
      /^\.github\/actions\/setup-deploy\/action\.yaml: Cannot simulate the action "docker\/login-action@v3": /,
  });
  const skippedActions = ["docker/login-action"];
  assert.equal((await simulator.simulate({ base: "HEAD^", skippedActions })).green, true);
});

Deno.test("Simulator refuses a change that conflicts with its base", async () => {
  await using repository = await exampleRepository();
  await repository.git("checkout", "--quiet", "-b", "base");
  await repository.write(KELP, "theirs: 1\n");
  await repository.commit("Theirs");
  await repository.git("checkout", "--quiet", "main");
  await repository.write(KELP, "ours: 1\n");
  await repository.commit("Ours");
  await using simulator = await simulatorOf(repository);
  for (const event of ["push", "pull_request"] as const) {
    await assert.rejects(
      simulator.simulate({ base: "base", merged: true, event }),
      /Cannot simulate a change that conflicts with its base: GitHub starts no run for it/,
    );
  }
});

Deno.test("simulationMermaid() draws jobs, legs, results and needs, whose legs told how far they were", async () => {
  const progress: string[] = [];
  await using fleet = await changedFleet(EVERYTHING, {
    progress: (line) => void progress.push(line),
  });
  const faults = [parseFault("staging:lake/staging=lost")];
  const chart = simulationMermaid(await fleet.simulator.simulate({ base: "HEAD^", faults }));
  assert.match(chart, /subgraph run0\["Deploy and test hubs: failure"\]/);
  assert.match(chart, /\["Canary #40;lake, gcp, [^"]+: lost"\]:::failure/);
  assert.match(chart, /\["Canary #40;lake-west, gcp, [^"]+#41;: success"\]:::success/);
  assert.match(chart, /run0_job0 --> run0_job1/);
  assert.match(chart, /run0 -\.-> run1/);
  assert.ok(progress.includes("upgrade-support-and-staging: 6 of 6 done"));
});

Deno.test("Simulator does the same in process as with real shells", async () => {
  await using repository = await exampleRepository();
  await change(repository, "config/clusters/common.values.yaml");
  const faults = [parseFault("staging:lake/staging=timeout")];
  const both = await Promise.all([realMachines, fastMachines].map(async (machines) => {
    await using simulator = await simulatorOf(repository, { machines });
    const { runs, releases } = await simulator.simulate({ base: "HEAD^", faults });
    const jobs = runs.flatMap((run) => run.jobs).map(({ id, result, outputs, legs }) => ({
      id,
      result,
      outputs,
      legs: legs.map((leg) => ({ ...leg, steps: leg.steps.map(({ log: _log, ...step }) => step) })),
    }));
    return { jobs, releases };
  }));
  assert.deepEqual(both[0], both[1]);
});
