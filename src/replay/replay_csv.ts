import { visible } from "../text/visible.ts";
import { COUNTED } from "./counts.ts";
import type { PushReport, ReplayReport } from "./replay.ts";

type Cell = string | number;

const COLUMNS: readonly (readonly [name: string, cell: (push: PushReport) => Cell])[] = [
  ["commit", (push) => push.commit],
  ["date", (push) => push.date],
  ["changed_files", (push) => push.changed_files],
  ["unreadable", (push) => push.unreadable],
  ...(["cluster", "hub", "avoided", "added"] as const).flatMap((what) =>
    COUNTED.map((kind) => [`${what}_${kind}`, (push: PushReport) => push[what][kind]] as const)
  ),
  ["subject", (push) => push.subject],
];

/** Writes a report as CSV: one row per push, oldest first. */
export function replayCsv({ history }: Pick<ReplayReport, "history">): string {
  const rows = [
    COLUMNS.map(([name]) => name),
    ...history.map((push) => COLUMNS.map(([, cell]) => cell(push))),
  ];
  return rows.map((row) => `${row.map(csvCell).join(",")}\n`).join("");
}

/**
 * Writes a value so that a reader of CSV takes it for that value, and a spreadsheet for no
 * {@link https://owasp.org/www-community/attacks/CSV_Injection formula}.
 */
export function csvCell(value: Cell): string {
  if (typeof value === "number") return String(value);
  const text = visible(value).replace(/^(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/, "'");
  return /[",]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
