import { expressionsIn } from "../text.ts";
import type { LintRule } from "./rule.ts";
import { inputsOf, isCheckout, placeOf, usesOf } from "./walk.ts";

/** Checkouts of what another run was for. */
export const untrustedCheckout: LintRule = {
  id: "untrusted-checkout",
  refuses: "an `actions/checkout` whose `ref` or `repository` the event decides, in a workflow " +
    "that follows another (`workflow_run`)",
  why:
    "such a workflow has the token and the secrets of the default branch, and the other run may " +
    "have been for a stranger's code",
  mend: "check out the default branch, and take what the other run made from an artifact",
  check: (workflow) =>
    workflow.on.workflow_run === undefined
      ? []
      : usesOf(workflow).filter(({ step }) => isCheckout(step)).flatMap(({ job, step }) =>
        ["ref", "repository"].flatMap((input) =>
          inputsOf(step, input).flatMap(expressionsIn).map(({ text }) => ({
            ...placeOf({ job, step }),
            message: `Cannot check out the ${input} "${text}": the other run decides what it is`,
          }))
        )
      ),
};
