/**
 * Drifts, seeded one at a time, and which net catches each: the type check, the generator, the drift
 * check, or a simulated run that does not deploy what it should.
 */
import assert from "node:assert/strict";
import { UserError } from "../../src/errors.ts";
import { parseFault } from "../../src/simulate/fault.ts";
import type { Simulator } from "../../src/simulate/simulate.ts";
import { hubwright } from "../cli/fake_io.ts";
import { ROOT, Sandbox } from "../cli/sandbox.ts";
import { change, exampleRepository, simulatorOf } from "./example.ts";
import { HARMLESS, type Seed, SOURCE_SEEDS, YAML_SEEDS } from "./seeds.ts";

/** Between them, these changes meet every rule. */
const CHANGES = [
  ["helm-charts/basehub/values.yaml"],
  ["helm-charts/support/values.yaml"],
  [
    "config/clusters/fjord/kelp.values.yaml",
    "config/clusters/kube.delta/cluster.yaml",
    "config/clusters/lake/support.values.yaml",
  ],
];

const FAULTS = [[], ["staging:lake/staging=lost"], [
  "staging:fjord/staging",
  "support:lake-west=timeout",
]];

async function exampleWithChanges(): Promise<Sandbox> {
  const repository = await exampleRepository();
  for (const paths of CHANGES) await change(repository, ...paths);
  return repository;
}

/** What one simulated run after the other deploys and blocks; an error where a simulation stops. */
async function* outcomes(
  simulator: Simulator,
  faults: readonly (readonly string[])[],
): AsyncGenerator<string> {
  const commits = CHANGES.map((_, index) => [`HEAD~${index + 1}`, `HEAD~${index}`] as const);
  const tell = (value: unknown) => JSON.stringify(value).replaceAll(/[0-9a-f]{12,40}/g, "");
  try {
    for (const [base, head] of commits) {
      for (const specs of faults) {
        const scenario = { base, head, faults: specs.map(parseFault) };
        const { releases, green } = await simulator.simulate(scenario);
        yield tell([green, releases]);
      }
    }
    const [base, head] = commits[0] ?? assert.fail();
    const { green, comments } = await simulator.simulate({ base, head, event: "pull_request" });
    yield tell([green, comments.map((body) => body.replace(/runs\/\d+/, ""))]);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    yield error.message;
  }
}

/** Whether the simulated runs of a repository differ from those that are right. */
async function differs(
  repository: Sandbox,
  fast: boolean,
  faults: readonly (readonly string[])[],
  right: readonly string[],
): Promise<boolean> {
  await using simulator = await simulatorOf(repository, { fast });
  let index = 0;
  for await (const outcome of outcomes(simulator, faults)) {
    if (outcome !== right[index++]) return true;
  }
  return index !== right.length;
}

async function rightOutcomes(
  repository: Sandbox,
  fast: boolean,
  faults: readonly (readonly string[])[],
): Promise<readonly string[]> {
  await using simulator = await simulatorOf(repository, { fast });
  return await Array.fromAsync(outcomes(simulator, faults));
}

async function seedInto(folder: Sandbox, { file, from, to, name }: Seed): Promise<string> {
  const text = await folder.read(file);
  const changed = text.replace(from, to);
  assert.notEqual(changed, text, `${name}: there is nothing to change`);
  await folder.write(file, changed);
  return text;
}

function say(what: string, caught: ReadonlyMap<string, string>): void {
  const nets = Map.groupBy(caught.values(), (net) => net);
  const counts = [...nets].map(([net, { length }]) => `${length} by ${net}`).join(", ");
  const missed = [...caught].filter(([, net]) => net === "nothing").map(([name]) => name);
  // deno-lint-ignore no-console -- the numbers are what the suite is for
  console.info(`${what}: ${caught.size - missed.length}/${caught.size} caught: ${counts}`);
  assert.deepEqual(missed, []);
}

/** So many copies are type-checked at once: most of the time goes into what they share. */
const BATCH = 14;

/** What runs of hubwright is in these. */
const COPIED = ["actions.lock.json", "deno.json", "deno.lock", "mod.ts", "src", "workflows"];

