import { visible } from "../text/visible.ts";
import type { FileExplanation } from "./explain_file.ts";
import type { ExplainedCause, ReleaseExplanation } from "./explanation.ts";

/** How many files, and how many keys, of one cause are listed before the rest is counted. */
const MOST = 20;

/** Writes words in bold, where there is colour. */
type Bold = (text: string) => string;

/** Writes explanations for a terminal or a log. */
export function explanationText(
  explanations: readonly ReleaseExplanation[],
  { color }: { readonly color: boolean },
): string {
  return explanations.map((explanation) => releaseText(explanation, boldIf(color))).join("\n");
}

/** Writes which releases a file reaches, for a terminal or a log. */
export function fileExplanationText(
  { file, concerns, releases }: FileExplanation,
  { color }: { readonly color: boolean },
): string {
  const name = boldIf(color)(visible(file));
  if (!concerns) return `${name}: no rule is about it, so a change to it upgrades nothing.\n`;
  if (releases.length === 0) {
    return `${name}: a change to it starts the workflow, and upgrades nothing.\n`;
  }
  const count = releases.length === 1 ? "1 release" : `${releases.length} releases`;
  return [
    `${name}: a change to it upgrades ${count}`,
    ...releases.map(({ cluster, kind, hub, rules }) =>
      `  ${visible(cluster)}: ${nameOf(kind, hub)} (${rules.length > 1 ? "rules" : "rule"}: ${
        rules.join(", ")
      })`
    ),
    "",
  ].join("\n");
}

function releaseText(explanation: ReleaseExplanation, bold: Bold): string {
  const { cluster, kind, hub, upgraded, causes, why_not } = explanation;
  const title = `${visible(cluster)}: ${nameOf(kind, hub)}`;
  return [
    `${bold(title)} ${upgraded ? "is upgraded" : `is not upgraded: ${visible(why_not ?? "")}`}`,
    ...causes.flatMap((cause) => causeLines(cause, upgraded)),
    ...gateLines(explanation),
    "",
  ].join("\n");
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

function firstOf(lines: readonly string[], indent: string): readonly string[] {
  const more = lines.length - MOST;
  return more > 0 ? [...lines.slice(0, MOST), `${indent}and ${more} more`] : lines;
}

function gateLines({ upgraded, kind, gated_by, gates }: ReleaseExplanation): readonly string[] {
  const list = (names: readonly string[]) => names.map(visible).join(", ");
  const lines: string[] = [];
  if (gated_by.length > 0) {
    lines.push(`  ${upgraded ? "it waits" : "it would wait"} for: ${list(gated_by)}`);
  } else if (kind === "prod hub") {
    lines.push(`  ${upgraded ? "nothing gates it" : "nothing would gate it"}`);
  }
  if (gates.length > 0) {
    lines.push(`  ${upgraded ? "these wait" : "these would wait"} for it: ${list(gates)}`);
  }
  return lines;
}

function nameOf(kind: string, hub: string | null): string {
  return hub === null ? kind : `${kind} ${visible(hub)}`;
}

function boldIf(color: boolean): Bold {
  return (text) => color ? `\x1b[1m${text}\x1b[22m` : text;
}
