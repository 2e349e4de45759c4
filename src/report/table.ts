import type { Filtered } from "../filter/filter.ts";
import type { Plan } from "../plan/schema.ts";
import { visible } from "../text/visible.ts";
import { tablePieces } from "./draw_table.ts";
import { countUpgrades, isEmptyPlan } from "./summary.ts";

/** How a table is to look on a terminal. */
export interface TableOptions {
  /** Whether to use colour. */
  readonly color: boolean;
  /** How many characters a line has; reasons wrap there. */
  readonly width: number;
}

/** Writes a plan as tables for a terminal or a log. */
export function planTables(plan: Plan, options: TableOptions): string {
  return [...planTablePieces(plan, options)].join("");
}

/** Writes a plan as {@linkcode planTables} does, piece by piece: there may be many rows. */
export function* planTablePieces(plan: Plan, options: TableOptions): Generator<string> {
  const paint = painter(options);
  const notices = plan.notices.map(({ level, message }) =>
    `${paint(level === "warning" ? "yellow" : "cyan", `${level}:`)} ${visible(message)}\n`
  ).join("");
  if (isEmptyPlan(plan)) {
    yield `${paint("bold", "Nothing is upgraded.")}\n${notices}`;
    return;
  }
  const canaries = plan.support_and_staging.map((row) => [
    row.cluster_name,
    row.provider,
    row.upgrade_support ? "yes" : "",
    row.staging_hubs.join("\n"),
    [
      row.upgrade_support ? `support: ${row.support_reason}` : "",
      row.staging_hubs.length > 0 ? `staging: ${row.staging_reason}` : "",
    ].filter((why) => why !== "").join("\n"),
  ]);
  const prod = plan.prod.map((row) => [row.cluster_name, row.provider, row.hub_name, row.reason]);
  yield `${paint("bold", "Upgrades")} ${countUpgrades(plan)}\n`;
  const tables = [
    section(
      "First: support charts and staging hubs",
      ["Cluster", "Provider", "Support", "Staging hubs", "Why"],
      canaries,
      options,
    ),
    section(
      "Then: prod hubs, where the canaries of their cluster passed",
      ["Cluster", "Provider", "Hub", "Why"],
      prod,
      options,
    ),
  ];
  for (const table of tables) {
    let before = "\n";
    for (const piece of table) {
      yield before + piece;
      before = "";
    }
  }
  if (notices !== "") yield `\n${notices}`;
}

/** Writes what the filter decided as tables for a log. */
export function filteredTables({ passed, blocked }: Filtered, options: TableOptions): string {
  return [
    section(
      `Prod hubs that may deploy: ${passed.length}`,
      ["Cluster", "Hub"],
      passed.map((job) => [job.cluster_name, job.hub_name]),
      options,
    ),
    section(
      `Prod hubs that are blocked: ${blocked.length}`,
      ["Cluster", "Hub", "Why"],
      blocked.map(({ job, reason }) => [job.cluster_name, job.hub_name, reason]),
      options,
    ),
  ].map((pieces) => [...pieces].join("")).filter((part) => part !== "").join("\n");
}

function* section(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  options: TableOptions,
): Generator<string> {
  if (rows.length === 0) return;
  const paint = painter(options);
  const cells = rows.map((row) => row.map((cell) => cell.split("\n").map(visible).join("\n")));
  yield `${paint("bold", title)}\n`;
  yield* tablePieces(head, cells, options.width);
}

const CODES = { bold: [1, 22], yellow: [33, 39], cyan: [36, 39] } as const;

function painter({ color }: TableOptions): (style: keyof typeof CODES, text: string) => string {
  return (style, text) => {
    const [on, off] = CODES[style];
    return color ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  };
}
