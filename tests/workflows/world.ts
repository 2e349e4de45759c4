import { Lexer } from "@actions/expressions";
import { evaluator, type Plain } from "../workflow/evaluate.ts";
import { splitTemplate, wholeExpression } from "./expressions.ts";
import type { JobText, StepText } from "./repositories.ts";

/** What expressions read: contexts by name, in which an unknown key is an error. */
export type Contexts = Readonly<Record<string, Plain>>;

/** How a job ended. */
export type Result = "success" | "failure" | "cancelled" | "skipped";

/** How things stand while a condition is looked at. */
export interface Status {
  /** Whether everything before succeeded. */
  readonly success: boolean;
  /** Whether the run is cancelled. */
  readonly cancelled: boolean;
}

const BASE = "b".repeat(40);

/** The commit of every run. */
export const SHA = "a".repeat(40);

const GITHUB = {
  actor: "ada",
  api_url: "https://api.github.com",
  repository: "octo/infrastructure",
  run_id: "123",
  server_url: "https://github.com",
  sha: SHA,
  token: "ghs_token",
  workflow: "Deploy and test hubs",
};

/** The `github` context of a push, with what GitHub's payload holds and nothing more. */
export function pushTo(ref: string, change: Contexts = {}): Contexts {
  return {
    ...GITHUB,
    event_name: "push",
    ref,
    event: { ref, before: BASE, after: SHA, forced: false },
    ...change,
  };
}

/** The `github` context of a pull request. */
export function pullRequest(labels: readonly string[] = [], change: Contexts = {}): Contexts {
  return {
    ...GITHUB,
    event_name: "pull_request",
    ref: "refs/pull/7/merge",
    base_ref: "main",
    head_ref: "patch-1",
    event: {
      action: "labeled",
      number: 7,
      pull_request: {
        number: 7,
        labels: labels.map((name, id) => ({ id, name })),
        head: { ref: "patch-1", sha: SHA },
        base: { ref: "main", sha: BASE },
      },
    },
    ...change,
  };
}

/** The `github` context of the run that follows another run. */
export function workflowRun(event: string, conclusion: string, change: Contexts = {}): Contexts {
  return {
    ...GITHUB,
    event_name: "workflow_run",
    ref: "refs/heads/main",
    event: {
      action: "completed",
      workflow_run: {
        id: 456,
        event,
        conclusion,
        head_sha: SHA,
        head_branch: "patch-1",
        html_url: "https://github.com/octo/infrastructure/actions/runs/456",
        pull_requests: [],
        ...change,
      },
    },
  };
}

/**
 * Whether a job or a step runs: where its condition asks for no status, everything before has to
 * have succeeded besides.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#status-check-functions}
 */
export function runs(
  { if: condition }: Pick<JobText | StepText, "if">,
  contexts: Contexts,
  { success, cancelled }: Status,
): boolean {
  if (condition === undefined) return success && !cancelled;
  const expression = wholeExpression(condition);
  const asksStatus = new Lexer(expression).lex().tokens
    .some(({ lexeme }) => ["always", "cancelled", "failure", "success"].includes(lexeme));
  const value = evaluator(contexts, {
    always: true,
    cancelled,
    failure: !success && !cancelled,
    success: success && !cancelled,
  })(`!(${expression})`);
  return value.coerceString() === "false" && (asksStatus || (success && !cancelled));
}

/** The text of a value with its expressions filled in. */
export function fill(text: string | number | boolean, contexts: Contexts): string {
  const evaluate = evaluator(contexts);
  return splitTemplate(String(text))
    .map((part, index) => index % 2 === 0 ? part : evaluate(part).coerceString()).join("");
}

/** The values of a mapping with their expressions filled in. */
export function fillAll(
  values: Readonly<Record<string, string | number | boolean>> = {},
  contexts: Contexts,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, fill(value, contexts)]),
  );
}

/** The items of a job's matrix. */
export function matrixOf(job: JobText, contexts: Contexts): unknown {
  const text = wholeExpression(job.strategy?.matrix.jobs ?? "");
  return JSON.parse(fill(`\${{ toJSON(${text}) }}`, contexts));
}
