import { visible } from "../text/visible.ts";
import { drawTable } from "../report/draw_table.ts";
import { paint, type ReportOptions, resultWord } from "../text/paint.ts";
import type { RunRecord } from "./record.ts";
import type { ReleaseRecord } from "./release.ts";
import type { Simulation } from "./simulation.ts";

/** Writes what happened in a simulation as tables for people. */
export function simulationTables(simulation: Simulation, options: ReportOptions): string {
  const { runs, releases, notices, comments, green } = simulation;
  const shown = releases.filter(({ status }) => status !== "not planned");
  const rest = releases.length - shown.length;
  const parts = [
    ...runs.map((run) => runTable(run, options)),
    shown.length === 0
      ? "Nothing is planned.\n"
      : `${paint(options, "bold", "Releases")}\n${
        drawTable(
          ["Cluster", "Release", "Result", "Why"],
          shown.map((
            release,
          ) => [release.cluster, releaseName(release), resultWord(release.status), release.why]),
          options,
        )
      }`,
    rest === 0 ? "" : `${rest} ${rest === 1 ? "release is" : "releases are"} not planned.\n`,
    ...comments.map((body) =>
      `${paint(options, "bold", "The comment on the pull request")}\n${visibleLines(body)}`
    ),
    notices.map((text) => `${paint(options, "yellow", "warning:")} ${visible(text)}\n`).join(""),
    `The run would be ${green ? "green" : "red"}.\n`,
  ];
  return parts.filter((part) => part !== "").join("\n");
}

/** What a release is called in a report. */
export function releaseName({ kind, hub }: Pick<ReleaseRecord, "kind" | "hub">): string {
  return kind === "support" ? "support chart" : kind === "staging" ? `${hub} (staging)` : hub;
}

function runTable({ name, event, conclusion, jobs }: RunRecord, options: ReportOptions): string {
  const rows = jobs.flatMap((job) => {
    const legs = job.legs.length > 1 ? job.legs : [];
    const only = job.legs.length === 1 ? job.legs[0]?.name ?? "" : "";
    return [
      [job.id, resultWord(job.result), job.why === "" ? only : `${job.name}: ${job.why}`],
      ...legs.map((leg) => ["", resultWord(leg.lost ? "lost" : leg.result), leg.name]),
    ];
  });
  const title = `${visible(name)}, on ${event}: ${conclusion}`;
  return `${paint(options, "bold", title)}\n${drawTable(["Job", "Result", "Leg"], rows, options)}`;
}

function visibleLines(text: string): string {
  return text.trimEnd().split("\n").map((line) => `  ${visible(line)}\n`).join("");
}
