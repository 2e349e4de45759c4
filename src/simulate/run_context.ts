import type { data } from "@actions/expressions";
import type { Texts } from "./record.ts";
import { type Contexts, toData } from "./strict_dictionary.ts";
import type { Run } from "./world.ts";

/** What is known of a run by name, as `github.NAME` and as `GITHUB_NAME`. */
function runTexts({ world: { facts, api }, workflow, event, id }: Run): Texts {
  const { repository, serverUrl } = facts;
  return {
    actor: "simulated",
    api_url: api.url,
    base_ref: event.baseRef,
    event_name: event.name,
    graphql_url: `${api.url}/graphql`,
    head_ref: event.headRef,
    ref: event.ref,
    ref_name: event.ref.replace(/^refs\/(?:heads|tags|pull)\//, ""),
    ref_protected: "false",
    ref_type: "branch",
    repository,
    repository_owner: repository.split("/")[0] ?? "",
    run_attempt: "1",
    run_id: String(id),
    run_number: "1",
    server_url: serverUrl,
    sha: event.sha,
    triggering_actor: "simulated",
    workflow: workflow.name ?? workflow.path,
    workflow_ref: `${repository}/${workflow.path}@${event.ref}`,
    workflow_sha: event.sha,
  };
}

/** The `github` context of a run, with what it has in a job or a step. */
export function githubContext(run: Run, more: Texts): data.ExpressionData {
  return toData("github", { ...runTexts(run), event: run.event.payload, ...more });
}

/** The contexts that a simulated repository has nothing in. */
export const EMPTY_CONTEXTS: Contexts = { vars: toData("vars", {}), inputs: toData("inputs", {}) };

const RUNNER = { os: "Linux", arch: "X64", name: "simulated", environment: "github-hosted" };

/** The `runner` context. */
export function runnerContext(temp: string, toolCache: string): data.ExpressionData {
  return toData("runner", { ...RUNNER, temp, tool_cache: toolCache, debug: "" });
}

/** The variables that a runner sets for every step, besides those of its machine. */
export function defaultVariables(run: Run, job: string): Texts {
  return {
    ...prefixed("GITHUB", runTexts(run)),
    ...prefixed("RUNNER", RUNNER),
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_JOB: job,
  };
}

function prefixed(prefix: string, texts: Texts): Texts {
  return Object.fromEntries(
    Object.entries(texts).map(([name, value]) => [`${prefix}_${name.toUpperCase()}`, value]),
  );
}
