/** The generated workflows, run by the simulator with real shells, on hostile names. */
import assert from "node:assert/strict";
import type { Simulation } from "../../src/simulate/simulation.ts";
import { simulationMermaid } from "../../src/simulate/simulation_mermaid.ts";
import { simulationTables } from "../../src/simulate/simulation_tables.ts";
import { jsonText } from "../../src/report/json_text.ts";
import { parseFault } from "../../src/simulate/fault.ts";
import { exampleRepository, simulatorOf } from "../simulate/example.ts";
import { addFiles, commitHostile, utf8 } from "./hostile_git.ts";
import { assertInertLog } from "./inert.ts";
import { assertInertMarkdown } from "./inert_markdown.ts";
import { BYTES, isGitPath, NAMES } from "./names.ts";
import { earthYaml } from "./repository.ts";
import { Trap } from "./trap.ts";

const OUTPUTS: Readonly<Record<string, readonly string[]>> = {
  "generate-jobs": ["prod-hub-matrix-jobs", "support-and-staging-matrix-jobs"],
  "filter-generate-jobs": ["prod-hub-matrix-jobs"],
};

/** Checks everything that a simulation gave: what every step printed and wrote, and the comment. */
function assertInertRuns(simulation: Simulation): void {
  const legs = simulation.runs.flatMap(({ jobs }) =>
    jobs.flatMap(({ id, legs }) => legs.map((leg) => ({ id, ...leg })))
  );
  for (const { id, steps, summary, outputs, annotations } of legs) {
    for (const { log } of steps) assertInertLog(log, { annotations: true, color: true });
    for (const { message } of annotations) {
      message.split("\n").forEach((line) => assertInertLog(line));
    }
    assertInertMarkdown(summary);
    const names = Object.keys(outputs).filter((name) => !name.startsWith("success_")).sort();
    assert.deepEqual(names, OUTPUTS[id] ?? [], id);
  }
  for (const { jobs } of simulation.runs) {
    for (const { steps } of jobs.flatMap(({ legs }) => legs)) {
      for (const { deployments } of steps) {
        for (const { cluster, hub = "" } of deployments) {
          assert.match(`${cluster}${hub}`, /^[a-z0-9.-]+$/);
        }
      }
    }
  }
  assertInertLog(jsonText(simulation));
  assertInertLog(simulationTables(simulation, { color: false, width: 120 }));
  assertInertLog(simulationMermaid(simulation));
}

/** The example with two branches, on which a stranger added files whose names are hostile. */
async function strangeExample(trap: Trap) {
  const repository = await exampleRepository();
  const base = await repository.git("rev-parse", "HEAD");
  const names = NAMES.map(({ text }) => trap.arm(text));
  const paths = names.filter(isGitPath);
  const strange = BYTES.map(({ text }) => Uint8Array.from(text, (byte) => byte.charCodeAt(0)));
  const add = async (branch: string, folder: string, more: Readonly<Record<string, string>>) => {
    await repository.git("reset", "--quiet", "--hard", base);
    const files = [
      ...paths.map((name, index) => utf8(`${folder}/v${index}/${name}`)),
      ...strange.map((name) => Uint8Array.from([...utf8(`${folder}/`), ...name])),
    ].map((path) => ({ path, text: "a: 1\n" }));
    const others = Object.entries(more).map(([path, text]) => ({ path: utf8(path), text }));
    await addFiles(repository, [...files, ...others]);
    const commit = await commitHostile(repository, base, names);
    await repository.git("update-ref", `refs/heads/${branch}`, commit);
    return branch;
  };
  const branch = trap.armHere(
    'x$(touch${IFS}PWNED)`touch${IFS}PWNED`;touch${IFS}PWNED;"${{github}}',
  );
  const earth = "config/clusters/earth";
  return {
    repository,
    base,
    count: paths.length + strange.length,
    labels: names.filter((name) => name.isWellFormed() && !name.includes("\0")),
    // Every name is that of a values file of a hub, so that each stands in a reason.
    values: await add(`${branch}/values`, earth, {
      [`${earth}/cluster.yaml`]: earthYaml(paths.map((name, index) => `v${index}/${name}`)),
    }),
    // One hub is upgraded, so that few legs check all of it out.
    beside: await add(`${branch}/beside`, "config/clusters/lake", {
      "config/clusters/fjord/kelp.values.yaml": "changed: true\n",
    }),
  };
}

Deno.test("the generated workflows show hostile names as text, and run none", async (t) => {
  await using trap = await Trap.set();
  const { repository, base, count, labels, values, beside } = await strangeExample(trap);
  await using _ = repository;
  const events = { pull_request: values, push: beside } as const;
  for (const event of ["pull_request", "push"] as const) {
    await t.step(`${event}: ${count} names of files, ${labels.length} labels tried`, async () => {
      await using simulator = await simulatorOf(repository);
      const faults = event === "push" ? [parseFault("prod:fjord/kelp")] : [];
      const simulation = await simulator.simulate({
        ...{ base, head: events[event], event, labels, faults },
      });
      const conclusions = simulation.runs.map(({ conclusion }) => conclusion);
      assert.deepEqual(
        conclusions,
        event === "push" ? ["failure", "skipped"] : ["success", "success"],
      );
      assertInertRuns(simulation);
      const page = "https://github.com/simulated/infrastructure/actions/runs";
      assert.equal(simulation.comments.length, event === "push" ? 0 : 1);
      for (const comment of simulation.comments) {
        assertInertMarkdown(comment, [`${page}/${simulation.runs[0]?.id}`]);
      }
      await trap.assertUnsprung(repository.path);
    });
  }
});
