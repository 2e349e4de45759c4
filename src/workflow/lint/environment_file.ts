import { pathsIn } from "../nodes.ts";
import { expressionsIn } from "../text.ts";
import type { LintRule } from "./rule.ts";
import { placeOf, stepsOf } from "./walk.ts";

/** What of an event nobody outside can choose. */
const SAFE = /(?:^|\.)(?:id|number|sha|head_sha|before|after|conclusion)$/;

/** Scripts that let a stranger set the variables of later steps. */
export const environmentFile: LintRule = {
  id: "environment-file",
  refuses: "a script that writes `GITHUB_ENV` or `GITHUB_PATH` and is given text that a stranger " +
    "chooses, or that runs in a workflow that follows another (`workflow_run`)",
  why:
    "a line more in such a file sets a variable (`LD_PRELOAD`, say) that makes later steps run " +
    "other code",
  mend: "write a step output instead, and hand that over through env",
  check: (workflow) =>
    stepsOf(workflow).flatMap(({ job, step }) => {
      const [file] = step.kind === "run" ? /\bGITHUB_(?:ENV|PATH)\b/.exec(step.run.text) ?? [] : [];
      if (file === undefined) return [];
      const place = placeOf({ job, step });
      const chosen = Object.values(step.env ?? {}).flatMap(expressionsIn)
        .find(({ node }) => pathsIn(node).some(isChosenByStrangers));
      if (chosen !== undefined) {
        return [{ ...place, message: `Cannot write ${file} beside "${chosen.text}"` }];
      }
      return workflow.on.workflow_run === undefined
        ? []
        : [{ ...place, message: `Cannot write ${file} in a workflow that follows another` }];
    }),
};

function isChosenByStrangers(path: readonly (string | number)[]): boolean {
  const [context, name] = path.map((key) => String(key).toLowerCase());
  if (context !== "github") return false;
  if (name === "event") return !SAFE.test(path.join(".").toLowerCase());
  return name === "head_ref" || name === "ref" || name === "ref_name";
}
