import type { JobModel } from "../model.ts";
import type { Finding, LintRule } from "./rule.ts";

/** Permissions of which nobody can say what they are for. */
export const unreasonedPermission: LintRule = {
  id: "unreasoned-permission",
  refuses: "a job without permissions of its own, and a permission without its reason on one line",
  why:
    "a job without any has the defaults of the organisation, and one that nobody gave a reason " +
    "for is never taken back",
  mend: 'give the job only the scopes that it needs, each with "read" or "write" and a reason',
  check: ({ jobs }) => jobs.flatMap(checkJob),
};

function checkJob({ id: job, permissions }: JobModel): readonly Finding[] {
  // Types forbid all of this; a definition that was not checked can have it all the same.
  const given: unknown = permissions;
  if (typeof given !== "object" || given === null) {
    return [{
      job,
      message: `Cannot use the permissions ${JSON.stringify(given) ?? "that are not there"}: ` +
        "expected a list of scopes",
    }];
  }
  return Object.entries(permissions).flatMap(([scope, permission]): readonly Finding[] => {
    const { access, why } = permission ?? {};
    const problem = !["read", "write"].includes(access)
      ? `expected "read" or "write", found ${JSON.stringify(access)}`
      : typeof why !== "string" || why.trim() === ""
      ? "it has no reason"
      : /[\r\n]/.test(why)
      ? "its reason has several lines"
      : undefined;
    const message = `Cannot grant "${scope}: ${access}": ${problem}`;
    return problem === undefined ? [] : [{ job, message }];
  });
}
