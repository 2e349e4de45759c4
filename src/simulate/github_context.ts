import { data } from "@actions/expressions";
import { StrictDictionary, toData } from "./strict_dictionary.ts";
import type { Run } from "./world.ts";

/** What is known of a run by name, as `github.NAME` and as `GITHUB_NAME`. */
function texts({ world: { facts, api }, workflow, event, id }: Run): Record<string, string> {
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

/**
 * The `github` context of a run.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/contexts#github-context}
 */
export function githubContext(
  run: Run,
  more: Readonly<Record<string, string>> = {},
): data.Dictionary {
  const values = { ...texts(run), token: run.world.api.token, ...more };
  return new StrictDictionary(
    "github",
    ...Object.entries(values).map(([key, value]) => ({ key, value: new data.StringData(value) })),
    { key: "event", value: eventData(run) },
  );
}

const events = new WeakMap<object, data.ExpressionData>();

/** A run has the same payload from its first step to its last. */
function eventData({ event: { payload } }: Run): data.ExpressionData {
  const known = events.get(payload) ?? toData("github.event", payload);
  events.set(payload, known);
  return known;
}

/**
 * The variables that a runner sets for every step, besides those of its machine.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/variables#default-environment-variables}
 */
export function defaultVariables(run: Run, job: string): Record<string, string> {
  const named = Object.entries(texts(run)).map(([name, value]) => [
    `GITHUB_${name.toUpperCase()}`,
    value,
  ]);
  return {
    ...Object.fromEntries(named),
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_JOB: job,
    RUNNER_ARCH: "X64",
    RUNNER_ENVIRONMENT: "github-hosted",
    RUNNER_NAME: "simulated",
    RUNNER_OS: "Linux",
  };
}
