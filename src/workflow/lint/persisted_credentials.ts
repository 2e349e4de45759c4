import type { LintRule } from "./rule.ts";
import { inputsOf, isCheckout, placeOf, usesOf } from "./walk.ts";

/** Checkouts that leave the token behind. */
export const persistedCredentials: LintRule = {
  id: "persisted-credentials",
  refuses: "an `actions/checkout` without `persist-credentials: false`",
  why:
    "it leaves the token in the folder, where every later step and every uploaded artifact has " +
    "it",
  mend: 'set "persist-credentials" to false',
  check: (workflow) =>
    usesOf(workflow).filter(({ step }) => isCheckout(step)).flatMap(({ job, step }) => {
      const values = inputsOf(step, "persist-credentials");
      return values.length > 0 && values.every((value) => value === false || value === "false")
        ? []
        : [{
          ...placeOf({ job, step }),
          message: "Cannot check out like this: the token stays behind",
        }];
    }),
};
