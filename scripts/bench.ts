/**
 * Measures `plan` and `generate` as whole processes beside a bare `deno run` of an empty script, in
 * turn, so that all of them meet the same machine.
 *
 * @module
 */
import { drawTable } from "../src/report/draw_table.ts";
import { makeFleet } from "./fleet.ts";
import { print } from "./print.ts";
import { TemporaryRepository } from "./temporary_repository.ts";

const RUNS = 30;
const SIZE = { clusters: 30, hubs: 170 };
const GOALS: Readonly<Record<string, string>> = {
  "plan, as JSON": "at most 4 times",
  "generate": "at most 400 ms",
};
const MAIN = new URL("../src/cli/main.ts", import.meta.url).pathname;

const repository = await TemporaryRepository.create("hubwright-bench-");
try {
  await makeFleet(repository.path, SIZE);
  await repository.commit("Add a fleet");
  await repository.append("config/clusters/cluster-7/hub-2.values.yaml", "# changed");
  await repository.commit("Change one values file");
  await Deno.writeTextFile(`${repository.path}/empty.ts`, "");
  const config = `${repository.path}/other.config.ts`;
  await Deno.writeTextFile(
    config,
    'import { defineConfig } from "@hubwright/hubwright";\nexport default defineConfig({});\n',
  );

  const plan = ["-A", MAIN, "plan", "--base", "HEAD^"];
  const times = await measure({
    "empty script": ["-A", "empty.ts"],
    "plan, as JSON": [...plan, "--format", "json"],
    "plan, as tables": plan,
    "plan, with a config": [...plan, "--format", "json", "--config", config],
    "generate": ["-A", MAIN, "generate"],
  });
  const bare = median(times["empty script"] ?? []);
  const rows = Object.entries(times).map(([name, all]) => [
    name,
    `${median(all).toFixed(1)} ms`,
    `${Math.min(...all).toFixed(1)} ms`,
    (median(all) / bare).toFixed(2),
    GOALS[name] ?? "",
  ]);
  print(`${SIZE.clusters} clusters, ${SIZE.hubs} hubs, one changed file; ${RUNS} runs of each\n`);
  print(
    drawTable(["process", "median", "fastest", "times empty", "goal"], rows, {
      color: false,
      width: 120,
    }),
  );
} finally {
  await repository.remove();
}

async function measure(
  commands: Readonly<Record<string, readonly string[]>>,
): Promise<Readonly<Record<string, number[]>>> {
  const times: Record<string, number[]> = {};
  for (let round = -3; round < RUNS; round++) {
    for (const [name, args] of Object.entries(commands)) {
      const time = await runOnce(args);
      // The first rounds fill Deno's caches.
      if (round >= 0) (times[name] ??= []).push(time);
    }
  }
  return times;
}

async function runOnce(args: readonly string[]): Promise<number> {
  const start = performance.now();
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", ...args],
    cwd: repository.path,
    stdout: "null",
    stderr: "piped",
  }).output();
  const time = performance.now() - start;
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return time;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
