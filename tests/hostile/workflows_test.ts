/** Generated workflows on hostile names: their steps in real shells, whole runs, and edits of them. */
import assert from "node:assert/strict";
import { loadClusters } from "../../src/repository/load_repository.ts";
import { loadConfig } from "../../src/config/load_config.ts";
import { jsonText } from "../../src/report/json_text.ts";
import { parseFault } from "../../src/simulate/fault.ts";
import { realMachines } from "../../src/simulate/machine.ts";
import { simulationMermaid, simulationTables } from "../../src/simulate/simulation_report.ts";
import type { Simulation } from "../../src/simulate/record.ts";
import { ROOT, Sandbox } from "../cli/sandbox.ts";
import { fastImport } from "../git/fast_import.ts";
import { exampleRepository, simulatorOf } from "../simulate/example.ts";
import { EXAMPLE } from "../workflows/example.ts";
import { jobOf, repositoryOf, stepOf } from "../workflows/repositories.ts";
import { runScript, runStep } from "../workflows/shell.ts";
import { fillAll, pullRequest, SHA } from "../workflows/world.ts";
import { assertInertLog } from "./inert.ts";
import { assertInertMarkdown } from "./inert_markdown.ts";
import { isFileName, isGitPath, NAMES } from "./names.ts";
import { below, earthYaml, filesAt, hostileCommit, strangePaths } from "./repository.ts";
import { Stage } from "./stage.ts";
import { Trap } from "./trap.ts";

Deno.test("the generated steps filter hostile names, and run none", async () => {
  await using stage = await Stage.set();
  const { folder, temp, trap } = stage;
  const runtime = ["deno", "run", "--frozen", "PERMISSIONS", `${ROOT}/src/cli/main.ts`];
  const { deploy } = repositoryOf(
    "hostile",
    { runtime },
    await loadClusters(folder.path, await loadConfig(folder.path)),
  );
  const names = trap.names.filter((text) => !text.includes("\0"));
  const prod = names.map((name) => ({ cluster_name: name, provider: "gcp", hub_name: name }));
  const planned = { "prod-hub-matrix-jobs": JSON.stringify(prod), "canary-clusters": "[]" };
  const verdicts = Object.fromEntries(names.map((name) => [`success_${name}`, name]));
  const needs = {
    "generate-jobs": { result: "success", outputs: planned },
    "upgrade-support-and-staging": { result: "failure", outputs: verdicts },
  };
  const files = { GITHUB_ENV: temp.join("env"), GITHUB_PATH: temp.join("path") };
  for (const file of ["env", "path"]) await temp.write(file, "");
  const step = stepOf(jobOf(deploy, "filter-generate-jobs"), "Filter");
  const ran = await runStep(step, { github: pullRequest(), needs, runner: { temp: temp.path } }, {
    cwd: folder.path,
    env: {
      ...{ ...files, GITHUB_ACTIONS: "true", GITHUB_OUTPUT: temp.join("output") },
      ...{ GITHUB_STEP_SUMMARY: temp.join("summary") },
    },
  });
  assert.ok(ran.code < 2);
  await stage.check(ran);
  assert.deepEqual([await temp.read("env"), await temp.read("path")], ["", ""]);
});

Deno.test(`the generated steps deploy hostile names as words: ${NAMES.length} tried`, async () => {
  await using trap = await Trap.set();
  await using folder = await Sandbox.create();
  const names = trap.names.filter((text) => !text.includes("\0") && text.isWellFormed());
  const { run = "", env } = stepOf(jobOf(EXAMPLE.deploy, "upgrade-prod-hubs"), "Upgrade the hub");
  const variables: Record<string, string> = {};
  // One shell runs the step's script for every name, each time with that leg's environment.
  const scripts = names.map((name, index) => {
    const jobs = { cluster_name: name, provider: "gcp", hub_name: name };
    const filled = fillAll(env, { matrix: { jobs }, github: pullRequest() });
    return Object.entries(filled).map(([variable, value]) => {
      variables[`${variable}_${index}`] = value;
      return `export ${variable}="$${variable}_${index}"\n`;
    }).join("") + run;
  });
  const deployer = `deployer() { printf '%s\\0' "$@"; }\n`;
  const script = deployer + scripts.join("\n");
  const { code, out } = await runScript(script, { cwd: folder.path, env: variables });
  assert.deepEqual([code, out], [0, names.map((name) => `deploy\0${name}\0${name}\0`).join("")]);
  await trap.assertUnsprung(folder.path);
});

const OUTPUTS: Readonly<Record<string, readonly string[]>> = {
  "generate-jobs": ["canary-clusters", "prod-hub-matrix-jobs", "support-and-staging-matrix-jobs"],
  "filter-generate-jobs": ["prod-hub-matrix-jobs"],
};

