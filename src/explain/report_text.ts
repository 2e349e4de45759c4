import { countOf } from "../report/summary.ts";
import { paint, type ReportOptions } from "../text/paint.ts";
import { visible } from "../text/visible.ts";
import type { FileExplanation } from "./explain_file.ts";
import type { ExplainedCause, ReleaseExplanation } from "./explanation.ts";

/** How many files, keys, or names of one thing are listed before the rest is counted. */
const MOST = 20;

/** Beyond so many lines about several releases, each gets a line of its own. */
const MOST_LINES = 200;

type Color = Pick<ReportOptions, "color">;

/** Writes explanations for a terminal or a log. */
export function explanationText(
  explanations: readonly ReleaseExplanation[],
  options: Color,
): string {
  const blocks = explanations.map((explanation) => releaseLines(explanation, options));
  if (blocks.length < 2 || blocks.flat().length <= MOST_LINES) {
    return blocks.map((lines) => `${lines.join("\n")}\n`).join("\n");
  }
  const { cluster = "" } = explanations[0] ?? {};
  return [
    ...firstOf(explanations.map((explanation) => shortLine(explanation, options)), "", MOST_LINES),
    `This is the short form: "explain ${visible(cluster)}/HUB" says which files and keys, and ` +
    "--format json has all of it.",
    "",
  ].join("\n");
}

/** Writes which releases a file reaches, for a terminal or a log. */
export function fileExplanationText(
  { file, concerns, releases }: FileExplanation,
  options: Color,
): string {
  const name = paint(options, "bold", visible(file));
  if (!concerns) return `${name}: no rule is about it, so a change to it upgrades nothing.\n`;
  if (releases.length === 0) {
    return `${name}: a change to it starts the workflow, and upgrades nothing.\n`;
  }
  const lines = releases.map(({ cluster, kind, hub, rules }) =>
    `  ${visible(cluster)}: ${nameOf(kind, hub)} (${rules.length > 1 ? "rules" : "rule"}: ${
      rules.join(", ")
    })`
  );
  return [
    `${name}: a change to it upgrades ${countOf(releases.length, "release")}`,
    ...firstOf(lines, "  ", MOST_LINES, ": --format json has them all"),
    "",
  ].join("\n");
}

function releaseLines(explanation: ReleaseExplanation, options: Color): readonly string[] {
  const { upgraded, causes, why_not } = explanation;
  return [
    `${title(explanation, options)}${upgraded ? "" : `: ${visible(why_not ?? "")}`}`,
    ...causes.flatMap((cause) => causeLines(cause, upgraded)),
    ...gateLines(explanation),
  ];
}

/** Says of a release how many files and keys of each rule upgrade it. */
function shortLine(explanation: ReleaseExplanation, options: Color): string {
  const causes = explanation.causes.map(({ rule, subjects, keys }) => {
    const counts = [
      countOf(subjects.length, "change"),
      ...keys.length === 0 ? [] : [countOf(keys.length, "key")],
    ];
    return `${rule} (${counts.join(", ")})`;
  });
  const why = explanation.upgraded ? causes.join("; ") : visible(explanation.why_not ?? "");
  return `${title(explanation, options)}: ${why}`;
}

function title({ cluster, kind, hub, upgraded }: ReleaseExplanation, options: Color): string {
  const name = paint(options, "bold", `${visible(cluster)}: ${nameOf(kind, hub)}`);
  return `${name} is ${upgraded ? "" : "not "}upgraded`;
}

function causeLines(
  { rule, says, subjects, note, keys }: ExplainedCause,
  upgraded: boolean,
): readonly string[] {
  return [
    `  ${upgraded ? "because of" : "it would be, because of"} the rule "${rule}": ${says}`,
    ...firstOf(
      subjects.map((subject) => `    ${visible(subject)}${note === undefined ? "" : `: ${note}`}`),
      "    ",
    ),
    ...firstOf(
      keys.map(({ key, before, after }) =>
        `      ${visible(key)}: ${visible(before)} -> ${visible(after)}`
      ),
      "      ",
    ),
  ];
}

function gateLines({ upgraded, kind, gated_by, gates }: ReleaseExplanation): readonly string[] {
  const list = (names: readonly string[]) => firstOf(names.map(visible), "").join(", ");
  const waits = gated_by.length > 0
    ? [`  ${upgraded ? "it waits" : "it would wait"} for: ${list(gated_by)}`]
    : kind === "prod hub"
    ? [`  ${upgraded ? "nothing gates it" : "nothing would gate it"}`]
    : [];
  return gates.length === 0
    ? waits
    : [...waits, `  ${upgraded ? "these wait" : "these would wait"} for it: ${list(gates)}`];
}

function firstOf(
  lines: readonly string[],
  indent: string,
  most: number = MOST,
  where = "",
): readonly string[] {
  const more = lines.length - most;
  return more > 0 ? [...lines.slice(0, most), `${indent}and ${more} more${where}`] : lines;
}

function nameOf(kind: string, hub: string | null): string {
  return hub === null ? kind : `${kind} ${visible(hub)}`;
}
