import { formatProblem } from "../errors.ts";
import { visible } from "../text/visible.ts";
import { drawTable } from "../report/draw_table.ts";
import type { Finding } from "./finding.ts";
import type { Report } from "./validate.ts";

/** How a report is to look on a terminal. */
export interface ReportOptions {
  /** Whether to use colour. */
  readonly color: boolean;
  /** How many characters a line has; messages wrap there. */
  readonly width: number;
}

/** Writes a report as tables for a terminal or a log: errors, then warnings, then the counts. */
export function reportTables(
  { clusters, errors, warnings, accepted, unchecked }: Report,
  options: ReportOptions,
): string {
  return [
    section("Errors", errors, options),
    section("Warnings", warnings, options),
    `${count(clusters, "cluster")}: ${count(errors.length, "error")}, ` +
    `${count(warnings.length, "warning")}${
      accepted.length === 0 ? "" : `, ${accepted.length} accepted`
    }.\n`,
    unchecked.length === 0
      ? ""
      : `Not checked before the config is mended: ${unchecked.join(", ")}.\n`,
  ].join("");
}

function section(
  title: string,
  findings: readonly Finding[],
  { color, width }: ReportOptions,
): string {
  if (findings.length === 0) return "";
  const rows = findings.map(({ message, rule, ...place }) =>
    [formatProblem({ ...place, message: "" }).replace(/: $/, ""), rule, message].map(visible)
  );
  const head = color ? `\x1b[1m${title}\x1b[22m` : title;
  return `${head}\n${drawTable(["Where", "Rule", "What is wrong"], rows, width)}\n`;
}

function count(number: number, word: string): string {
  return `${number === 0 ? "no" : number} ${word}${number === 1 ? "" : "s"}`;
}
