import { formatValue, type Value } from "../text.ts";
import type { LintRule } from "./rule.ts";
import { placeOf, stepsOf } from "./walk.ts";

/** The inputs that actions run as code. */
const CODE_INPUTS = ["script", "inlinescript", "run", "command", "commands", "cmd"];

/** Expressions in scripts. */
export const expressionInScript: LintRule = {
  id: "expression-in-script",
  refuses: "an expression in a script, or in an input that an action runs as code",
  why: "GitHub puts the value into the text before the shell reads it, so that a branch's name " +
    "can run as a command",
  mend: "hand the value over through env, and quote the variable",
  check: (workflow) =>
    stepsOf(workflow).flatMap(({ job, step }) => {
      const code: readonly (readonly [what: string, value: Value])[] = step.kind === "run"
        ? [["the script", step.run.text]]
        : Object.entries(step.with ?? {})
          .filter(([name]) => CODE_INPUTS.includes(name.toLowerCase()))
          .map(([name, value]) => [`the input "${name}"`, value]);
      return code.filter(([, value]) => String(formatValue(value)).includes("${{"))
        .map(([what, value]) => ({
          ...placeOf({ job, step }),
          message: `Cannot run ${what} ${JSON.stringify(formatValue(value))}: it has an ` +
            "expression in it",
        }));
    }),
};
