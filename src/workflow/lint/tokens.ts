import { findAt, inputsOf, jobsOf, nodesOf, usesAction, usesOf } from "../value_places.ts";
import type { LintRule } from "./rule.ts";

export const allSecrets: LintRule = {
  id: "all-secrets",
  refuses:
    "all secrets at once: `toJSON(secrets)`, `secrets.*`, `secrets: inherit`, and the whole " +
    "`github` context, which holds the token",
  why: "a step that needs one secret then leaks all of them when it goes wrong",
  fix: "name the one value that is needed",
  check: (workflow) => [
    ...findAt(nodesOf(workflow), ({ node, expression }) => {
      const [context, name = "*"] = node.kind === "context" ? node.path : [];
      return name === "*" && (context === "secrets" || context === "github") &&
        `Cannot read "${expression.text}": it holds all that "${context}" has`;
    }),
    ...findAt(jobsOf(workflow), ({ job }) => {
      return ("secrets" in job ||
        job.calls?.secrets !== undefined && typeof job.calls.secrets !== "object") &&
        'Cannot hand over "secrets": a job has those that its steps name';
    }),
  ],
};

export const unreasonedPermission: LintRule = {
  id: "unreasoned-permission",
  refuses: "a job without permissions of its own, and a permission without its reason on one line",
  why: "a job without any has the defaults of the organisation, and a permission that has no " +
    "reason is never taken back",
  fix: 'give the job only the scopes that it needs, each with "read" or "write" and a reason',
  check: (workflow) => findAt(jobsOf(workflow), ({ job }) => permissionMistakes(job.permissions)),
};

/** Types forbid all of this; a definition that was not checked can have it all the same. */
function permissionMistakes(permissions: unknown): readonly string[] {
  if (typeof permissions !== "object" || permissions === null) {
    const found = JSON.stringify(permissions) ?? "that are not there";
    return [`Cannot use the permissions ${found}: expected a list of scopes`];
  }
  return Object.entries(permissions).flatMap(([scope, permission]) => {
    const { access, why } = permission ?? {};
    const problem = !["read", "write"].includes(access)
      ? `expected "read" or "write", found ${JSON.stringify(access)}`
      : typeof why !== "string" || why.trim() === ""
      ? "it has no reason"
      : /[\r\n]/.test(why)
      ? "its reason has several lines"
      : undefined;
    return problem === undefined ? [] : [`Cannot grant "${scope}: ${access}": ${problem}`];
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

export const missingIdToken: LintRule = {
  id: "missing-id-token",
  refuses: "an action that signs in by OpenID Connect (`google-github-actions/auth`, " +
    "`aws-actions/configure-aws-credentials`, `azure/login`) in a job without `id-token: write`",
  why: "it fails in the run, where the message speaks of the cloud and not of the permission",
  fix: 'give the job the permission "id-token: write", or sign in with a key',
  check: (workflow) =>
    findAt(usesOf(workflow), ({ job, step }) => {
      if (job.permissions?.["id-token"]?.access === "write") return undefined;
      const names = inputsOf(step).map(([name]) => name);
      return OIDC.filter(([action, input, ...instead]) =>
        usesAction(step, action) && names.includes(input) &&
        !instead.some((other) => names.includes(other))
      ).map(([, input]) =>
        `Cannot sign in with "${input}": the job's token may not ask for an identity`
      );
    }),
};
