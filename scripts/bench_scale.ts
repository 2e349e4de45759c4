/**
 * Measures `plan` on fleets of 100, 1,000 and 10,000 clusters, or of the sizes that are given: as
 * whole processes, their time, their memory, and how both grow.
 *
 * @module
 */
import type { Sandbox } from "../tests/cli/sandbox.ts";
import { fleetRepository } from "./fleet_history.ts";
import { ENTRY, type Measured, measureProcess } from "./measure_process.ts";
import { print, printTable } from "./print.ts";
import { HUBS_A_CLUSTER, SCALE_CHANGES, type ScaleChange } from "./scale_changes.ts";

/** Other sizes are only tried. */
const RUNS = Deno.args.length > 0 ? 1 : 3;
const SIZES = Deno.args.length > 0 ? Deno.args.map(Number) : [100, 1_000, 10_000];

/** The least time and the most memory of some runs of one plan. */
interface Row {
  readonly change: ScaleChange;
  readonly precision: string;
  readonly clusters: number;
  readonly seconds: number;
  readonly peak: number | undefined;
}

const rows: Row[] = [];
for (const clusters of SIZES) {
  const start = performance.now();
  await using fleet = await fleetRepository({ clusters, hubs: clusters * HUBS_A_CLUSTER }, 0);
  print(`made ${clusters} clusters in ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
  for (const change of SCALE_CHANGES) {
    await fleet.write(change.file, change.edit(await fleet.read(change.file)));
    await fleet.commit(change.name);
    for (const precision of change.precisions) {
      rows.push(await measurePlan(fleet, change, precision, clusters));
    }
  }
}
print(`${HUBS_A_CLUSTER} hubs a cluster; the least time and the most memory of ${RUNS} runs\n`);
print("growth: what ten times the clusters make of the figure, from the row above\n");
printTable(
  ["change", "precision", "clusters", "time", "growth", "memory", "growth", "goals"],
  SCALE_CHANGES.flatMap((change) =>
    change.precisions.flatMap((precision) => {
      const own = rows.filter((row) => row.change === change && row.precision === precision);
      return own.map((row, index) => describe(row, own[index - 1]));
    })
  ),
);

async function measurePlan(
  fleet: Sandbox,
  change: ScaleChange,
  precision: string,
  clusters: number,
): Promise<Row> {
  const config = fleet.join(`.git/${precision}.config.ts`);
  await Deno.writeTextFile(config, `export default { precision: "${precision}" };\n`);
  const plan = [ENTRY, "plan", "--base=HEAD^", "--format=json"];
  const args = precision === "cluster" ? plan : [...plan, `--config=${config}`];
  const runs: Measured[] = [];
  for (let run = -1; run < RUNS; run++) {
    const measured = await measureProcess(args, fleet.path);
    checkPlan(measured, change.legs(clusters));
    // The first run fills Deno's caches.
    if (run >= 0) runs.push(measured);
  }
  const peaks = runs.flatMap(({ peak }) => peak ?? []);
  return {
    ...{ change, precision, clusters },
    seconds: Math.min(...runs.map(({ seconds }) => seconds)),
    peak: peaks.length === 0 ? undefined : Math.max(...peaks),
  };
}

/** Checks that what is measured is the right plan. */
function checkPlan({ code, stdout, stderr }: Measured, legs: readonly number[]): void {
  const { support_and_staging, prod } = stdout === ""
    ? { support_and_staging: [], prod: [] }
    : JSON.parse(stdout);
  const found = [support_and_staging.length, prod.length];
  // GitHub refuses more than 256 legs, so such a plan is printed and refused.
  const refused = legs.some((count) => count > 256);
  const asExpected = refused ? code === 1 && /at most 256 jobs/.test(stderr) : code === 0;
  if (asExpected && `${found}` === `${legs}`) return;
  throw new Error(`exit code ${code}: planned ${found} legs, expected ${legs}: ${stderr}`);
}

function describe(
  { change, precision, clusters, seconds, peak }: Row,
  smaller: Row | undefined,
): readonly string[] {
  const growth = (figure: number | undefined, before: number | undefined) => {
    if (smaller === undefined || figure === undefined || before === undefined) return "";
    const exponent = Math.log(figure / before) / Math.log(clusters / smaller.clusters);
    return `x ${(10 ** exponent).toFixed(1)}`;
  };
  const met = (figure: number | undefined, most: number) =>
    figure === undefined ? "unknown" : figure < most ? "met" : "missed";
  const { goal } = change;
  return [
    change.name,
    precision,
    clusters.toLocaleString("en"),
    `${seconds.toFixed(2)} s`,
    growth(seconds, smaller?.seconds),
    peak === undefined ? "unknown" : `${peak.toFixed(0)} MB`,
    growth(peak, smaller?.peak),
    `${goal.seconds} s: ${met(seconds, goal.seconds)}, ${goal.peak} MB: ${met(peak, goal.peak)}`,
  ];
}