/** Checks everything that a simulation gave: what every step printed and wrote, and the comment. */
function assertInertRuns(simulation: Simulation): void {
  const legs = simulation.runs.flatMap(({ jobs }) =>
    jobs.flatMap(({ id, legs }) => legs.map((leg) => ({ id, ...leg })))
  );
  for (const { id, steps, summary, outputs, annotations } of legs) {
    for (const { log } of steps) assertInertLog(log, { annotations: true, color: true });
    for (const { message } of annotations) assertInertLog(message);
    assertInertMarkdown(summary);
    const names = Object.keys(outputs).filter((name) => !name.startsWith("success_")).sort();
    assert.deepEqual(names, OUTPUTS[id] ?? [], id);
    for (const { cluster, hub = "" } of steps.flatMap(({ deployments }) => deployments)) {
      assert.match(`${cluster}${hub}`, /^[a-z0-9.-]+$/);
    }
  }
  assertInertLog(jsonText(simulation));
  assertInertLog(simulationTables(simulation, { color: false, width: 120 }));
  assertInertLog(simulationMermaid(simulation));
}

Deno.test("the generated workflows show hostile names as text, and run none", async (t) => {
  await using trap = await Trap.set();
  await using repository = await exampleRepository();
  const branch = trap.armHere(
    'x$(touch${IFS}PWNED)`touch${IFS}PWNED`;touch${IFS}PWNED;"${{github}}',
  );
  // Every name is that of a values file of a hub, so that each stands in a reason; or one hub is
  // upgraded, and some of them are there: each leg checks all of it out.
  const names = trap.names.filter(isGitPath).map((name, index) => `v${index}/${name}`);
  const some = names.filter((_, index) => index % 8 === 0);
  const added = [
    ["earth", names, `config/clusters/earth/cluster.yaml`, earthYaml(names)],
    ["lake", some, "config/clusters/fjord/kelp.values.yaml", "changed: true\n"],
  ] as const;
  await fastImport(
    repository.path,
    added.map(([cluster, names, path, text]) => {
      const folder = `config/clusters/${cluster}`;
      const all = [
        ...names.map((name) => `${folder}/${name}`),
        ...strangePaths(trap).map((name) => below(folder, name)),
      ];
      const changes = [...filesAt(all), { path, text }];
      return hostileCommit(trap, { branch: `${branch}/${cluster}`, from: "main", changes });
    }),
  );
  const labels = trap.names.filter((name) => name.isWellFormed() && !name.includes("\0"));
  const cases = [
    { event: "pull_request", head: "earth", faults: [], ends: ["success", "success"] },
    { event: "push", head: "lake", faults: ["prod:fjord/kelp"], ends: ["failure", "skipped"] },
  ] as const;
  for (const { event, head, faults, ends } of cases) {
    await t.step(`${event}: ${labels.length} labels`, async () => {
      await using simulator = await simulatorOf(repository, { machines: realMachines });
      const simulation = await simulator.simulate({
        ...{ base: "main", head: `${branch}/${head}`, event, labels },
        faults: faults.map(parseFault),
      });
      assert.deepEqual(simulation.runs.map(({ conclusion }) => conclusion), ends);
      assertInertRuns(simulation);
      const page = "https://github.com/simulated/infrastructure/actions/runs";
      assert.equal(simulation.comments.length, event === "push" ? 0 : 1);
      const sha = await repository.git("rev-parse", `${branch}/${head}`);
      for (const comment of simulation.comments) {
        assertInertMarkdown(comment.replaceAll(sha, SHA), [`${page}/${simulation.runs[0]?.id}`]);
      }
      await trap.assertUnsprung(repository.path);
    });
  }
});

const WORKFLOW = ".github/workflows/deploy-hubs.yaml";

Deno.test(`generate shows hostile lines of a workflow as text: ${NAMES.length} tried`, async () => {
  await using stage = await Stage.set();
  const { folder, trap } = stage;
  const args = ["generate", `--repo=${folder.path}`];
  assert.equal((await stage.run(args)).code, 0);
  const text = await folder.read(WORKFLOW);
  // Below a line that is as it should be, in its place, and as the line that stays beside a change.
  await folder.write(WORKFLOW, `${text}\n${trap.names.join("\n")}\n`);
  await folder.write(".github/workflows/other.yaml", `${text}\n${trap.names.join("\n ")}\n`);
  for (const inWorkflow of [true, false]) {
    const { code, out } = await stage.run([...args, "--check"], { inWorkflow });
    assert.deepEqual([code, out.split("\n").length > NAMES.length], [1, true]);
  }
});

Deno.test(`generate shows hostile names of left-over workflows as text: ${NAMES.length} tried`, async () => {
  await using stage = await Stage.set();
  const { folder, trap } = stage;
  const generate = ["generate", `--repo=${folder.path}`];
  assert.equal((await stage.run(generate)).code, 0);
  const mark = (await folder.read(WORKFLOW)).split("\n")[0];
  const names = [...new Set(NAMES.map(({ text }) => trap.armHere(text).replaceAll("/", "_")))]
    .filter((name) => isFileName(name, 180));
  assert.equal(names.length, 360);
  for (const name of names) await folder.write(`.github/workflows/${name}.yaml`, `${mark}\n`);
  for (const args of [["--check"], []]) {
    const { code, out } = await stage.run([...generate, ...args], { inWorkflow: true });
    assert.deepEqual([code, out.split("\n").length > names.length], [args.length, true]);
  }
});
