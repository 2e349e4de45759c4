import { markdownTable } from "markdown-table";
import type { Blocked, Filtered } from "../filter/filter.ts";
import type { Plan } from "../plan/schema.ts";
import { code } from "./markdown_text.ts";
import { countUpgrades, isEmptyPlan } from "./summary.ts";

/** A table of Markdown: what stands above it, its columns and its rows. */
interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** How a report is to be written. */
export interface MarkdownOptions {
  /** How many characters the report may have at most; rows that do not fit are counted instead. */
  readonly limit: number;
  /** Where the whole plan can be read, for a report that leaves rows out. */
  readonly runUrl?: string | undefined;
}

/**
 * Writes a plan as Markdown, for a pull request's comment or a job summary. What comes from the
 * repository, and so perhaps from a fork, is never markup.
 *
 * @param plan The plan.
 * @param options The limit.
 * @returns The Markdown, at most `limit` characters of it.
 * @example
 * ```ts
 * import { planMarkdown } from "./markdown.ts";
 *
 * const plan = {
 *   version: 1 as const,
 *   base: "",
 *   head: "",
 *   support_and_staging: [],
 *   prod: [],
 *   notices: [],
 * };
 * console.assert(planMarkdown(plan, { limit: 1000 }).includes("nothing"));
 * ```
 */
export function planMarkdown(plan: Plan, { limit, runUrl }: MarkdownOptions): string {
  const heading = "## Deployment plan\n\n";
  const lead = isEmptyPlan(plan)
    ? "Merging this deploys nothing.\n"
    : `Merging this upgrades ${countUpgrades(plan)}.\n`;
  const tables: Table[] = [
    {
      title: "Support charts and staging hubs, first",
      columns: ["Cluster", "Provider", "Support chart", "Staging hubs", "Why"],
      rows: plan.support_and_staging.map((row) => [
        code(row.cluster_name),
        code(row.provider),
        row.upgrade_support ? "yes" : "",
        row.staging_hubs.map(code).join(" "),
        [
          row.upgrade_support ? `support: ${code(row.support_reason)}` : "",
          row.staging_hubs.length > 0 ? `staging: ${code(row.staging_reason)}` : "",
        ].filter((why) => why !== "").join("<br>"),
      ]),
    },
    {
      title: "Prod hubs, where the canaries of their cluster passed",
      columns: ["Cluster", "Provider", "Hub", "Why"],
      rows: plan.prod.map((row) => [
        code(row.cluster_name),
        code(row.provider),
        code(row.hub_name),
        code(row.reason),
      ]),
    },
    {
      title: "Notices",
      columns: ["Level", "Notice"],
      rows: plan.notices.map(({ level, message }) => [level, code(message)]),
    },
  ];
  return heading + lead + fitTables(tables, limit - heading.length - lead.length, runUrl);
}

/**
 * Writes what the filter decided as Markdown, for the job summary.
 *
 * @param filtered What passed and what is blocked.
 * @param options The limit.
 * @returns The Markdown, at most `limit` characters of it.
 */
export function filteredMarkdown(
  { passed, blocked }: Filtered,
  { limit, runUrl }: MarkdownOptions,
): string {
  const lead = `## Prod hubs\n\n${passed.length} may deploy, ${blocked.length} blocked.\n`;
  const blockedRow = ({ job, reason }: Blocked) => [
    code(job.cluster_name),
    code(job.hub_name),
    code(reason),
  ];
  const tables: Table[] = [
    { title: "Blocked", columns: ["Cluster", "Hub", "Why"], rows: blocked.map(blockedRow) },
    {
      title: "May deploy",
      columns: ["Cluster", "Hub"],
      rows: passed.map((job) => [code(job.cluster_name), code(job.hub_name)]),
    },
  ];
  return lead + fitTables(tables, limit - lead.length, runUrl);
}

/**
 * Writes as many whole rows as fit; a table says how many it leaves out. Where not all fit, a short
 * table is whole and the long ones share what is left.
 */
function fitTables(tables: readonly Table[], limit: number, runUrl: string | undefined): string {
  const filled = tables.filter((table) => table.rows.length > 0);
  const whole = filled.map((table) => writeTable(table, table.rows.length, runUrl));
  const shares = fairShares(whole.map((text) => text.length), limit);
  return filled.map((table, index) => {
    const text = whole[index] ?? "";
    const share = shares[index] ?? 0;
    return text.length <= share ? text : fitTable(table, share, runUrl);
  }).join("");
}

/** Divides a room: whoever needs less than an equal share gets all of it, and leaves the rest. */
function fairShares(needs: readonly number[], room: number): readonly number[] {
  const shares = needs.map(() => 0);
  const order = needs.map((_, index) => index).sort((a, b) => (needs[a] ?? 0) - (needs[b] ?? 0));
  let left = room;
  order.forEach((index, done) => {
    const share = Math.min(needs[index] ?? 0, Math.floor(left / (order.length - done)));
    shares[index] = share;
    left -= share;
  });
  return shares;
}

function fitTable(table: Table, limit: number, runUrl: string | undefined): string {
  let [fits, tooMany] = [0, table.rows.length];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (writeTable(table, middle, runUrl).length <= limit) fits = middle;
    else tooMany = middle;
  }
  return writeTable(table, fits, runUrl);
}

function writeTable({ title, columns, rows }: Table, shown: number, runUrl?: string): string {
  const heading = `\n### ${title}\n\n`;
  const left = rows.length - shown;
  const rest = left === 0
    ? ""
    : `\n${left} more of ${rows.length}${
      runUrl === undefined ? "" : `: see [the run](${runUrl})`
    }.\n`;
  if (shown === 0) return heading + rest.trimStart();
  const table = markdownTable([[...columns], ...rows.slice(0, shown).map((row) => [...row])], {
    alignDelimiters: false,
  });
  return `${heading}${table}\n${rest}`;
}
