/** What a config says of jobs, steps and a build, in generated workflows that run. */
import assert from "node:assert/strict";
import { parseFault } from "../../src/simulate/fault.ts";
import type { Simulation } from "../../src/simulate/record.ts";
import { ROOT } from "../cli/sandbox.ts";
import { IMAGE } from "../workflows/told.ts";
import { changedFleet, EVERYTHING, legsOf } from "./example.ts";

/** The example with a config and a change of everything. */
const fleetWith = (config: string) =>
  changedFleet(EVERYTHING, {
    config: `import { always } from "${ROOT}/src/workflow/functions.ts";
import { github } from "${ROOT}/src/workflow/github_context.ts";
import { template } from "${ROOT}/src/workflow/text.ts";
import { script } from "${ROOT}/src/workflow/script.ts";
import { run } from "${ROOT}/src/workflow/step.ts";
export default { ${config} };\n`,
  });

async function simulate(config: string, ...faults: readonly string[]): Promise<Simulation> {
  await using fleet = await fleetWith(config);
  return await fleet.simulator.simulate({ base: "HEAD^", faults: faults.map(parseFault) });
}

/** The prod hubs of a simulation that were not deployed, with why. */
function blocked({ releases }: Simulation): readonly string[] {
  return releases.filter(({ kind, status }) => kind === "prod" && status !== "deployed")
    .map(({ cluster, hub, why }) => `${cluster}/${hub}: ${why}`);
}

Deno.test("Simulator runs jobs as the config tells them", async () => {
  const simulation = await simulate(`
    jobs: {
      every: {
        shell: "bash -leo pipefail {0}",
        env: { TERM: "dumb" },
        checkout: { submodules: true },
        before: [{ name: "Before", run: "[[ $TERM == dumb ]]; shopt -q login_shell" }],
      },
      canary: {
        name: "First",
        container: "${IMAGE}",
        environment: "canary/CLUSTER",
        maxParallel: 2,
        before: (leg) => {
          const tag = run({
            name: "Find the tag", id: "tag", env: { NAME: leg.cluster_name }, outputs: ["name"],
            script: (env) => script\`echo name=v1-\${env.NAME} >> "$GITHUB_OUTPUT"\`,
          });
          return [
            tag,
            { name: "Show the tag", run: "echo tag $TAG", env: { TAG: tag.outputs.name } },
            { name: "It may fail", run: "false; echo never", continueOnError: true },
            { name: "Elsewhere", run: "print('it is Python')", shell: "python" },
          ];
        },
      },
      prod: {
        name: "Then",
        runsOn: { group: "fleet", labels: ["large"] },
        after: (leg) => [{ name: "Tell", run: "echo is $HUB $STATUS", if: always(),
          env: { HUB: leg.hub_name, STATUS: leg.status } }],
      },
    },
    build: { steps: [{ name: "Build", run: "test -x upgrade.sh || ls", workingDirectory: "deployer" }] }`);
  assert.deepEqual([simulation.green, blocked(simulation)], [true, []]);
  assert.deepEqual(simulation.notices, [
    "the steps of upgrade-support-and-staging run on this machine, not in their container",
    "what the environment of upgrade-support-and-staging asks for is taken for given",
  ]);
  const canary = legsOf(simulation.runs, "upgrade-support-and-staging")
    .find(({ name }) => /^First \(lake,/.test(name));
  const ended = (name: string) => canary?.steps.find((step) => step.name === name);
  assert.match(ended("Show the tag")?.log ?? "", /^tag v1-lake$/m);
  assert.match(ended("Elsewhere")?.log ?? "", /it is Python/);
  assert.deepEqual([ended("It may fail")?.outcome, ended("It may fail")?.conclusion], [
    "failure",
    "success",
  ]);
  assert.doesNotMatch(ended("It may fail")?.log ?? "", /never/);
  assert.match(ended("Check out the repository")?.log ?? "", /without submodules/);
  const [prod] = legsOf(simulation.runs, "upgrade-prod-hubs");
  assert.match(prod?.name ?? "", /^Then \(/);
  const tell = prod?.steps.find(({ name }) => name === "Tell");
  assert.match(tell?.log ?? "", /^is glacier success$/m);
});

Deno.test("Simulator tells Slack what the config says, with what the commit says in it", async () => {
  const simulation = await simulate(
    `notify: { slack: {
      secret: "SLACK",
      text: template\`"\${github.headCommit.message}" of \${github.headCommit.author}: {\${github.sha}}\`,
    } }`,
    "prod:lake/plankton",
  );
  const told = simulation.runs.flatMap(({ jobs }) => jobs).flatMap(({ legs }) => legs)
    .flatMap(({ steps }) => steps).filter(({ name, log }) => name === "Tell Slack" && log !== "");
  assert.deepEqual(
    told.map(({ log }) => JSON.parse(log.replace("simulated: tells Slack ", ""))),
    [{ text: `"A simulated push" of Simulated: {${simulation.head}}` }],
  );
});

Deno.test("Simulator blocks the prod hubs of a cluster in whose canary a step fails, unless its failure does not count", async () => {
  const failsIn = (cluster: string, more = "") =>
    `{ name: "In ${cluster}", run: 'test "$CLUSTER" != ${cluster}', env: { CLUSTER: leg.cluster_name }, ${more} }`;
  const hiding =
    `{ name: "Hide", run: "echo success_meadow=success@1 >> $GITHUB_OUTPUT", if: always() }`;
  const forgiven = failsIn("lake-west", "continueOnError: true");
  const simulation = await simulate(`
    jobs: {
      canary: {
        before: (leg) => [${failsIn("lake")}, ${failsIn("meadow")}],
        after: (leg) => [${failsIn("fjord")}, ${hiding}, ${forgiven}],
      },
    },
    after: (leg) => [${failsIn("summit")}]`);
  const failed = ["fjord/glacier", "fjord/kelp", "lake/limnology", "lake/plankton"];
  failed.push("lake/shoreline", "meadow/pollinator", "summit/observatory", "summit/workshop");
  assert.deepEqual(blocked(simulation), failed.map((hub) => `${hub}: the canary failed`));
});

Deno.test("Simulator deploys nothing where the build fails, and builds nothing where nothing is deployed", async () => {
  await using fleet = await fleetWith(`build: { steps: [{ name: "Build", run: "true" }] }`);
  const { simulator } = fleet;
  const { simulate } = await simulator.prepare({ base: "HEAD^" });
  for (const fate of ["fail", "lost", "cancel", "timeout"]) {
    const simulation = await simulate({ faults: [parseFault(`job:build=${fate}`)] });
    const { releases, runs } = simulation;
    assert.equal(simulation.green, false);
    assert.deepEqual(new Set(releases.map(({ status }) => status)), new Set(["blocked"]));
    assert.deepEqual(legsOf(runs, "upgrade-support-and-staging"), []);
    const result = fate === "fail" || fate === "lost" ? "failure" : "cancelled";
    for (const reason of blocked(simulation)) {
      assert.match(
        reason,
        RegExp(`: what it deploys is not built: that job ended as "${result}"$`),
      );
    }
  }
  const labels = ["deployer:skip-deploy"];
  const { green, runs } = await simulator.simulate({ base: "HEAD^", labels });
  assert.deepEqual([green, legsOf(runs, "build")], [true, []]);
});
