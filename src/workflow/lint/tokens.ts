import type { JobModel, UsesStep } from "../model.ts";
import { type Finding, inputsOf, nodesOf, usesAction, usesOf } from "../value_places.ts";
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

/** Actions that ask GitHub who the job is, the input that makes them, and those that prevent it. */
const OIDC: readonly (readonly [action: string, input: string, ...instead: readonly string[]])[] = [
  ["google-github-actions/auth", "workload_identity_provider"],
  [
    "aws-actions/configure-aws-credentials",
    ...["role-to-assume", "aws-access-key-id", "web-identity-token-file", "role-chaining"],
  ] as const,
  ["azure/login", "client-id", "creds", "auth-type"],
];

/** Actions that sign in with an identity that the job's token may not ask for. */
export const missingIdToken: LintRule = {
  id: "missing-id-token",
  refuses: "an action that signs in by OpenID Connect (`google-github-actions/auth`, " +
    "`aws-actions/configure-aws-credentials`, `azure/login`) in a job without `id-token: write`",
  why: "it fails in the run, where the message speaks of the cloud and not of the permission",
  fix: 'give the job the permission "id-token: write", or sign in with a key',
  check: (workflow) =>
    usesOf(workflow).flatMap(({ job, step }) => {
      const input = oidcInput(step);
      return input === undefined || job.permissions?.["id-token"]?.access === "write" ? [] : [{
        job,
        step,
        message: `Cannot sign in with "${input}": the job's token may not ask for an identity`,
      }];
    }),
};

function oidcInput(step: UsesStep): string | undefined {
  const names = inputsOf(step).map(([name]) => name);
  const [, input] =
    OIDC.find(([action, input, ...instead]) =>
      usesAction(step, action) && names.includes(input) &&
      !instead.some((other) => names.includes(other))
    ) ?? [];
  return input;
}
