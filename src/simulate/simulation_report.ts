import { type Cell, drawTable } from "../report/draw_table.ts";
import { paint, type ReportOptions, resultWord } from "../text/paint.ts";
import { visible } from "../text/visible.ts";
import type { JobRecord, LegRecord, ReleaseRecord, RunRecord, Simulation } from "./record.ts";

export function simulationTables(simulation: Simulation, options: ReportOptions): string {
  const { branch, runs, releases, notices, comments, green } = simulation;
  const shown = releases.filter(({ status }) => status !== "not planned");
  const rest = releases.length - shown.length;
  const rows = shown.map((release) => [
    ...[release.cluster, releaseName(release), resultWord(release.status), release.why],
  ]);
  const title = (text: string) => `${paint(options, "bold", text)}\n`;
  const to = branch === undefined ? "" : ` to ${visible(branch)}`;
  const parts = [
    ...runs.map(({ name, event, conclusion, jobs }, index) =>
      title(`${visible(name)}, on ${event}${index === 0 ? to : ""}: ${conclusion}`) +
      drawTable(["Job", "Result", "Leg"], jobs.flatMap((job) => jobRows(job)), options)
    ),
    shown.length === 0
      ? "Nothing is planned.\n"
      : title("Releases") + drawTable(["Cluster", "Release", "Result", "Why"], rows, options),
    rest === 0 ? "" : `${rest} ${rest === 1 ? "release is" : "releases are"} not planned.\n`,
    ...comments.map((body) => {
      const lines = body.trimEnd().split("\n").map((line) => `  ${visible(line)}\n`);
      return title("The comment on the pull request") + lines.join("");
    }),
    notices.map((text) => `${paint(options, "yellow", "warning:")} ${visible(text)}\n`).join(""),
    `The run would be ${green ? "green" : "red"}.\n`,
  ];
  return parts.filter((part) => part !== "").join("\n");
}

/** A release as people read it, within its cluster. */
export function releaseName({ kind, hub }: Pick<ReleaseRecord, "kind" | "hub">): string {
  if (kind === "support") return hub === "" ? "support chart" : `${hub} (add-on)`;
  return kind === "staging" ? `${hub} (staging)` : hub;
}

/** The rows of a job; those of the jobs that it calls are indented. */
function jobRows({ id, name, result, why, legs }: JobRecord, indent = ""): Cell[][] {
  const only = legs.length === 1 ? legs[0]?.name ?? "" : "";
  return [
    [`${indent}${id}`, resultWord(result), why === "" ? only : `${name}: ${why}`],
    ...legs.flatMap((leg) => [
      ...legs.length === 1 ? [] : [["", resultWord(resultOf(leg)), leg.name]],
      ...(leg.called ?? []).flatMap((job) => jobRows(job, `${indent}  `)),
    ]),
  ];
}

/**
 * Draws the jobs and the legs of a simulation with their results, as a
 * {@link https://mermaid.js.org/syntax/flowchart.html Mermaid} flow chart.
 */
export function simulationMermaid({ runs }: Pick<Simulation, "runs">): string {
  return [
    "flowchart LR",
    ...runs.flatMap((run, index) => drawRun(run, `run${index}`)),
    ...runs.slice(1).map((_, index) => `  run0 -.-> run${index + 1}`),
    ...RUN_CLASSES,
    "",
  ].join("\n");
}

export const RUN_CLASSES = [
  "  classDef success fill:#dafbe1,stroke:#1a7f37",
  "  classDef failure fill:#ffebe9,stroke:#cf222e",
  "  classDef cancelled fill:#fff8c5,stroke:#9a6700",
  "  classDef skipped fill:#f6f8fa,stroke:#8c959f",
] as const;

export function drawRun({ name, conclusion, jobs }: RunRecord, prefix: string): string[] {
  return drawBox(prefix, `${name}: ${conclusion}`, drawJobs(jobs, prefix)).map((line) =>
    `  ${line}`
  );
}

/** Draws jobs, with an arrow from each to those that need it. */
function drawJobs(jobs: readonly JobRecord[], id: string, caller?: LegRecord): string[] {
  const ids = new Map(jobs.map((job, index) => [job.id, `${id}_job${index}`]));
  return [
    ...jobs.flatMap((job) => drawJob(job, ids.get(job.id) ?? "", caller)),
    ...jobs.flatMap((job) => job.needs.map((need) => `${ids.get(need)} --> ${ids.get(job.id)}`)),
  ];
}

function drawJob({ id: job, result, legs }: JobRecord, id: string, caller?: LegRecord): string[] {
  const text = `${job}: ${result}`;
  const [only, ...others] = legs;
  if (others.length > 0) {
    const drawn = legs.flatMap((leg, index) => drawLeg(leg, `${id}_leg${index}`, caller));
    return drawBox(id, text, drawn);
  }
  if (only?.called?.length) return drawBox(id, text, drawJobs(only.called, id, only));
  return [`${id}[${label(text)}]:::${result}`];
}

/** Draws a leg by itself, or around the jobs that it calls, without the name of what is around it. */
function drawLeg(leg: LegRecord, id: string, caller?: LegRecord): string[] {
  const { name, called = [], result } = leg;
  const own = caller === undefined ? name : name.slice(`${caller.name} / `.length);
  const text = `${own}: ${resultOf(leg)}`;
  if (called.length > 0) return drawBox(id, text, drawJobs(called, id, leg));
  return [`${id}[${label(text)}]:::${result}`];
}

function drawBox(id: string, text: string, content: readonly string[]): string[] {
  return [`subgraph ${id}[${label(text)}]`, ...content.map((line) => `  ${line}`), "end"];
}

const resultOf = ({ lost, result }: LegRecord) => lost ? "lost" : result;

/** A label: what is not a plain character becomes one of Mermaid's character codes. */
function label(text: string): string {
  const coded = visible(text).replace(/[^A-Za-z0-9 ,.:_-]/gu, (one) => `#${one.codePointAt(0)};`);
  return `"${coded}"`;
}
