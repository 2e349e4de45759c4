import type { Filtered } from "../filter/filter.ts";
import type { Plan } from "../plan/schema.ts";
import { paint, type ReportOptions, type Style } from "../text/paint.ts";
import { visible } from "../text/visible.ts";
import { type Cell, tablePieces } from "./draw_table.ts";
import { legsOf, planWaves } from "./plan_clusters.ts";
import { countUpgrades, isEmptyPlan } from "./summary.ts";
import { describeWave } from "./wave_words.ts";

/** Writes a plan as tables for a terminal or a log, piece by piece: there may be many rows. */
export function* planTablePieces(plan: Plan, options: ReportOptions): Generator<string> {
  const notices = plan.notices.map(({ level, message }) =>
    `${paint(options, level === "warning" ? "yellow" : "cyan", `${level}:`)} ${visible(message)}\n`
  ).join("");
  if (isEmptyPlan(plan)) {
    yield `${paint(options, "bold", "Nothing is upgraded.")}\n${notices}`;
    return;
  }
  yield `${paint(options, "bold", "Upgrades")} ${countUpgrades(plan)}\n`;
  const waves = planWaves(plan);
  for (const { number, clusters } of waves) {
    if (number !== undefined) {
      const order = describeWave(number, waves);
      yield `\n${paint(options, "bold", `Wave ${number}${order === "" ? "" : `, ${order}`}`)}\n`;
    }
    yield* waveTables(
      { ...plan, ...legsOf(clusters) },
      number === undefined ? "all clusters" : "all clusters of the wave",
      options,
    );
  }
  if (notices !== "") yield `\n${notices}`;
}

function* waveTables(
  plan: Pick<Plan, "support_and_staging" | "prod" | "gate">,
  fleet: string,
  options: ReportOptions,
): Generator<string> {
  yield* section(
    "First: support charts and staging hubs",
    ["Cluster", "Provider", "Support", "Staging hubs", "Why"],
    plan.support_and_staging.map((row) => [
      row.cluster_name,
      row.provider,
      [...row.upgrade_support ? ["yes"] : [], ...row.addons ?? []],
      row.staging_hubs,
      [
        ...row.upgrade_support ? [`support: ${row.support_reason}`] : [],
        ...row.addons_reason ? [`add-ons: ${row.addons_reason}`] : [],
        ...row.staging_hubs.length > 0 ? [`staging: ${row.staging_reason}`] : [],
      ],
    ]),
    options,
  );
  yield* section(
    `Then: prod hubs, where the canaries of ${
      plan.gate === "fleet" ? fleet : "their cluster"
    } passed`,
    ["Cluster", "Provider", "Hub", "Why"],
    plan.prod.map((row) => [row.cluster_name, row.provider, row.hub_name, row.reason]),
    options,
  );
}

/** Writes what the filter decided as tables for a log. */
export function filteredTables({ passed, blocked }: Filtered, options: ReportOptions): string {
  const open = passed.map((job) => [job.cluster_name, job.hub_name]);
  const may = `Prod hubs that may deploy: ${open.length}`;
  const closed = blocked.map(({ job, reason }) => [job.cluster_name, job.hub_name, reason]);
  const areBlocked = `Prod hubs that are blocked: ${closed.length}`;
  const tables = [
    ...section(may, ["Cluster", "Hub"], open, options, "green"),
    ...section(areBlocked, ["Cluster", "Hub", "Why"], closed, options, "red"),
  ];
  return tables.join("").slice(1);
}

function* section(
  title: string,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  options: ReportOptions,
  style: Style = "bold",
): Generator<string> {
  if (rows.length === 0) return;
  yield `\n${paint(options, style, title)}\n`;
  yield* tablePieces(head, rows, options);
}
