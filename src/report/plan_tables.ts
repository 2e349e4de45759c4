import type { Filtered } from "../filter/filter.ts";
import type { Plan } from "../plan/schema.ts";
import { paint, type ReportOptions } from "../text/paint.ts";
import { listNames } from "../text/list_names.ts";
import { visible } from "../text/visible.ts";
import { titledTable } from "./draw_table.ts";
import { type ClusterUpgrades, planWaves } from "./plan_clusters.ts";
import { countUpgrades, isEmptyPlan } from "./summary.ts";

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
  const earlier: string[] = [];
  for (const { number, clusters } of planWaves(plan)) {
    if (number !== undefined) {
      const name = earlier.length === 1 ? "wave" : "waves";
      const order = earlier.length === 0
        ? ""
        : `, where nothing failed in ${name} ${listNames(earlier)}`;
      yield `\n${paint(options, "bold", `Wave ${number}${order}`)}\n`;
      earlier.push(String(number));
    }
    yield* waveTables(clusters, plan, options);
  }
  if (notices !== "") yield `\n${notices}`;
}

function* waveTables(
  clusters: readonly ClusterUpgrades[],
  { gate, waves }: Plan,
  options: ReportOptions,
): Generator<string> {
  yield* titledTable(
    "First: support charts and staging hubs",
    ["Cluster", "Provider", "Support", "Staging hubs", "Why"],
    clusters.flatMap(({ canaries }) => canaries).map((row) => [
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
  const fleet = waves === undefined ? "all clusters" : "all clusters of the wave";
  yield* titledTable(
    `Then: prod hubs, where the canaries of ${gate === "fleet" ? fleet : "their cluster"} passed`,
    ["Cluster", "Provider", "Hub", "Why"],
    clusters.flatMap(({ prod }) => prod)
      .map((row) => [row.cluster_name, row.provider, row.hub_name, row.reason]),
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
    ...titledTable(may, ["Cluster", "Hub"], open, options, "green"),
    ...titledTable(areBlocked, ["Cluster", "Hub", "Why"], closed, options, "red"),
  ];
  return tables.join("").slice(1);
}
