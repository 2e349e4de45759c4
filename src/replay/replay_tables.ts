import { drawTable } from "../report/draw_table.ts";
import { paint, type ReportOptions } from "../text/paint.ts";
import { visible } from "../text/visible.ts";
import { COUNTED, type Counts, percent } from "./counts.ts";
import type { PushReport, ReplayReport } from "./replay.ts";
import type { RuleCounts } from "./rule_tally.ts";

/** How many names a list spells out; JSON has them all. */
const SPELLED_OUT = 20;

const PUSH_HEADS = ["Commit", "Date", "By cluster", "By hub", "Subject"];
const KIND_HEADS = ["Support charts", "Staging hubs", "Prod hubs", "All"];

/** A part of a report; one without text is left out. */
type Section = readonly [title: string, text: string];

export function replayTables(report: ReplayReport, options: ReportOptions): string {
  const { pushes, from, to, shallow, history } = report;
  const [first, last] = [history[0], history.at(-1)].map((push) => push?.date.slice(0, 10));
  const when = first === undefined ? "" : `, ${first} to ${last}`;
  const sections = [...upgradeSections(report, options), ...findingSections(report)];
  return [
    `Replayed ${count(pushes, "push")}: after ${short(from)}, up to ${short(to)}${when}.\n`,
    shallow ? "This clone is shallow: what was pushed earlier is not here.\n" : "",
    ...sections.filter(([, text]) => text !== "")
      .map(([title, text]) => `\n${paint(options, "bold", title)}\n${text}`),
  ].join("");
}

function upgradeSections(
  { precisions: { cluster, hub }, avoided, added }: ReplayReport,
  options: ReportOptions,
): readonly Section[] {
  if (cluster.upgrades.total + hub.upgrades.total === 0) {
    return [["Nothing is upgraded.", "No push reaches a release.\n"]];
  }
  const draw = (head: string[], rows: (readonly string[])[]) => drawTable(head, rows, options);
  const upgrades = draw(["Precision", "Pushes that upgrade", ...KIND_HEADS], [
    ["cluster", write(cluster.pushes), ...countCells(cluster.upgrades)],
    ["hub", write(hub.pushes), ...countCells(hub.upgrades)],
    ["avoided by hub", "", ...countCells(avoided.upgrades)],
    ["added by hub", "", ...countCells(added)],
  ]);
  const avoids = avoided.percent === null
    ? ""
    : `"hub" avoids ${avoided.percent} % of what "cluster" upgrades.\n`;
  const adds = added.total === 0
    ? ""
    : "It adds what a deleted file reached, and what a chart reaches that no pattern names.\n";
  const byCluster = draw(
    ["Rule", ...KIND_HEADS, "By it alone", "Of these avoided by hub"],
    cluster.rules.map((rule) => {
      const avoided = rule.alone_avoided.total;
      const of = percent(avoided, rule.alone.total);
      return [...ruleCells(rule), of === null ? "" : `${write(avoided)} (${of} %)`];
    }),
  );
  const byHub = draw(["Rule", ...KIND_HEADS, "By it alone"], hub.rules.map(ruleCells));
  return [
    ["Upgrades", upgrades + avoids + adds],
    [
      'What caused them, by precision "cluster"',
      `${byCluster}An upgrade with several causes counts for each of them.\n`,
    ],
    ['What caused them, by precision "hub"', byHub],
    ...Object.entries({ cluster, hub }).map(([precision, { most_expensive }]): Section => [
      `The most expensive pushes by precision "${precision}"`,
      most_expensive.length === 0 ? "" : draw(PUSH_HEADS, most_expensive.map(pushCells)),
    ]),
  ];
}

function findingSections(
  { unreferenced_files, clusters_without_canary, unreadable, unreadable_pushes }: ReplayReport,
): readonly Section[] {
  const ungated = clusters_without_canary.map(({ cluster_name, prod_hubs, support_chart }) => {
    const gate = support_chart ? "the upgrade of its support chart alone" : "nothing";
    return `${cluster_name}: ${count(prod_hubs.length, "prod hub")}, gated by ${gate}`;
  });
  const unread = unreadable.map(({ file, message, first, last, pushes }) =>
    `${file}: ${message} (${count(pushes, "push")}, ${short(first)} to ${short(last)})`
  );
  return [
    [
      "Files in the clusters' folder that no rule covers, at the end: " +
      write(unreferenced_files.length),
      list(unreferenced_files),
    ],
    [
      `Clusters with prod hubs and no staging hub, at the end: ${write(ungated.length)}`,
      list(ungated),
    ],
    [`What cannot be read counts as nothing, in ${count(unreadable_pushes, "push")}`, list(unread)],
  ];
}

function ruleCells({ rule, upgrades, alone }: Omit<RuleCounts, "alone_avoided">) {
  return [rule, ...countCells(upgrades), write(alone.total)];
}

function pushCells({ commit, date, cluster, hub, subject }: PushReport): readonly string[] {
  return [short(commit), date.slice(0, 10), write(cluster.total), write(hub.total), subject];
}

function countCells(counts: Counts): readonly string[] {
  return COUNTED.map((kind) => write(counts[kind]));
}

function list(names: readonly string[]): string {
  const more = names.length - SPELLED_OUT;
  const shown = names.slice(0, SPELLED_OUT).map((name) => `  ${visible(name)}\n`).join("");
  return more > 0 ? `${shown}  and ${write(more)} more: --format json has them all\n` : shown;
}

function write(number: number): string {
  return number.toLocaleString("en");
}

function count(number: number, thing: "push" | "prod hub"): string {
  const many = thing === "push" ? "pushes" : `${thing}s`;
  return `${write(number)} ${number === 1 ? thing : many}`;
}

function short(commit: string): string {
  return commit.slice(0, 12);
}
