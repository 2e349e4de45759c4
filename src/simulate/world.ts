import type { data } from "@actions/expressions";
import { type Contexts, toData } from "./context_data.ts";
import type { DeployCommands } from "./deploy_command.ts";
import type { RepositoryFacts, RunEvent } from "./event.ts";
import type { Machines } from "./machine.ts";
import type { Texts, Trouble } from "./record.ts";
import type { Permissions, Workflow } from "./workflow_file.ts";

export interface Api {
  readonly url: string;
  readonly tokenFor: (permissions: Permissions) => string;
}

export type Artifact = ReadonlyMap<string, Uint8Array>;

export interface World extends Required<Trouble> {
  readonly facts: RepositoryFacts;
  readonly machines: Machines;
  /** The artifacts of all runs, by `run/name`. */
  readonly artifacts: Map<string, Artifact>;
  readonly commands: DeployCommands;
  readonly api: Api;
  readonly progress: (line: string) => void;
}

export interface Run {
  readonly world: World;
  readonly workflow: Workflow;
  readonly event: RunEvent;
  readonly id: number;
  cancelled: boolean;
}

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

/** What every runner is, as `runner.NAME` and as `RUNNER_NAME`. */
export const RUNNER = { os: "Linux", arch: "X64", name: "simulated", environment: "github-hosted" };

/** The variables that a runner sets for every step, besides those of its machine. */
export function defaultVariables(run: Run, job: string): Texts {
  const named = (prefix: string, texts: Texts) =>
    Object.entries(texts).map(([name, text]) => [`${prefix}_${name.toUpperCase()}`, text]);
  return {
    ...Object.fromEntries([...named("GITHUB", runTexts(run)), ...named("RUNNER", RUNNER)]),
    ...{ CI: "true", GITHUB_ACTIONS: "true", GITHUB_JOB: job },
  };
}
