import { drawTable } from "../report/draw_table.ts";
import { paint, type ReportOptions } from "../text/paint.ts";
import { visible } from "../text/visible.ts";
import { type Counts, KINDS, percent } from "./counts.ts";
import type { PushReport, ReplayReport, RuleReport } from "./report.ts";

/** How many names a list spells out; JSON has them all. */
const SPELLED_OUT = 20;

const KIND_HEADS = ["Support charts", "Staging hubs", "Prod hubs", "All"];

/** Writes a report as tables for a terminal or a log. */
export function replayTables(report: ReplayReport, options: ReportOptions): string {
  const sections = [
    ...upgradeSections(report, options),
    ...findingSections(report),
  ];
  return [
    headline(report),
    ...sections.filter(({ lines }) => lines.length > 0)
      .map(({ title, lines }) => `\n${paint(options, "bold", title)}\n${lines.join("")}`),
  ].join("");
}

/** A part of a report; one without lines is left out. */
interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

function headline({ pushes, from, to, shallow, history }: ReplayReport): string {
  const [first, last] = [history[0], history.at(-1)].map((push) => push?.date.slice(0, 10));
  const when = first === undefined ? "" : `, ${first} to ${last}`;
  return [
    `Replayed ${count(pushes, "push", "pushes")}: after ${short(from)}, up to ${
      short(to)
    }${when}.\n`,
    shallow ? "This clone is shallow: what was pushed earlier is not here.\n" : "",
  ].join("");
}

function upgradeSections(
  { precisions: { cluster, hub }, avoided, added }: ReplayReport,
  options: ReportOptions,
): readonly Section[] {
  if (cluster.upgrades.total + hub.upgrades.total === 0) {
    return [{ title: "Nothing is upgraded.", lines: ["No push reaches a release.\n"] }];
  }
  const draw = (head: readonly string[], rows: readonly (readonly string[])[]) =>
    drawTable(head, rows, options);
  const expensive = (["cluster", "hub"] as const).map((precision): Section => {
    const { most_expensive } = { cluster, hub }[precision];
    const head = ["Commit", "Date", "By cluster", "By hub", "Subject"];
    return {
      title: `The most expensive pushes by precision "${precision}"`,
      lines: most_expensive.length === 0 ? [] : [draw(head, most_expensive.map(pushCells))],
    };
  });
  return [
    {
      title: "Upgrades",
      lines: [
        draw(["Precision", "Pushes that upgrade", ...KIND_HEADS], [
          ["cluster", write(cluster.pushes), ...countCells(cluster.upgrades)],
          ["hub", write(hub.pushes), ...countCells(hub.upgrades)],
          ["avoided by hub", "", ...countCells(avoided.upgrades)],
          ["added by hub", "", ...countCells(added)],
        ]),
        avoided.percent === null
          ? ""
          : `"hub" avoids ${avoided.percent} % of what "cluster" upgrades.\n`,
        added.total === 0
          ? ""
          : "It adds what a deleted file reached, and what a chart reaches that no pattern names.\n",
      ],
    },
    {
      title: 'What caused them, by precision "cluster"',
      lines: [
        draw(
          ["Rule", ...KIND_HEADS, "By it alone", "Of these avoided by hub"],
          cluster.rules.map((rule) => [
            ...ruleCells(rule),
            withPercent(rule.alone_avoided.total, rule.alone.total),
          ]),
        ),
        "An upgrade with several causes counts for each of them.\n",
      ],
    },
    {
      title: 'What caused them, by precision "hub"',
      lines: [draw(["Rule", ...KIND_HEADS, "By it alone"], hub.rules.map(ruleCells))],
    },
    ...expensive,
  ];
}

function findingSections(
  { unreferenced_files, clusters_without_canary, unreadable, unreadable_pushes }: ReplayReport,
): readonly Section[] {
  return [
    {
      title: `Files in the clusters' folder that no rule covers, at the end: ${
        write(unreferenced_files.length)
      }`,
      lines: list(unreferenced_files),
    },
    {
      title: `Clusters with prod hubs and no staging hub, at the end: ${
        write(clusters_without_canary.length)
      }`,
      lines: list(
        clusters_without_canary.map(({ cluster_name, prod_hubs, support_chart }) => {
          const gate = support_chart ? "the upgrade of its support chart alone" : "nothing";
          return `${cluster_name}: ${count(prod_hubs.length, "prod hub")}, gated by ${gate}`;
        }),
      ),
    },
    {
      title: `What cannot be read counts as nothing, in ${
        count(unreadable_pushes, "push", "pushes")
      }`,
      lines: list(
        unreadable.map(({ file, message, first, last, pushes }) =>
          `${file}: ${message} (${count(pushes, "push", "pushes")}, ${short(first)} to ${
            short(last)
          })`
        ),
      ),
    },
  ];
}

function ruleCells({ rule, upgrades, alone }: RuleReport): readonly string[] {
  return [rule, ...countCells(upgrades), write(alone.total)];
}

function pushCells({ commit, date, cluster, hub, subject }: PushReport): readonly string[] {
  return [short(commit), date.slice(0, 10), write(cluster.total), write(hub.total), subject];
}

function countCells(counts: Counts): readonly string[] {
  return [...KINDS, "total" as const].map((kind) => write(counts[kind]));
}

function list(names: readonly string[]): readonly string[] {
  const more = names.length - SPELLED_OUT;
  return [
    ...names.slice(0, SPELLED_OUT).map((name) => `  ${visible(name)}\n`),
    ...(more > 0 ? [`  and ${write(more)} more: --format json has them all\n`] : []),
  ];
}

function write(number: number): string {
  return number.toLocaleString("en");
}

/** Writes how many of something there are. */
function count(number: number, thing: string, things = `${thing}s`): string {
  return `${write(number)} ${number === 1 ? thing : things}`;
}

/** Writes a number, and what part of another it is. */
function withPercent(part: number, whole: number): string {
  const of = percent(part, whole);
  return of === null ? "" : `${write(part)} (${of} %)`;
}

/** Shortens the hash of a commit. */
function short(commit: string): string {
  return commit.slice(0, 12);
}
