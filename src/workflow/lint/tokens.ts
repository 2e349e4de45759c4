import { type Finding, nodesOf } from "../places.ts";
import type { JobModel } from "../model.ts";
import type { LintRule } from "./rule.ts";

/** Steps that get every secret there is. */
export const allSecrets: LintRule = {
  id: "all-secrets",
  refuses:
    "all secrets at once: `toJSON(secrets)`, `secrets.*`, `secrets: inherit`, and the whole " +
    "`github` context, which holds the token",
  why: "a step that needs one secret then leaks all of them when it goes wrong",
  fix: "name the one value that is needed",
  check: (workflow) => [
    ...nodesOf(workflow).flatMap(({ job, step, node, expression: { text } }) => {
      if (node.kind !== "context") return [];
      const [context, name = "*"] = node.path;
      if (name !== "*" || (context !== "secrets" && context !== "github")) return [];
      return [{ job, step, message: `Cannot read "${text}": it holds all that "${context}" has` }];
    }),
    ...workflow.jobs.filter((job) => "secrets" in job).map((job) => ({
      job,
      message: 'Cannot hand over "secrets": a job has those that its steps name',
    })),
  ],
};

/** Permissions without a reason. */
export const unreasonedPermission: LintRule = {
  id: "unreasoned-permission",
  refuses: "a job without permissions of its own, and a permission without its reason on one line",
  why: "a job without any has the defaults of the organisation, and a permission that has no " +
    "reason is never taken back",
  fix: 'give the job only the scopes that it needs, each with "read" or "write" and a reason',
  check: ({ jobs }) => jobs.flatMap(permissionMistakes),
};

function permissionMistakes(job: JobModel): readonly Finding[] {
  // Types forbid all of this; a definition that was not checked can have it all the same.
  const given: unknown = job.permissions;
  if (typeof given !== "object" || given === null) {
    return [{
      job,
      message: `Cannot use the permissions ${JSON.stringify(given) ?? "that are not there"}: ` +
        "expected a list of scopes",
    }];
  }
  return Object.entries(job.permissions).flatMap(([scope, permission]): readonly Finding[] => {
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
