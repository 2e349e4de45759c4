/**
 * Gives hubwright thousands of damaged inputs over every edge, and checks that it neither crashes
 * nor hangs, that it names what is wrong, and that what it accepts holds what it promises.
 *
 *     deno task fuzz [--cases N] [--seed S] [--target NAME] [--path PATH] [--workers N]
 *
 * @module
 */
import { parseArgs } from "node:util";
import { Lane } from "../tests/fuzz/lane.ts";
import type { FuzzReport } from "../tests/fuzz/run_target.ts";
import type { Target } from "../tests/fuzz/target.ts";
import { allTargets } from "../tests/fuzz/targets.ts";
import { print, printTable } from "./print.ts";
import { readOptions, whole } from "./read_options.ts";

const USUAL_CASES = 10_000;

const { seed, path, targets, cases, workers } = await readOptions(async () => {
  const text = { type: "string" } as const;
  const options = { cases: text, seed: text, target: text, path: text, workers: text };
  const { values } = parseArgs({ args: Deno.args, options });
  const number = (given: string | undefined, usual: number) =>
    given === undefined ? usual : whole(given);
  const targets = (await allTargets())
    .filter(({ name }) => values.target === undefined || name === values.target);
  if (targets.length === 0) throw new RangeError(`expected another target than "${values.target}"`);
  return {
    path: values.path,
    targets,
    cases: values.cases === undefined ? undefined : whole(values.cases),
    seed: number(values.seed, 1 + Math.floor(Math.random() * 2 ** 30)),
    workers: number(values.workers, navigator.hardwareConcurrency),
  };
});
const shares = targets.reduce((sum, { share }) => sum + share, 0);
const casesOf = ({ share, least = 0 }: Pick<Target, "share" | "least">) => {
  const part = Math.ceil((cases ?? USUAL_CASES) * share / shares);
  return path !== undefined ? 1 : cases === undefined ? Math.max(least, part) : part;
};

// What a stopped worker leaves behind goes with the rest.
const folder = await Deno.makeTempDir({ prefix: "hubwright-fuzz-" });
Deno.env.set("TMPDIR", folder);
const reports: FuzzReport[] = [];
try {
  const waiting = targets.values();
  await Promise.all(Array.from({ length: workers }, async () => {
    using lane = new Lane();
    for (const target of waiting) {
      reports.push(await lane.run(target, { seed, cases: casesOf(target), path }));
    }
  }));
} finally {
  await Deno.remove(folder, { recursive: true });
}

const rows = reports.map(({ target, cases, ended, failure }) =>
  [target, cases, ended.accepted, ended.refused, failure === undefined ? 0 : 1].map(String)
);
printTable(["target", "cases", "accepted", "refused", "failures"], rows);
const failures = reports.flatMap(({ target, failure }) => failure ? [{ target, ...failure }] : []);
for (const { target, error, counterexample, path } of failures) {
  print(`
Failed: ${target}
${error}
The smallest case that was found: ${counterexample}
Again: deno task fuzz --target ${JSON.stringify(target)} --seed ${seed} --path ${path}

`);
}
const total = reports.reduce((sum, { cases }) => sum + cases, 0);
print(`${total} cases, seed ${seed}, ${failures.length} failures\n`);
Deno.exit(failures.length === 0 ? 0 : 1);
