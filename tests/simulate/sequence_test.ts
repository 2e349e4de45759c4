/** One thing after the other on one fleet with a ledger, over real git and the generated workflow. */
import assert from "node:assert/strict";
import type { StepOfSequence } from "../../src/simulate/record.ts";
import { parseStep } from "../../src/simulate/sequence_step.ts";
import type { Sandbox } from "../cli/sandbox.ts";
import { change, simulatorOf } from "./example.ts";
import { fastMachines } from "./fast_machines.ts";
import { ledgerRepository, setConfig } from "./fleet_repository.ts";

const PLANKTON = "config/clusters/lake/plankton.values.yaml";
const KELP = "config/clusters/fjord/kelp.values.yaml";
const SUMMIT = "config/clusters/summit/workshop.values.yaml";

/** Simulates steps, and shows that nothing went wrong that must never happen. */
async function simulate(
  repository: Sandbox,
  ...steps: readonly string[]
): Promise<readonly StepOfSequence[]> {
  await using simulator = await simulatorOf(repository, { machines: fastMachines });
  const found = await Array.fromAsync(simulator.sequence(steps.map(parseStep)));
  for (const { step, wrong } of found) assert.deepEqual(wrong, [], step);
  return found;
}

function nameOf({ cluster, hub }: StepOfSequence["releases"][number]): string {
  return `${cluster}/${hub || "support"}`;
}

/** What a step upgraded, and what is owed after it. */
function told({ runs, releases }: StepOfSequence): string {
  const upgraded = releases.filter(({ upgraded }) => upgraded !== "")
    .map((release) => `${release.upgraded === "failed" ? "!" : ""}${nameOf(release)}`);
  const owed = releases.flatMap((release) =>
    release.owed === null ? [] : [`${nameOf(release)} ${release.owed.outcome}`]
  );
  return [runs[0]?.conclusion ?? "no run", upgraded.join(", "), owed.join(", ")].join(" | ");
}

/** Commits a change of each path, one after the other. */
async function changes(repository: Sandbox, ...paths: readonly string[]): Promise<string[]> {
  const commits = [];
  for (const path of paths) commits.push(await change(repository, path));
  return commits;
}

const CASES = [["canary", ["push HEAD~2..HEAD~1 fail=staging:lake/staging", "push HEAD"]],
["lost report", ["push HEAD~2..HEAD~1 lost-report", "push HEAD"]],
["two lost", ["push HEAD~2..HEAD~1 lost-report", "push HEAD lost-report", "schedule", "schedule"]],
["cancelled", ["push HEAD~2..HEAD~1 cancel", "push HEAD"]],
["cancelled in the middle", ["push HEAD~2..HEAD~1 fail=staging:lake/staging=cancel-run", "push HEAD"]],
["lost runner", ["push HEAD~2..HEAD~1 fail=staging:lake/staging=lost", "push HEAD"]],
["lost prod", ["push HEAD~2..HEAD~1 fail=prod:lake/plankton=lost", "push HEAD"]],
["failed check", ["push HEAD~2..HEAD~1 fail=check:lake/plankton", "wait 3d", "schedule"]],
["rerun failed", ["push HEAD~2..HEAD~1 fail=staging:lake/staging", "rerun 1 failed"]],
["rerun failed canary lost", ["push HEAD~2..HEAD~1 fail=staging:lake/staging", "rerun 1 failed fail=staging:lake/staging=lost", "rerun 1 all"]],
["rerun failed prod", ["push HEAD~2..HEAD~1 fail=prod:lake/plankton", "rerun 1 failed"]],
["rerun lost report", ["push HEAD~2..HEAD~1 lost-report", "rerun 1 failed"]],
["old run", ["push HEAD~2..HEAD~1 fail=staging:lake/staging", "push HEAD", "rerun 1 all", "rerun 1 failed"]],
["old run, lost", ["push HEAD~2..HEAD~1 fail=staging:lake/staging", "push HEAD lost-report", "rerun 1 failed", "rerun 1 all", "schedule"]],
["dispatch", ["push HEAD~2..HEAD", "dispatch lake/plankton", "dispatch */staging phase=staging", "dispatch lake,fjord phase=prod dry-run", "dispatch lake phase=support", "dispatch lake,fjord phase=prod"]],
["dispatch owed", ["push HEAD~2..HEAD~1 fail=staging:lake/staging", "dispatch fjord", "dispatch phase=prod", "dispatch", "dispatch"]],
["hostile", ["push HEAD~2..HEAD", "dispatch $(touch${IFS}x)", "dispatch nowhere"]],
["plan lost", ["push HEAD~2..HEAD~1 fail=job:generate-jobs=lost", "push HEAD"]],
["filter lost", ["push HEAD~2..HEAD~1 fail=job:filter-generate-jobs=lost", "push HEAD"]],
["skip", ["push HEAD~2..HEAD~1 label=deployer:skip-deploy", "push HEAD"]],
["skip owed", ["push HEAD~2..HEAD~1 fail=staging:lake/staging", "push HEAD label=deployer:skip-deploy", "schedule"]],
] as const;

Deno.test("all", async () => {
  await using repository = await ledgerRepository();
  await changes(repository, PLANKTON, KELP);
  for (const [name, steps] of CASES) {
    console.log("##", name);
    try {
    await using simulator = await simulatorOf(repository, { machines: fastMachines });
    for await (const each of simulator.sequence(steps.map(parseStep))) console.log("  ", each.step, "=>", told(each), each.wrong, each.notices);
    } catch (e) { console.log(e instanceof Error ? e.message : e); }
  }
});
