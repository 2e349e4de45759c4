import { drawTable } from "../report/draw_table.ts";
import { paint, type ReportOptions, resultWord } from "../text/paint.ts";
import { visible } from "../text/visible.ts";
import type { FleetRelease, StepOfSequence } from "./record.ts";
import { short } from "./simulated_fleet.ts";
import { drawRun, releaseName, RUN_CLASSES } from "./simulation_report.ts";

export function sequenceTables(
  steps: readonly StepOfSequence[],
  options: ReportOptions,
): string {
  const wrong = new Set(steps.flatMap((step) => step.wrong)).size;
  const parts = [
    ...steps.flatMap((step, index) => [
      paint(options, "bold", `${index + 1}. ${visible(step.step)}: ${conclusionOf(step)}`) + "\n" +
      tableOf(step, options),
      linesOf("warning", step.notices, options),
      linesOf("wrong", step.wrong, options),
    ]),
    wrong === 0
      ? "Nothing is wrong: no release went back or past a failed canary, and nothing is forgotten.\n"
      : `${wrong} ${wrong === 1 ? "thing is" : "things are"} wrong.\n`,
  ];
  return parts.filter((part) => part !== "").join("\n");
}

function conclusionOf({ runs: [run] }: StepOfSequence): string {
  if (run === undefined) return "no run";
  return run.attempt === 1 ? run.conclusion : `${run.conclusion}, attempt ${run.attempt}`;
}

function tableOf({ releases }: StepOfSequence, options: ReportOptions): string {
  const shown = releases.filter(({ upgraded, sure, owed, due }) =>
    upgraded !== "" || !sure || owed !== null || due.length > 0
  );
  const rest = releases.length - shown.length;
  const others = `${rest} ${rest === 1 ? "release is as it was" : "releases are as they were"}.\n`;
  if (shown.length === 0) return others;
  const rows = shown.map((release) => [
    release.cluster,
    releaseName(release),
    release.upgraded === "" ? "" : resultWord(release.upgraded),
    short(release.runs) + (release.sure ? "" : ", unsure"),
    whyOwed(release),
  ]);
  const header = ["Cluster", "Release", "This step", "Runs", "Owed"];
  return drawTable(header, rows, options) + (rest === 0 ? "" : others);
}

/** What the record says; what it does not say is called for by a push that it does not know yet. */
function whyOwed({ owed, due: [first] }: FleetRelease): string {
  if (owed !== null) return `since ${short(owed.base)}: ${owed.outcome} in run ${owed.run}`;
  return first === undefined ? "" : `since ${short(first)}, not in the record`;
}

function linesOf(word: string, texts: readonly string[], options: ReportOptions): string {
  return texts.map((text) => `${paint(options, "yellow", `${word}:`)} ${visible(text)}\n`).join("");
}

export function sequenceMermaid(steps: readonly StepOfSequence[]): string {
  const runs = steps.flatMap(({ step, runs: [run] }, index) =>
    run === undefined ? [] : [{ ...run, name: `${index + 1}. ${step}` }]
  );
  return [
    "flowchart LR",
    ...runs.flatMap((run, index) => drawRun(run, `run${index}`)),
    ...runs.slice(1).map((_, index) => `  run${index} --> run${index + 1}`),
    ...RUN_CLASSES,
    "",
  ].join("\n");
}
