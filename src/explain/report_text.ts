import { countOf } from "../report/summary.ts";
import { paint, type ReportOptions } from "../text/paint.ts";
import { visible } from "../text/visible.ts";
import type { ExplainedCause, ReleaseExplanation } from "./explain_cluster.ts";
import type { FileExplanation } from "./explain_file.ts";

/** How many files, keys, or names of one thing are listed before the rest is counted. */
const MOST = 20;

/** Beyond so many lines about several releases, each gets a line of its own. */
const MOST_LINES = 200;

type Color = Pick<ReportOptions, "color">;

export function explanationText(all: readonly ReleaseExplanation[], options: Color): string {
  const blocks = all.map((explanation) => [
    title(explanation, options) +
    (explanation.why_not === null ? "" : `: ${visible(explanation.why_not)}`),
    ...explanation.causes.flatMap((cause) => causeLines(cause, explanation)),
    ...gateLines(explanation),
  ]);
  const { cluster = "", wave } = all[0] ?? {};
  const inWave = wave === undefined ? [] : [waveLine(cluster, wave)];
  if (blocks.length < 2 || blocks.flat().length <= MOST_LINES) {
    return [...inWave.map((line) => [line]), ...blocks]
      .map((lines) => `${lines.join("\n")}\n`).join("\n");
  }
  return [
    ...inWave,
    ...firstOf(all.map((explanation) => shortLine(explanation, options)), "", MOST_LINES),
    `This is the short form: "explain ${visible(cluster)}/HUB" says which files and keys, and ` +
    "--format json has all of it.\n",
  ].join("\n");
}

function waveLine(
  cluster: string,
  { number, of }: NonNullable<ReleaseExplanation["wave"]>,
): string {
  if (number === null) {
    return `${visible(cluster)} is in no wave: no pattern of "waves" matches its name, so that ` +
      "plan refuses it.";
  }
  const after = number === 1 ? "" : ", which starts where nothing failed in those before";
  return `${visible(cluster)} is in wave ${number} of ${of}${after}.`;
}

export function fileExplanationText(
  { file, concerns, releases }: FileExplanation,
  options: Color,
): string {
  const name = paint(options, "bold", visible(file));
  if (!concerns) return `${name}: no rule is about it, so a change to it upgrades nothing.\n`;
  if (releases.length === 0) {
    return `${name}: a change to it starts the workflow, and upgrades nothing.\n`;
  }
  const lines = releases.map(({ rules, ...release }) =>
    `  ${nameOf(release)} (${rules.length > 1 ? "rules" : "rule"}: ${rules.join(", ")})\n`
  );
  return [
    `${name}: a change to it upgrades ${countOf(releases.length, "release")}\n`,
    ...firstOf(lines, "  ", MOST_LINES, ": --format json has them all\n"),
  ].join("");
}

/** Says of a release how many files and keys of each rule upgrade it. */
function shortLine(explanation: ReleaseExplanation, options: Color): string {
  const causes = explanation.causes.map(({ rule, subjects, keys }) => {
    const ofKeys = keys.length === 0 ? "" : `, ${countOf(keys.length, "key")}`;
    return `${rule} (${countOf(subjects.length, "change")}${ofKeys})`;
  });
  const why = explanation.why_not === null ? causes.join("; ") : visible(explanation.why_not);
  return `${title(explanation, options)}: ${why}`;
}

function title(explanation: ReleaseExplanation, options: Color): string {
  const name = paint(options, "bold", nameOf(explanation));
  return `${name} is ${explanation.upgraded ? "" : "not "}upgraded`;
}

function causeLines(
  { rule, says, subjects, note, keys }: ExplainedCause,
  { upgraded }: ReleaseExplanation,
): readonly string[] {
  const because = upgraded ? "because of" : "it would be, because of";
  const why = note === undefined ? "" : `: ${note}`;
  const changes = keys.map(({ key, before, after }) =>
    `      ${visible(key)}: ${visible(before)} -> ${visible(after)}`
  );
  return [
    `  ${because} the rule "${rule}": ${says}`,
    ...firstOf(subjects.map((subject) => `    ${visible(subject)}${why}`), "    "),
    ...firstOf(changes, "      "),
  ];
}

function gateLines(
  { upgraded, kind, gated_by, gates, wave }: ReleaseExplanation,
): readonly string[] {
  const list = (names: readonly string[]) => firstOf(names.map(visible), "").join(", ");
  const ungated = kind === "prod hub" && gated_by.length === 0;
  const nothing = (wave?.number ?? 1) > 1 ? "nothing on its cluster" : "nothing";
  const [waits, waitFor, gate] = upgraded
    ? ["it waits", "these wait", "gates it"]
    : ["it would wait", "these would wait", "would gate it"];
  return [
    ...ungated ? [`  ${nothing} ${gate}`] : [],
    ...gated_by.length > 0 ? [`  ${waits} for: ${list(gated_by)}`] : [],
    ...gates.length > 0 ? [`  ${waitFor} for it: ${list(gates)}`] : [],
  ];
}

function firstOf(lines: readonly string[], indent: string, most: number = MOST, where = "") {
  const more = lines.length - most;
  return more > 0 ? [...lines.slice(0, most), `${indent}and ${more} more${where}`] : lines;
}

function nameOf(
  { cluster, kind, hub }: Pick<ReleaseExplanation, "cluster" | "kind" | "hub">,
): string {
  return `${visible(cluster)}: ${hub === null ? kind : `${kind} ${visible(hub)}`}`;
}
