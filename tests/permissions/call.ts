import type { Task } from "../../src/config/task_config.ts";
import { EXAMPLE } from "../workflows/example.ts";
import {
  filesOf,
  generated,
  jobOf,
  type JobText,
  settingsOf,
  stepOf,
  type StepText,
  type WorkflowFile,
} from "../workflows/repositories.ts";

/** The program that the steps of the example start. */
export const ENTRY = ".hubwright/hubwright.js";

/** A step of a generated workflow that starts hubwright. */
export interface Call {
  /** hubwright's command, and whether there is a ledger. */
  readonly command:
    | "plan"
    | "filter"
    | "comment"
    | "outdate"
    | "plan with a ledger"
    | "comment with a ledger"
    | "guard"
    | "report"
    | "task";
  readonly job: JobText;
  readonly step: StepText;
  /** The words of its script, as the shell's text has them, with their quotes. */
  readonly words: readonly string[];
}

/** Something that a call is allowed: a flag, and a name in its value where it has one. */
export interface Grant {
  readonly flag: string;
  readonly name?: string;
}

/** The example with a ledger. */
const LEDGER = generated("with a ledger", {
  ...EXAMPLE.settings,
  ledger: { since: "a".repeat(40), environment: "hubs" },
  dispatch: true,
}, EXAMPLE.clusters);

export const TASK: Task = {
  name: "Check health",
  on: { push: true, pullRequest: "plan" },
  each: "hub",
  run: "deployer run-hub-health-check CLUSTER HUB",
};

/** The workflow of a task in the example. */
const [TASK_WORKFLOW] = filesOf(
  { ...EXAMPLE.settings, tasks: settingsOf({ tasks: [TASK] }).tasks },
  EXAMPLE.clusters,
).filter(({ path }) => path.endsWith("/task-check-health.yaml"));

/** The calls in the workflows of the example. */
export const CALLS: readonly Call[] = [
  callOf("plan", EXAMPLE.deploy, "generate-jobs", "Plan"),
  callOf("filter", EXAMPLE.deploy, "filter-generate-jobs", "Filter"),
  callOf("comment", EXAMPLE.comment, "comment", "Comment"),
  callOf("outdate", EXAMPLE.comment, "outdate", "Mark the comment"),
  callOf("plan with a ledger", LEDGER.deploy, "generate-jobs", "Plan"),
  callOf("comment with a ledger", LEDGER.comment, "comment", "Comment"),
  callOf(
    "guard",
    LEDGER.deploy,
    "upgrade-prod-hubs",
    "Make sure that nothing newer is deployed",
  ),
  callOf("report", LEDGER.deploy, "report-deployment", "Report"),
  callOf("task", TASK_WORKFLOW, "select", "Select"),
];

function callOf(
  command: Call["command"],
  file: WorkflowFile | undefined,
  id: string,
  name: string,
): Call {
  if (file === undefined) throw new RangeError(`no workflow for "${command}"`);
  const job = jobOf(file, id);
  const step = stepOf(job, name);
  return { command, job, step, words: splitWords(step.run ?? "") };
}

/** Splits a shell command into its words and keeps their quotes. */
function splitWords(script: string): string[] {
  const text = script.trim().replaceAll("\\\n", " ");
  return text.match(/(?:"\$\([^()]*\)"|"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
}

/** The flags of a call that stand between `deno run` and the program. */
export function grantsOf({ words }: Call): Grant[] {
  return words.slice(2, words.indexOf(ENTRY)).flatMap((word) => {
    const { flag, names } = readFlag(word);
    return names.length === 0 ? [{ flag }] : names.map((name) => ({ flag, name }));
  });
}

/** The script of a call without one of its grants. */
export function scriptWithout({ words }: Call, grant: Grant): string {
  const entry = words.indexOf(ENTRY);
  return words.flatMap((word, index) => {
    if (index < 2 || index >= entry) return [word];
    const { flag, names } = readFlag(word);
    if (flag !== grant.flag) return [word];
    const kept = names.filter((name) => name !== grant.name);
    return kept.length === 0 ? [] : [`${flag}=${kept.join(",")}`];
  }).join(" ");
}

function readFlag(word: string): { readonly flag: string; readonly names: readonly string[] } {
  const [, flag = "", value = ""] = /^(--[a-z-]+)(?:=(.*))?$/s.exec(word) ?? [];
  return { flag, names: value.match(/(?:"\$\([^()]*\)"|"[^"]*"|[^,"])+/g) ?? [] };
}
