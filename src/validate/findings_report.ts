import { formatProblem } from "../errors.ts";
import { drawTable } from "../report/draw_table.ts";
import { jsonText } from "../report/json_text.ts";
import { countOf } from "../report/summary.ts";
import { paint, type ReportOptions } from "../text/paint.ts";
import { type Finding, type FindingRule, type Level, levelOf } from "./checks.ts";
import type { Report } from "./validate.ts";

/** The JSON report; what is not known of a finding's place is null. */
export type ReportJson = ReturnType<typeof toJson>;

export function findingsJson(report: Report): string {
  return jsonText(toJson(report));
}

function toJson({ clusters, errors, warnings, accepted, leftOut, unchecked }: Report) {
  const list = (findings: readonly Finding[]) =>
    findings.map((finding) => {
      const { rule, file = null, line = null, column = null, message } = finding;
      return { level: levelOf(finding), rule, file, line, column, message };
    });
  return {
    version: 1,
    clusters,
    errors: list(errors),
    warnings: list(warnings),
    accepted: list(accepted),
    left_out: leftOut,
    unchecked,
  };
}

/** Writes a report as tables for a terminal or a log: errors, then warnings, then the counts. */
export function findingsTables(report: Report, options: ReportOptions): string {
  const { clusters, errors, warnings, accepted, leftOut, unchecked } = report;
  const waiting = unchecked.join(", ");
  const more = Object.entries(leftOut).map(([rule, number]) => `${number} more of ${rule}`);
  const counts = [
    count(numberOf(report, "error"), "error"),
    count(numberOf(report, "warning"), "warning"),
    ...accepted.length === 0 ? [] : [`${accepted.length} accepted`],
  ];
  return [
    section("Errors", errors, options),
    section("Warnings", warnings, options),
    more.length === 0 ? "" : `Not shown: ${more.join(", ")}.\n`,
    `${count(clusters, "cluster")}: ${counts.join(", ")}.\n`,
    waiting.length === 0 ? "" : `Not checked until the config is fixed: ${waiting}.\n`,
  ].join("");
}

/** Counts the findings of a level, those that are left out too. */
function numberOf({ errors, warnings, leftOut }: Report, level: Level): number {
  return Object.entries(leftOut)
    .filter(([rule]) => levelOf({ rule: rule as FindingRule }) === level)
    .reduce((sum, [, number]) => sum + number, (level === "error" ? errors : warnings).length);
}

function section(title: string, findings: readonly Finding[], options: ReportOptions): string {
  if (findings.length === 0) return "";
  const rows = findings.map(({ message, rule, ...place }) => [
    formatProblem({ ...place, message: "" }).replace(/: $/, ""),
    rule,
    message,
  ]);
  const table = drawTable(["Where", "Rule", "What is wrong"], rows, options);
  return `${paint(options, title === "Errors" ? "red" : "yellow", title)}\n${table}\n`;
}

function count(number: number, word: string): string {
  return countOf(number, word).replace(/^0 /, "no ");
}
