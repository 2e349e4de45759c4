import { allJobs } from "../../src/simulate/all_jobs.ts";
import type { LegRecord, RunRecord } from "../../src/simulate/record.ts";
import { Simulator, type SimulatorOptions } from "../../src/simulate/simulator.ts";
import { copyExample, Sandbox } from "../cli/sandbox.ts";

/** The file whose change upgrades all hubs, and that whose change upgrades all support charts. */
export const EVERYTHING = ["helm-charts/basehub/values.yaml", "helm-charts/support/values.yaml"];

/** What the copies below are made from: to copy few files is quicker than to commit them again. */
let committed: Promise<Sandbox> | undefined;

async function committedExample(): Promise<Sandbox> {
  const repository = await copyExample();
  await repository.git("init", "--quiet", "--template=", "--initial-branch=main");
  await repository.write(".git/info/exclude", ".hubwright\n");
  await repository.commit("Base");
  await repository.git("repack", "--quiet", "-a", "-d");
  return repository;
}

/** A copy of the example with a commit, in which hubwright itself is not tracked. */
export async function exampleRepository(): Promise<Sandbox> {
  const { path } = await (committed ??= committedExample());
  const copy = await Sandbox.create();
  await new Deno.Command("cp", { args: ["-R", `${path}/.`, copy.path] }).output();
  return copy;
}

Deno.test.afterAll(async () => await (await committed)?.[Symbol.asyncDispose]());

/** Commits a change of files; answers with the commit. */
export async function change(repository: Sandbox, ...paths: readonly string[]): Promise<string> {
  for (const path of paths) {
    await repository.write(path, `${await repository.read(path)}\n# changed\n`);
  }
  return await repository.commit(`Change ${paths.join(", ")}`);
}

/** A simulator of a repository. */
export function simulatorOf(
  repository: Sandbox,
  options: Partial<SimulatorOptions> = {},
): Promise<Simulator> {
  return Simulator.create({ repo: repository.path, ...options });
}

/** The legs of a job. */
export function legsOf(runs: readonly RunRecord[], job: string): readonly LegRecord[] {
  return allJobs(runs.flatMap((run) => run.jobs)).filter(({ id }) => id === job)
    .flatMap(({ legs }) => legs);
}
