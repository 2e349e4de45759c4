import { allJobs } from "../../src/simulate/all_jobs.ts";
import type { LegRecord, RunRecord } from "../../src/simulate/record.ts";
import { Simulator, type SimulatorOptions } from "../../src/simulate/simulator.ts";
import type { Config } from "../../src/config/config.ts";
import { printed } from "../cli/fake_io.ts";
import { copyExample, Sandbox } from "../cli/sandbox.ts";
import { fastMachines } from "./fast_machines.ts";

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

/**
 * A copy of the example with a commit, in which hubwright itself is not tracked; and a second commit
 * where it is to have another config.
 */
export async function exampleRepository(config?: Config | string): Promise<Sandbox> {
  const { path } = await (committed ??= committedExample());
  const copy = await Sandbox.create();
  await new Deno.Command("cp", { args: ["-R", `${path}/.`, copy.path] }).output();
  if (config === undefined) return copy;
  await configure(copy, config);
  await copy.commit("Configure");
  return copy;
}

/** Writes a config, and the workflows that follow from it. */
export async function configure(repository: Sandbox, config: Config | string): Promise<void> {
  const text = typeof config === "string" ? config : `export default ${JSON.stringify(config)};\n`;
  await repository.write("hubwright.config.ts", text);
  await printed(["generate", "--repo", repository.path]);
}

Deno.test.afterAll(async () => await (await committed)?.[Symbol.asyncDispose]());

/** Commits a change of files; answers with the commit. */
export async function change(repository: Sandbox, ...paths: readonly string[]): Promise<string> {
  for (const path of paths) {
    await repository.write(path, `${await repository.read(path)}\n# changed\n`);
  }
  return await repository.commit(`Change ${paths.join(", ")}`);
}

/** A simulator of a repository, on fast machines where no others are given. */
export function simulatorOf(
  repository: Sandbox,
  options: Partial<SimulatorOptions> = {},
): Promise<Simulator> {
  return Simulator.create({ repo: repository.path, machines: fastMachines, ...options });
}

interface Fleet extends AsyncDisposable {
  readonly repository: Sandbox;
  readonly simulator: Simulator;
}

/** The example with a change of files, and a simulator of it. */
export async function changedFleet(
  paths: readonly string[],
  { config, ...options }: Omit<Partial<SimulatorOptions>, "config"> & {
    readonly config?: Config | string;
  } = {},
): Promise<Fleet> {
  await using stack = new AsyncDisposableStack();
  const repository = stack.use(await exampleRepository(config));
  await change(repository, ...paths);
  const simulator = stack.use(await simulatorOf(repository, options));
  const made = stack.move();
  return { repository, simulator, [Symbol.asyncDispose]: () => made.disposeAsync() };
}

/** The legs of a job. */
export function legsOf(runs: readonly RunRecord[], job: string): readonly LegRecord[] {
  return allJobs(runs.flatMap((run) => run.jobs)).filter(({ id }) => id === job)
    .flatMap(({ legs }) => legs);
}
