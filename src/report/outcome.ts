import { OUTCOME_MARKER } from "../github/comment_marker.ts";
import {
  type OwedUpgrade,
  releaseKey,
  type ReleaseName,
  wasAttempted,
} from "../ledger/ledger_record.ts";
import type { EndedRelease, Outcome } from "../ledger/outcomes.ts";
import type { HeldRelease } from "../ledger/ledger_output.ts";
import { listNames } from "../text/list_names.ts";
import type { ReportOptions, Style } from "../text/paint.ts";
import { titledTable } from "./draw_table.ts";
import type { MarkdownOptions } from "./markdown.ts";
import { foldLong, tableSection, writeSections } from "./markdown_section.ts";
import { code, link } from "./markdown_text.ts";
import { COMMENT_LIMIT } from "./comment_body.ts";
import { countOf } from "./summary.ts";

export interface RunOutcome {
  readonly head: string;
  readonly ended: readonly EndedRelease[];
  readonly held: readonly HeldRelease[];
  /** What is owed after it, all of it. */
  readonly owed: readonly OwedUpgrade[];
}

export const WHY: Readonly<Record<Outcome | "paused", string>> = {
  success: "deployed",
  failed: "failed: its upgrade or its health check",
  cancelled: "cancelled or timed out",
  lost: "lost: its runner stopped, or a later run overtook it",
  blocked: "blocked: its upgrade was not begun",
  paused: "paused in the config",
};

/** Writes what became of a run as Markdown, for the job summary and the pull request. */
export function outcomeMarkdown(
  outcome: RunOutcome,
  { limit, runUrl }: MarkdownOptions,
): string {
  const { missed, deployed, earlier } = parts(outcome);
  const lead = `## Deployment\n\n${capitalized(outcomeLine(outcome))}.\n`;
  const place = ({ cluster, release }: ReleaseName) => [code(cluster), code(release)];
  const leg = (url: string | undefined) => url === undefined ? "" : link("leg", url);
  const sections = [
    tableSection(
      "Not deployed, and owed",
      ["Cluster", "Release", "Why", "More"],
      missed.map((each) => [...place(each), WHY[each.why], leg(each.url)]),
      "releases",
    ),
    tableSection(
      "Owed from before",
      ["Cluster", "Release", "Why", "Since"],
      earlier.map((each) => [...place(each), WHY[each.outcome], code(each.base.slice(0, 7))]),
      "releases",
    ),
    foldLong(tableSection(
      "Deployed",
      ["Cluster", "Release", "More"],
      deployed.map((each) => [...place(each), leg(each.url)]),
      "releases",
    )),
  ];
  return lead + writeSections(sections, limit - lead.length, runUrl);
}

/** Writes the comment that says on a merged pull request what became of it. */
export function outcomeComment(outcome: RunOutcome, runUrl: string): string {
  const start = `${OUTCOME_MARKER}\n`;
  const end = `\n${link("This run", runUrl)} deployed it.\n`;
  const limit = COMMENT_LIMIT - start.length - end.length;
  return `${start}${outcomeMarkdown(outcome, { limit, runUrl })}${end}`;
}

/** Writes what became of a run as tables for a log. */
export function outcomeTables(outcome: RunOutcome, options: ReportOptions): string {
  const { missed, deployed, earlier } = parts(outcome);
  const table = (title: string, style: Style, rows: readonly (readonly string[])[]) =>
    titledTable(title, ["Cluster", "Release", "Why"], rows, options, style);
  return [
    `${capitalized(outcomeLine(outcome))}.\n`,
    ...table(
      "Not deployed, and owed",
      "red",
      missed.map(({ cluster, release, why }) => [cluster, release, WHY[why]]),
    ),
    ...table(
      "Owed from before",
      "yellow",
      earlier.map(({ cluster, release, outcome, base }) => {
        return [cluster, release, `${WHY[outcome]}, since ${base.slice(0, 12)}`];
      }),
    ),
    ...table(
      "Deployed",
      "green",
      deployed.map(({ cluster, release }) => [cluster, release, WHY.success]),
    ),
  ].join("");
}

/** What became of a run in a line: "deployed 3 releases at 1a2b3c4; 1 failed; 2 are owed from before". */
export function outcomeLine(outcome: RunOutcome): string {
  const { missed, deployed, earlier } = parts(outcome);
  const counts = [...Map.groupBy(missed, ({ why }) => why)]
    .map(([why, all]) => `${all.length} ${why}`);
  return [
    `deployed ${countOf(deployed.length, "release")} at ${outcome.head.slice(0, 7)}`,
    ...counts,
    ...(earlier.length === 0 ? [] : [`${earlier.length} owed from before`]),
  ].join("; ");
}

/**
 * What Slack is told of a run that left anything undone; nothing of one that did not.
 *
 * @see {@link https://docs.slack.dev/messaging/formatting-message-text#escaping}
 */
export function outcomeMessage(outcome: RunOutcome, workflow: string, runUrl: string): string {
  const { missed } = parts(outcome);
  if (missed.length === 0) return "";
  const names = listNames(missed.map((each) => `${releaseKey(each)} (${each.why})`));
  const text = `${workflow}: ${outcomeLine(outcome)}: ${names}`
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return JSON.stringify({ text: `${text}\n<${runUrl}|The run>` });
}

function parts({ ended, held, owed }: RunOutcome) {
  // What was begun before leaves an unknown state, which says more than that this run held it back.
  const unknown = new Set(
    owed.filter(({ outcome }) => wasAttempted(outcome)).map(releaseKey),
  );
  const missed = [
    ...ended.flatMap(({ outcome: why, ...each }) => why === "success" ? [] : [{ ...each, why }]),
    ...held.filter((each) => !unknown.has(releaseKey(each)))
      .map((each) => ({ ...each, url: undefined })),
  ];
  const now = new Set(missed.map(releaseKey));
  return {
    missed,
    deployed: ended.filter(({ outcome }) => outcome === "success"),
    earlier: owed.filter((each) => !now.has(releaseKey(each))),
  };
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
