import { fillText, holds, type Scope } from "../../src/simulate/evaluate.ts";
import { type Place, PLACES } from "../../src/simulate/evaluate.ts";
import { type Plain, toData } from "../../src/simulate/context_data.ts";
import type { JobText, StepText } from "./repositories.ts";

/** What expressions read: contexts by name, in which an unknown key is an error. */
export type Contexts = Readonly<Record<string, Plain>>;

/** Whether everything before succeeded, and whether the run is cancelled. */
export type Status = Readonly<Record<"success" | "cancelled", boolean>>;

export const FINE: Status = { success: true, cancelled: false };
export const FAILED: Status = { success: false, cancelled: false };
export const CANCELLED: Status = { success: false, cancelled: true };

const BASE = "b".repeat(40);

export const SHA = "a".repeat(40);

const GITHUB = {
  actor: "ada",
  api_url: "https://api.github.com",
  repository: "octo/infrastructure",
  run_attempt: "1",
  run_id: "123",
  server_url: "https://github.com",
  sha: SHA,
  token: "ghs_token",
  workflow: "Deploy and test hubs",
};

/** The `github` context of an event, with what GitHub's payload holds and nothing more. */
const context = (event_name: string, ref: string, event: Contexts, more: Contexts): Contexts => ({
  ...{ ...GITHUB, event_name, ref, event },
  ...more,
});

export function pushTo(ref: string, change: Contexts = {}): Contexts {
  return context("push", ref, { ref, before: BASE, after: SHA, forced: false }, change);
}

export function pullRequest(labels: readonly string[] = [], change: Contexts = {}): Contexts {
  const event = {
    action: "labeled",
    number: 7,
    pull_request: {
      number: 7,
      labels: labels.map((name, id) => ({ id, name })),
      head: { ref: "patch-1", sha: SHA, repo: { full_name: "ada/infrastructure" } },
      base: { ref: "main", sha: BASE },
    },
  };
  const refs = { base_ref: "main", head_ref: "patch-1" };
  return context("pull_request", "refs/pull/7/merge", event, { ...refs, ...change });
}

/** The `github` context of a group in a merge queue. */
export function mergeGroup(change: Contexts = {}): Contexts {
  const event = { action: "checks_requested", merge_group: { base_sha: BASE, head_sha: SHA } };
  return context("merge_group", "refs/heads/gh-readonly-queue/main/pr-7", event, change);
}

/** The `github` context of a run beside a pull request, on the default branch. */
export function pullRequestTarget(change: Contexts = {}): Contexts {
  const target = { event_name: "pull_request_target", ref: "refs/heads/main" };
  return pullRequest([], { ...target, ...change });
}

/** The `github` context of the run that follows another run. */
export function workflowRun(event: string, conclusion: string, change: Contexts = {}): Contexts {
  const workflow_run = {
    id: 456,
    event,
    conclusion,
    head_sha: SHA,
    head_branch: "patch-1",
    head_repository: { full_name: "ada/infrastructure" },
    html_url: "https://github.com/octo/infrastructure/actions/runs/456",
    pull_requests: [],
    ...change,
  };
  return context("workflow_run", "refs/heads/main", { action: "completed", workflow_run }, {});
}

function scopeOf(place: Place, contexts: Contexts): Scope {
  const data = Object.entries(contexts).map(([key, value]) => [key, toData(key, value)]);
  return { at: "a test", place, contexts: Object.fromEntries(data) };
}

export function runs(
  step: Pick<JobText | StepText, "if">,
  contexts: Contexts,
  { success, cancelled }: Status,
): boolean {
  const status = { success: success && !cancelled, failure: !success && !cancelled, cancelled };
  return holds(step.if, { ...scopeOf(PLACES.stepIf, contexts), status });
}

export function fill(text: string | number | boolean, contexts: Contexts): string {
  return fillText(text, scopeOf(PLACES.step, contexts));
}

export function fillAll(
  values: Readonly<Record<string, string | number | boolean>> = {},
  contexts: Contexts,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, fill(value, contexts)]),
  );
}
