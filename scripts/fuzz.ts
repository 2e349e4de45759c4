/**
 * Gives hubwright thousands of damaged inputs over every edge, and checks that it neither crashes
 * nor hangs, that it names what is wrong, and that what it accepts holds what it promises.
 *
 *     deno task fuzz [--cases N] [--seed S] [--target NAME] [--path PATH] [--workers N]
 *
 * @module
 */
import { drawTable } from "../src/report/draw_table.ts";
import { runChunks } from "../tests/fuzz/pool.ts";
import type { Failure, FuzzReport } from "../tests/fuzz/run_target.ts";
import type { Target } from "../tests/fuzz/target.ts";
import { allTargets } from "../tests/fuzz/targets.ts";
import type { Chunk } from "../tests/fuzz/worker.ts";

/** How many cases one worker runs at a time. */
const CHUNK = 200;

const options = readOptions(Deno.args);
const targets = chosen(await allTargets(), options.target);
const chunks = divide(targets, options);
const total = chunks.reduce((sum, { cases }) => sum + cases, 0);
const start = performance.now();

print(`${total} cases, seed ${options.seed}, ${options.workers} workers\n`);

// What a stopped worker leaves behind goes with the rest.
const folder = await Deno.makeTempDir({ prefix: "hubwright-fuzz-" });
Deno.env.set("TMPDIR", folder);
let done = 0;
let reports: readonly FuzzReport[];
try {
  reports = await runChunks(chunks, {
    targets,
    workers: options.workers,
    onCase: () => showProgress(++done),
  });
} finally {
  await Deno.remove(folder, { recursive: true });
}
if (Deno.stderr.isTerminal()) print("\r\x1b[K", Deno.stderr);

const rows = targets.map(({ name }) => {
  const own = reports.filter(({ target }) => target === name);
  const sum = (of: (report: FuzzReport) => number) => own.reduce((all, each) => all + of(each), 0);
  return [
    name,
    sum(({ cases }) => cases),
    sum(({ ended }) => ended.accepted),
    sum(({ ended }) => ended.refused),
    sum(({ failure }) => failure === undefined ? 0 : 1),
    Math.round(Math.max(...own.map(({ slowestMs }) => slowestMs))),
  ].map(String);
});
print(drawTable(
  ["target", "cases", "accepted", "refused", "failures", "slowest, ms"],
  rows,
  { color: false, width: 160 },
));
const failed = reports.flatMap(({ failure, ...of }) =>
  failure === undefined ? [] : [{ of, failure }]
);
for (const { of, failure } of failed) print(explain(of, failure));
const cases = reports.reduce((sum, report) => sum + report.cases, 0);
print(
  `${cases} cases in ${((performance.now() - start) / 1_000).toFixed()} s, ` +
    `${failed.length} failures\n`,
);
Deno.exit(failed.length === 0 ? 0 : 1);

interface Options {
  readonly cases: number;
  readonly seed: number;
  readonly workers: number;
  readonly target: string | undefined;
  readonly path: string | undefined;
}

function readOptions(args: readonly string[]): Options {
  const known = ["cases", "seed", "target", "path", "workers"];
  const given = new Map<string, string>();
  for (let index = 0; index < args.length; index++) {
    const [name = "", value = args[++index]] = (args[index] ?? "").replace(/^--/, "").split("=", 2);
    const isNumber = !["cases", "seed", "workers"].includes(name) || /^[1-9]\d*$/.test(value ?? "");
    if (!known.includes(name) || value === undefined || !isNumber) {
      const found = value === undefined ? `--${name}` : `--${name} ${value}`;
      print(
        `Cannot use "${found}": expected --cases, --seed or --workers with a number, --target ` +
          "with a name, or --path with what a report says\n",
      );
      Deno.exit(2);
    }
    given.set(name, value);
  }
  const number = (name: string, usual: number) => Number(given.get(name) ?? usual);
  return {
    cases: number("cases", 10_000),
    seed: number("seed", 1 + Math.floor(Math.random() * 2 ** 30)),
    workers: number("workers", navigator.hardwareConcurrency),
    target: given.get("target"),
    path: given.get("path"),
  };
}

function chosen(all: readonly Target[], name: string | undefined): readonly Target[] {
  const found = all.filter((target) => name === undefined || target.name === name);
  if (found.length > 0) return found;
  print(
    `Cannot find the target: expected one of\n${all.map(({ name }) => `  ${name}\n`).join("")}`,
  );
  Deno.exit(2);
}

/** Gives each target its share, in chunks that take turns. */
function divide(targets: readonly Target[], { cases, seed, path }: Options): readonly Chunk[] {
  const shares = targets.reduce((sum, { share }) => sum + share, 0);
  const chunks = targets.flatMap(({ name, share }) => {
    const own = path === undefined ? Math.max(1, Math.round(cases * share / shares)) : 1;
    return Array.from({ length: Math.ceil(own / CHUNK) }, (_, index) => ({
      order: index,
      chunk: {
        target: name,
        seed: (seed + index * 7_919) % 2 ** 31,
        cases: Math.min(CHUNK, own - index * CHUNK),
        path,
      },
    }));
  });
  return chunks.sort((a, b) => a.order - b.order).map(({ chunk }) => chunk);
}

function explain({ target, seed }: Omit<FuzzReport, "failure">, failure: Failure): string {
  const replay = ["deno task fuzz", `--target ${JSON.stringify(target)}`, `--seed ${seed}`];
  return [
    `\nFailed: ${target}`,
    failure.error,
    `The smallest case that was found: ${failure.counterexample}`,
    `Again: ${replay.join(" ")} --path ${failure.path}\n\n`,
  ].join("\n");
}

function showProgress(count: number): void {
  if (count % 20 > 0 || !Deno.stderr.isTerminal()) return;
  print(`\r\x1b[K${Math.min(count, total)} of ${total} cases`, Deno.stderr);
}

function print(text: string, stream: typeof Deno.stdout | typeof Deno.stderr = Deno.stdout): void {
  let bytes = new TextEncoder().encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
}
