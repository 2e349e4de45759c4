import { canBePipelined, outputsRead, type PlanOutput } from "../config/layout.ts";
import type { Settings } from "../config/settings.ts";
import type { Problem } from "../errors.ts";
import { verdictOutput } from "../filter/verdict.ts";
import { BOUNDS } from "../plan/bounds.ts";
import type { Plan } from "../plan/schema.ts";
import { byWave } from "../plan/waves.ts";

/** How many characters a job's outputs may have: GitHub takes 1 MB of them, in UTF-16. */
const MOST_OUTPUT = 500_000;

/** How many bytes of a variable a Linux process takes, less those of the longest name. */
const MOST_VARIABLE = 131_000;

/** The outputs that reach a step as a variable, whole. */
const VARIABLES: Readonly<Partial<Record<PlanOutput, string>>> = {
  "prod-hub-matrix-jobs": "the prod legs",
  "canary-clusters": "the clusters with a canary leg",
  ledger: "what the ledger has to know",
};

/** What the canaries of a wave tell the filter, apart from the name of the output. */
const VERDICT = '  "": "cancelled@10",\n';

/**
 * Finds what the jobs of a run could not be given, which the run would notice only once it needs
 * it: outputs that are too long, and variables with which no process starts.
 */
export function outputProblems(
  outputs: Readonly<Record<PlanOutput, unknown>>,
  plan: Plan,
  settings: Settings,
  fewer: string,
): readonly Problem[] {
  const texts = outputsRead(settings).map((name) => [name, textOf(outputs[name])] as const);
  const length = texts.reduce((sum, [, text]) => sum + text.length, 0);
  const messages = length <= MOST_OUTPUT ? [] : [
    `Cannot plan legs that take ${length} characters: GitHub takes ${MOST_OUTPUT} from one job; ` +
    fewer,
  ];
  const remedy = pipelinedFits(plan, settings)
    ? `set \`layout: "pipelined"\`, in which no step gets all of it, or ${fewer}`
    : fewer;
  for (const [name, text] of texts) {
    const what = VARIABLES[name];
    const bytes = new TextEncoder().encode(text).length;
    if (what === undefined || bytes <= MOST_VARIABLE) continue;
    messages.push(tooLong(bytes, what, name === "ledger" ? fewer : remedy));
  }
  const verdicts = settings.layout === "pipelined" ? 0 : largestVerdicts(plan);
  if (verdicts > MOST_VARIABLE) {
    const waves = `put the clusters into more "waves", ${remedy}`;
    messages.push(tooLong(verdicts, "the verdicts of a wave's canaries", waves));
  }
  return messages.map((message) => ({ message }));
}

function tooLong(bytes: number, what: string, remedy: string): string {
  return `Cannot hand over ${what} in ${bytes} bytes: Linux takes ${MOST_VARIABLE} of one ` +
    `variable; ${remedy}`;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Whether the other layout has room for all of it. */
function pipelinedFits({ prod }: Plan, settings: Settings): boolean {
  const most = Math.max(
    0,
    ...Map.groupBy(prod, (leg) => leg.cluster_name).values().map((legs) => legs.length),
  );
  return canBePipelined(settings) && most <= BOUNDS.legs;
}

/** How many bytes the filter gets at most of what canaries say. */
function largestVerdicts({ waves, support_and_staging }: Plan): number {
  const lists = byWave(support_and_staging.map((leg) => leg.cluster_name), waves);
  return Math.max(
    0,
    ...lists.map((names) =>
      names.reduce((sum, name) => sum + verdictOutput(name).length + VERDICT.length, 0)
    ),
  );
}
