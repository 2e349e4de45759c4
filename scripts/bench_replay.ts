/**
 * Measures `replay` on histories of several lengths, each as a whole process and beside `git log`
 * alone, which any replay has to wait for.
 *
 * @module
 */
import { drawTable } from "../src/report/draw_table.ts";
import { Sandbox } from "../tests/cli/sandbox.ts";
import { makeHistory } from "./fleet_history.ts";
import { mustRun } from "./must_run.ts";
import { print } from "./print.ts";

const SIZE = { clusters: 30, hubs: 170 };
const LENGTHS = [822, 2_000, 8_000];
const GOAL = 200;
const RUNS = 3;
const ENTRY = new URL("../dist/hubwright.js", import.meta.url).pathname;

const rows: (readonly string[])[] = [];
for (const length of LENGTHS) {
  await using repository = await Sandbox.create();
  await repository.git("init", "--quiet", "--initial-branch=main");
  await makeHistory(repository.path, SIZE, length);
  const replay = ["run", "-A", ENTRY, "replay", "--repo", repository.path, "--to", "main"];
  const seconds = await fastest(Deno.execPath(), replay);
  const log = ["-C", repository.path, "log", "--first-parent", "--raw", "main"];
  rows.push([
    `${length}`,
    `${seconds.toFixed(2)} s`,
    `${(length / seconds).toFixed(0)}`,
    `${GOAL}`,
    `${(await fastest("git", log)).toFixed(2)} s`,
  ]);
}
print(`${SIZE.clusters} clusters, ${SIZE.hubs} hubs; the fastest of ${RUNS} runs\n`);
print(
  drawTable(["pushes", "replay", "pushes a second", "goal", "git log alone"], rows, {
    color: false,
    width: 120,
  }),
);

async function fastest(command: string, args: readonly string[]): Promise<number> {
  let best = Infinity;
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    await mustRun(command, args);
    best = Math.min(best, (performance.now() - start) / 1000);
  }
  return best;
}
