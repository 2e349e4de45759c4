import { findAt, inputsOf, jobsOf, type Place, stepsOf } from "../value_places.ts";
import { expressionsIn, formatValue, type Value } from "../text.ts";
import { pathsIn } from "../truth.ts";
import type { LintRule } from "./rule.ts";

const CODE_INPUTS = ["script", "inlinescript", "run", "command", "commands", "cmd"];

export const expressionInScript: LintRule = {
  id: "expression-in-script",
  refuses: "an expression in a script, or in an input that an action runs as code",
  why: "GitHub puts the value into the text before the shell reads it, so that a branch's name " +
    "can run as a command",
  fix: "hand the value over through env, and quote the variable",
  check: (workflow) =>
    findAt(stepsOf(workflow), ({ step }) => {
      const code: readonly (readonly [what: string, value: Value])[] = step.kind === "run"
        ? [["the script", step.run.text]]
        : inputsOf(step).filter(([name]) => CODE_INPUTS.includes(name))
          .map(([name, value]) => [`the input "${name}"`, value]);
      return code.map(([what, value]) => [what, formatValue(value)] as const)
        .filter(([, text]) => String(text).includes("${{"))
        .map(([what, text]) =>
          `Cannot run ${what} ${JSON.stringify(text)}: it has an expression in it`
        );
    }),
};

/** The parts of an event that a stranger cannot choose. */
const SAFE = /(?:^|\.)(?:id|number|sha|head_sha|before|after|conclusion)$/;

export const environmentFile: LintRule = {
  id: "environment-file",
  refuses: "a script that writes `GITHUB_ENV` or `GITHUB_PATH` and is given text that a stranger " +
    "chooses, or that runs in a workflow that follows another (`workflow_run`)",
  why: "one extra line in such a file sets a variable (`LD_PRELOAD`, say) that makes later steps " +
    "run other code",
  fix: "write a step output instead, and hand that over through env",
  check: (workflow) =>
    findAt(stepsOf(workflow), ({ job, step }) => {
      const [file] = step.kind === "run" ? /\bGITHUB_(?:ENV|PATH)\b/.exec(step.run.text) ?? [] : [];
      if (file === undefined) return undefined;
      const chosen = Object.values({ ...workflow.env, ...job.env, ...step.env }).flatMap(
        expressionsIn,
      )
        .find(({ node }) => pathsIn(node).some(isChosenByStrangers));
      if (chosen !== undefined) return `Cannot write ${file} beside "${chosen.text}"`;
      return workflow.on.workflow_run && `Cannot write ${file} in a workflow that follows another`;
    }),
};

function isChosenByStrangers(path: ReturnType<typeof pathsIn>[number]): boolean {
  const [context, name] = path.map((key) => String(key).toLowerCase());
  if (context !== "github") return false;
  if (name === "event") return !SAFE.test(path.join(".").toLowerCase());
  return name === "head_ref" || name === "ref" || name === "ref_name";
}

const UNSECURE = "ACTIONS_ALLOW_UNSECURE_COMMANDS";

export const unsecureCommands: LintRule = {
  id: "unsecure-commands",
  refuses: `\`${UNSECURE}\`, in \`env\` or in a script`,
  why: "any line that a step prints, a file's name among them, can then set variables and the " +
    "path of later steps",
  fix: "leave it out, and write to GITHUB_OUTPUT what another step needs",
  check: (workflow) =>
    findAt([{}, ...jobsOf(workflow), ...stepsOf(workflow)], ({ job, step }: Place) => {
      const names = Object.keys((step ?? job ?? workflow).env ?? {});
      const isThere = names.some((name) => name.toUpperCase() === UNSECURE) ||
        (step?.kind === "run" && step.run.text.toUpperCase().includes(UNSECURE));
      return isThere && `Cannot use ${UNSECURE}`;
    }),
};
