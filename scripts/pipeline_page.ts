import { markdownTable } from "markdown-table";
import { DURATIONS } from "./pipeline_durations.ts";
import { LAYOUT_NAMES } from "./pipeline_layouts.ts";
import type { Span } from "./pipeline_model.ts";
import { DRAWS, isProd, lastOf, modelOf, RUNNERS, type Times, timesOf } from "./pipeline_times.ts";

/** The page that shows what the model says. */
export const PAGE = "docs/layouts.md";

/** With how many runners a run is pictured. */
const PICTURED = 60;

export const HEAD = ["runners", "layout", "half of the prod hubs", "last release", "19 of 20 runs"];

export function describeTimes({ runners, layout, ...times }: Times): readonly string[] {
  const ends = [times.half, times.last, times.late];
  return [String(runners), layout, ...ends.map((end) => `${Math.round(end / 60)} min`)];
}

/** Writes what the model says into a page, between its markers. */
export function writeTimes(page: string): string {
  const [begin, end] = ["<!-- bench:pipeline -->", "<!-- end of bench:pipeline -->"];
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`${PAGE} has no "${begin}" with "${end}" after it`);
  const times = LAYOUT_NAMES.flatMap((layout) => timesOf(layout));
  const rows = RUNNERS.flatMap((count) =>
    times.filter(({ runners }) => runners === count).map(describeTimes)
  );
  const table = markdownTable([HEAD, ...rows], { align: ["r", "l", "r", "r", "r"] });
  return `${before}${begin}

${table}

\`\`\`mermaid
${gantt()}
\`\`\`

${durationTable()}

${end}${after}`;
}

function durationTable(): string {
  const rows = Object.values(DURATIONS)
    .map(({ what, usual, long }) => [what, `${usual} s`, `${long} s`]);
  return markdownTable([["assumed", "half of them within", "19 of 20 within"], ...rows], {
    align: ["l", "r", "r"],
  });
}

/** A picture of one push in both layouts: the one that takes the four jobs their median time. */
function gantt(): string {
  const [phases, clusters] = [modelOf("four jobs"), modelOf("pipelined")];
  const draws = Array.from({ length: DRAWS }, (_, draw) => draw)
    .map((draw) => ({ draw, last: lastOf(phases.draw(draw, PICTURED)) }))
    .sort((a, b) => a.last - b.last);
  const draw = draws[Math.ceil(draws.length / 2) - 1]?.draw ?? 0;
  return `gantt
  title One push with ${PICTURED} runners (hours:minutes)
  dateFormat HH:mm:ss
  axisFormat %H:%M
  section Four jobs
${bars(phases.draw(draw, PICTURED))}
  section Pipelined
${bars(clusters.draw(draw, PICTURED))}`;
}

/** From the first to the last leg of each kind. */
function bars(spans: readonly Span[]): string {
  const isLargest = ({ leg }: Span) => leg.release?.cluster_name === "cluster-0";
  const bar = (what: string, of: readonly Span[]) => {
    const start = Math.min(...of.map(({ start }) => start));
    return of.length === 0 ? [] : [`  ${what} :${clock(start)}, ${clock(lastOf(of))}`];
  };
  const isCanary = (span: Span) => span.leg.release !== undefined && !isProd(span);
  return [
    ...bar("Canaries", spans.filter(isCanary)),
    ...bar("Filter", spans.filter(({ leg }) => leg.job.startsWith("filter-"))),
    ...bar("Prod hubs of the largest cluster", spans.filter(isProd).filter(isLargest)),
    ...bar("All other prod hubs", spans.filter(isProd).filter((span) => !isLargest(span))),
  ].join("\n");
}

function clock(seconds: number): string {
  return [seconds / 3600, seconds / 60 % 60, seconds % 60]
    .map((part) => String(Math.floor(part)).padStart(2, "0")).join(":");
}
