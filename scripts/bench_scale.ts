/**
 * Measures `plan` on fleets of 100, 1,000 and 10,000 clusters, or of the sizes that are given: as
 * whole processes, their time, their memory, and how both grow.
 *
 * @module
 */
import { drawTable } from "../src/report/draw_table.ts";
import { makeHistory } from "./fleet_history.ts";
import { findMemoryMeter, type Measured } from "./measure_process.ts";
import { print } from "./print.ts";
import { type Goal, HUBS_A_CLUSTER, SCALE_CHANGES, type ScaleChange } from "./scale_changes.ts";
import { TemporaryRepository } from "./temporary_repository.ts";

const RUNS = 3;
const SIZES = Deno.args.length > 0 ? Deno.args.map(Number) : [100, 1_000, 10_000];
const MAIN = new URL("../src/cli/main.ts", import.meta.url).pathname;

/** The least time and the most memory of some runs of one plan. */
interface Row {
  readonly change: ScaleChange;
  readonly precision: string;
  readonly clusters: number;
  readonly seconds: number;
  readonly peak: number | undefined;
}

const meter = await findMemoryMeter();
const rows: Row[] = [];
for (const clusters of SIZES) rows.push(...await measureFleet(clusters));
print(`${HUBS_A_CLUSTER} hubs a cluster; the least time and the most memory of ${RUNS} runs\n`);
print(`memory: ${meter.name}\n`);
print("growth: what ten times the clusters make of the figure, from the row above\n");
print(drawTable(
  ["change", "precision", "clusters", "time", "growth", "memory", "growth", "goals"],
  rows.toSorted(byChange).map(describe),
  { color: false, width: 160 },
));

async function measureFleet(clusters: number): Promise<readonly Row[]> {
  const fleet = await TemporaryRepository.create("hubwright-bench-");
  try {
    const start = performance.now();
    await makeHistory(fleet.path, { clusters, hubs: clusters * HUBS_A_CLUSTER }, 0);
    await fleet.git("reset", "--quiet", "--hard");
    print(`made ${clusters} clusters in ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
    const rows: Row[] = [];
    for (const change of SCALE_CHANGES) {
      await change.apply(fleet);
      await fleet.commit(change.name);
      for (const precision of change.precisions) {
        rows.push({ ...await measurePlan(fleet, change, precision, clusters) });
      }
    }
    return rows;
  } finally {
    await fleet.remove();
  }
}

async function measurePlan(
  { path: cwd }: TemporaryRepository,
  change: ScaleChange,
  precision: string,
  clusters: number,
): Promise<Row> {
  const config = `${cwd}/.git/${precision}.config.ts`;
  await Deno.writeTextFile(config, `export default { precision: "${precision}" };\n`);
  const plan = ["run", "-A", MAIN, "plan", "--base", "HEAD^", "--format", "json"];
  const args = precision === "cluster" ? plan : [...plan, "--config", config];
  const legs = change.legs(clusters);
  await checkPlan(args, cwd, legs);
  const runs: Measured[] = [];
  for (let run = 0; run < RUNS; run++) {
    const measured = await meter.measure({ args, cwd });
    checkEnd(measured, legs);
    runs.push(measured);
  }
  const peaks = runs.flatMap(({ peak }) => peak ?? []);
  return {
    change,
    precision,
    clusters,
    seconds: Math.min(...runs.map(({ seconds }) => seconds)),
    peak: peaks.length === 0 ? undefined : Math.max(...peaks),
  };
}

/** Checks once that what is measured is the right plan; it also fills Deno's caches. */
async function checkPlan(
  args: readonly string[],
  cwd: string,
  legs: readonly number[],
): Promise<void> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args: [...args], cwd })
    .output();
  checkEnd({ code, stderr: new TextDecoder().decode(stderr) }, legs);
  const { support_and_staging, prod } = JSON.parse(new TextDecoder().decode(stdout));
  const found = [support_and_staging.length, prod.length];
  if (`${found}` !== `${legs}`) throw new Error(`planned ${found} legs, expected ${legs}`);
}

/** GitHub refuses more than 256 legs, so such a plan is printed and refused. */
function checkEnd(
  { code, stderr }: Pick<Measured, "code" | "stderr">,
  legs: readonly number[],
): void {
  const refused = legs.some((count) => count > 256);
  const asExpected = refused ? code === 1 && /at most 256 jobs/.test(stderr) : code === 0;
  if (!asExpected) throw new Error(`exit code ${code}: ${stderr}`);
}

function byChange(a: Row, b: Row): number {
  return SCALE_CHANGES.indexOf(a.change) - SCALE_CHANGES.indexOf(b.change) ||
    (a.precision < b.precision ? -1 : a.precision > b.precision ? 1 : a.clusters - b.clusters);
}

function describe({ change, precision, clusters, seconds, peak }: Row): readonly string[] {
  const smaller = rows.filter((row) =>
    row.change === change && row.precision === precision && row.clusters < clusters
  ).at(-1);
  const growth = (figure: number | undefined, before: number | undefined) => {
    if (smaller === undefined || figure === undefined || before === undefined) return "";
    const exponent = Math.log(figure / before) / Math.log(clusters / smaller.clusters);
    return `x ${(10 ** exponent).toFixed(1)}`;
  };
  return [
    change.name,
    precision,
    clusters.toLocaleString("en"),
    `${seconds.toFixed(2)} s`,
    growth(seconds, smaller?.seconds),
    peak === undefined ? "unknown" : `${peak.toFixed(0)} MB`,
    growth(peak, smaller?.peak),
    describeGoal(change.goal, seconds, peak),
  ];
}

function describeGoal(goal: Goal, seconds: number, peak: number | undefined): string {
  const met = (figure: number | undefined, most: number) =>
    figure === undefined ? "unknown" : figure < most ? "met" : "missed";
  const time = `${goal.seconds} s: ${met(seconds, goal.seconds)}`;
  return `${time}, ${goal.peak} MB: ${met(peak, goal.peak)}`;
}