/** Copies of hubwright, each with one drift in it, in folders beside each other. */
async function driftedCopies(root: Sandbox, seeds: readonly Seed[]): Promise<readonly string[]> {
  const paths: string[] = [];
  const visit = async (path: string): Promise<void> => {
    const info = await Deno.lstat(`${ROOT}/${path}`);
    if (info.isFile) paths.push(path);
    if (!info.isDirectory) return;
    for await (const { name } of Deno.readDir(`${ROOT}/${path}`)) await visit(`${path}/${name}`);
  };
  for (const path of COPIED) await visit(path);
  const texts = await Promise.all(
    paths.map(async (path) => [path, await Deno.readTextFile(`${ROOT}/${path}`)] as const),
  );
  for (const name of ["deno.json", "deno.lock"]) {
    await Deno.copyFile(`${ROOT}/${name}`, root.join(name));
  }
  return await Promise.all(seeds.map(async ({ name, file, from, to }, index) => {
    let changed = false;
    for (const [path, text] of texts) {
      const drifted = path === file ? text.replace(from, () => expand(text, from, to)) : text;
      changed ||= drifted !== text;
      await root.write(`copy${index}/${path}`, drifted);
    }
    assert.ok(changed, `${name}: there is nothing to change`);
    return `copy${index}`;
  }));
}

function expand(text: string, from: RegExp, to: string): string {
  const [match = "", group = ""] = from.exec(text) ?? [];
  return match === "" ? match : to.replaceAll("$1", () => group);
}

async function deno(cwd: string, ...args: readonly string[]) {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1" },
    stdout: "null",
  }).output();
  return { success, err: new TextDecoder().decode(stderr) };
}

/** The copies in which the type check finds something. */
async function typeErrors(root: Sandbox, copies: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (let start = 0; start < copies.length; start += BATCH) {
    const entries = copies.slice(start, start + BATCH)
      .flatMap((copy) => [`${copy}/workflows/mod.ts`, `${copy}/src/cli/main.ts`]);
    const { err } = await deno(root.path, "check", "--frozen", ...entries);
    for (const [, copy = ""] of err.matchAll(/^ +at file:\/\/\S*\/(copy\d+)\//gm)) found.add(copy);
  }
  return found;
}

Deno.test("every drift in hubwright's source is caught before a deployment", async () => {
  await using root = await Sandbox.create();
  await using repository = await exampleWithChanges();
  const faults = FAULTS.slice(1, 2);
  const right = await rightOutcomes(repository, false, faults);
  const seeds = [...SOURCE_SEEDS, HARMLESS];
  const copies = await driftedCopies(root, seeds);
  const wrong = await typeErrors(root, copies);
  const caught = new Map<string, string>();
  for (const [index, copy] of copies.entries()) {
    const netOf = async () => {
      if (wrong.has(copy)) return "the type check";
      const main = `${copy}/src/cli/main.ts`;
      const check = ["run", "-A", main, "generate", "--check", "--repo", repository.path];
      if (!(await deno(root.path, ...check)).success) return "the generator or the drift check";
      // With real shells: what runs is the copy; what is planned is asked of the original.
      await Deno.remove(repository.join("hubwright"));
      await Deno.symlink(root.join(copy), repository.join("hubwright"));
      return await differs(repository, false, faults, right) ? "a simulated run" : "nothing";
    };
    caught.set(seeds[index]?.name ?? "", await netOf());
  }
  assert.equal(caught.get(HARMLESS.name), "nothing", "what is no drift is not caught");
  caught.delete(HARMLESS.name);
  assert.equal(caught.size, SOURCE_SEEDS.length);
  say("drifts in the source", caught);
});

Deno.test("every edit of a generated workflow is caught by the drift check", async () => {
  await using repository = await exampleRepository();
  const caught = new Map<string, string>();
  const check = async (name: string) => {
    const { code } = await hubwright(["generate", "--check", "--repo", repository.path]);
    caught.set(name, code === 1 ? "the drift check" : "nothing");
  };
  for (const seed of YAML_SEEDS) {
    const before = await seedInto(repository, seed);
    await check(seed.name);
    await repository.write(seed.file, before);
  }
  const file = ".github/workflows/deploy-hubs.yaml";
  const text = await repository.read(file);
  await Deno.remove(repository.join(file));
  await check("a deleted file");
  await repository.write(file, text);
  await repository.write(".github/workflows/old-hubs.yaml", text);
  await check("a file more");
  say("edits of the workflows", caught);
});

Deno.test("edits of a generated workflow also make simulated runs differ", async () => {
  await using repository = await exampleWithChanges();
  const right = await rightOutcomes(repository, true, FAULTS);
  const caught = new Map<string, string>();
  for (const seed of [undefined, ...YAML_SEEDS]) {
    // The edit is in every commit, as if the workflow had always been so.
    await repository.git("checkout", "--quiet", "-B", "edited", "main~3");
    if (seed !== undefined) await seedInto(repository, seed);
    await repository.commit("Edit");
    await repository.git("cherry-pick", "main~3..main");
    const caughtHere = await differs(repository, true, FAULTS, right);
    if (seed === undefined) assert.equal(caughtHere, false, "no edit makes no difference");
    else caught.set(seed.name, caughtHere ? "a simulated run" : "nothing");
  }
  say("edits of the workflows", caught);
});
