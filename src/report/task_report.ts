import type { TaskPlan } from "../tasks/task_plan.ts";
import { paint, type ReportOptions } from "../text/paint.ts";
import { visible } from "../text/visible.ts";
import { tablePieces } from "./draw_table.ts";
import type { MarkdownOptions } from "./markdown.ts";
import { foldLong, tableSection, writeSection } from "./markdown_section.ts";
import { code } from "./markdown_text.ts";
import { countOf } from "./summary.ts";

const HEAD = ["Cluster", "Hub", "Why"];

/** Writes the legs of a task as a table for a terminal or a log. */
export function taskTable({ task, legs }: TaskPlan, options: ReportOptions): string {
  const title = `${paint(options, "bold", visible(task))} ${countOf(legs.length, "leg")}\n`;
  const rows = legs.map(({ cluster_name, hub_name, reason }) => {
    return [cluster_name, hub_name, reason];
  });
  return rows.length === 0 ? title : [title, ...tablePieces(HEAD, rows, options)].join("");
}

/** Writes the legs of a task as Markdown, in which nothing of a pull request is markup. */
export function taskMarkdown(
  { task, legs }: TaskPlan,
  { limit, runUrl, event }: MarkdownOptions,
): string {
  const subject = event === "pull_request" ? "Merging this runs it" : "It runs";
  const lead = `## ${code(task)}\n\n${subject} for ${countOf(legs.length, "leg")}.\n`;
  const rows = legs.map(({ cluster_name, hub_name, reason }) =>
    [cluster_name, hub_name, reason].map(code)
  );
  const section = foldLong(tableSection("", HEAD, rows, "legs"));
  return lead + writeSection(section, limit - lead.length, runUrl);
}
