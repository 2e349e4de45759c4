import type { data } from "@actions/expressions";
import { type Contexts, toData } from "./context_data.ts";
import type { DeployCommands } from "./deploy_command.ts";
import type { RepositoryFacts, RunEvent } from "./event.ts";
import type { Machines } from "./machine.ts";
import type { Result, StepRecord, Texts, Trouble } from "./record.ts";
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
  /** All runs by their ids, oldest first: each in its latest attempt. */
  readonly runs: Map<number, Run>;
  readonly progress: (line: string) => void;
}

export interface Run {
  readonly world: World;
  readonly workflow: Workflow;
  readonly event: RunEvent;
  readonly id: number;
  /** The first run of a workflow has the number 1. */
  readonly number: number;
  readonly attempt: number;
  /** The jobs of this attempt and of those before it, as far as they have begun. */
  readonly listed: ListedJob[];
  cancelled: boolean;
  /** Nothing while it goes on. */
  conclusion: Result | undefined;
}

/** A leg of a job, as GitHub lists it among the jobs of a run; or a job of which no leg ran. */
export interface ListedJob {
  readonly name: string;
  readonly attempt: number;
  /** Whether a runner took it. */
  readonly taken: boolean;
  /** Those that have ended so far, and what is in them. */
  readonly steps: readonly StepRecord[];
  /** Nothing while it goes on. */
  end: { readonly result: Result; readonly lost: boolean } | undefined;
}

/** What is known of a run by name, as `github.NAME` and as `GITHUB_NAME`. */
function runTexts({ world, workflow, event, id, number, attempt }: Run): Texts {
  const { facts: { repository, serverUrl }, api } = world;
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
    run_attempt: String(attempt),
    run_id: String(id),
    run_number: String(number),
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
