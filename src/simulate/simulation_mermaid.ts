import { visible } from "../text/visible.ts";
import type { JobRecord, LegRecord, RunRecord } from "./record.ts";
import type { Simulation } from "./simulation.ts";

/**
 * Draws the jobs and the legs of a simulation with their results, as a
 * {@link https://mermaid.js.org/syntax/flowchart.html Mermaid} flow chart.
 */
export function simulationMermaid({ runs }: Simulation): string {
  const lines = runs.flatMap((run, index) => drawRun(run, `run${index}`));
  const follows = runs.slice(1).map((_, index) => `  run0 -.-> run${index + 1}`);
  return [
    "flowchart LR",
    ...lines,
    ...follows,
    "  classDef success fill:#dafbe1,stroke:#1a7f37",
    "  classDef failure fill:#ffebe9,stroke:#cf222e",
    "  classDef cancelled fill:#fff8c5,stroke:#9a6700",
    "  classDef skipped fill:#f6f8fa,stroke:#8c959f",
    "",
  ].join("\n");
}

function drawRun({ name, conclusion, jobs }: RunRecord, prefix: string): string[] {
  const ids = new Map(jobs.map((job, index) => [job.id, `${prefix}_job${index}`]));
  return [
    `  subgraph ${prefix}["${label(`${name}: ${conclusion}`)}"]`,
    ...jobs.flatMap((job) => drawJob(job, ids.get(job.id) ?? "")),
    ...jobs.flatMap((job) =>
      job.needs.map((need) => `    ${ids.get(need)} --> ${ids.get(job.id)}`)
    ),
    "  end",
  ];
}

function drawJob(job: JobRecord, id: string): string[] {
  if (job.legs.length < 2) {
    return [`    ${id}["${label(`${job.id}: ${job.result}`)}"]:::${job.result}`];
  }
  return [
    `    subgraph ${id}["${label(`${job.id}: ${job.result}`)}"]`,
    ...job.legs.map((leg, index) =>
      `      ${id}_leg${index}["${label(`${leg.name}: ${resultOf(leg)}`)}"]:::${leg.result}`
    ),
    "    end",
  ];
}

function resultOf({ lost, result }: LegRecord): string {
  return lost ? "lost" : result;
}

/** Text inside a label: what is not a plain character becomes one of Mermaid's character codes. */
function label(text: string): string {
  return visible(text).replace(
    /[^A-Za-z0-9 ,.:_-]/gu,
    (character) => `#${character.codePointAt(0)};`,
  );
}
