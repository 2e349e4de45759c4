import { hubwright, type Ran } from "../cli/fake_io.ts";
import { Sandbox } from "../cli/sandbox.ts";
import { FakeGitHub, type Permission, TOKEN } from "../github/fake_github.ts";
import { parseOutputs, runScript } from "../workflows/shell.ts";
import { type Contexts, fillAll } from "../workflows/world.ts";
import { type Call, ENTRY } from "./call.ts";

/** What a step finds around it. */
export interface Around {
  readonly checkout: Sandbox;
  /** What the expressions in the step's environment read, other than what the runner sets. */
  readonly contexts: { readonly github: Contexts; readonly needs?: Contexts };
  /** Puts things in place: what GitHub knows, for instance. */
  readonly prepare?: (api: FakeGitHub, temp: Sandbox) => void | Promise<void>;
  /** The files in the runner's folder for temporary files. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a step in a checkout, with an environment. */
type Start = (cwd: string, env: Readonly<Record<string, string>>) => Promise<Ran>;

export function inShell(script: string): Start {
  return (cwd, env) => runScript(script, { cwd, env });
}

/** Calls hubwright here as the script does: that is quicker, and nothing is kept from it. */
export function inThisProcess({ words }: Call): Start {
  return (cwd, env) => {
    const [command = "", ...args] = words.slice(words.indexOf(ENTRY) + 1).map((word) =>
      word.replace(/"\$(\w+)"|'(.*)'/, (_, name, text) => text ?? env[name] ?? "")
    );
    const repo = ["plan", "task"].includes(command) ? [`--repo=${cwd}`] : [];
    return hubwright([command, ...args, ...repo], { env });
  };
}

/** What is different from the generated workflow. */
export interface Variant {
  /** How it is run; where absent, by the step's own script. */
  readonly start?: Start;
  /** An environment variable that is not set. */
  readonly unset?: string;
  /** The permissions of the job; its own where absent. */
  readonly permissions?: Readonly<Record<string, string>>;
}

/** Everything that can be told apart about how a step ended. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  readonly comments: readonly string[];
  readonly records: readonly unknown[];
}

/** The file for step outputs, in the runner's folder for temporary files. */
export const OUTPUT = "_runner_file_commands/output";
/** The file for the job summary. */
export const SUMMARY = "_runner_file_commands/summary";

/**
 * Runs the step of a call as GitHub's runner does: its own text, its own environment, and a token
 * that may do what the job's permissions say. GitHub's API is on the loopback interface.
 */
export async function runCall(
  { job, step }: Call,
  { checkout, contexts, prepare, files = {}, env = {} }: Around,
  { start = inShell(step.run ?? ""), unset, permissions = job.permissions ?? {} }: Variant = {},
): Promise<Outcome> {
  await using temp = await Sandbox.create({ ...files, [OUTPUT]: "", [SUMMARY]: "" });
  await using github = new FakeGitHub();
  const scopes = Object.entries(permissions).map(([name, access]) => `${name}: ${access}`);
  github.tokens.set(TOKEN, new Set(scopes as Permission[]));
  await prepare?.(github, temp);
  const variables: Record<string, string> = {
    GITHUB_ACTIONS: "true",
    GITHUB_API_URL: github.url,
    GITHUB_EVENT_NAME: String(contexts.github.event_name),
    GITHUB_OUTPUT: temp.join(OUTPUT),
    GITHUB_REPOSITORY: github.repository,
    GITHUB_RUN_ATTEMPT: String(contexts.github.run_attempt),
    GITHUB_RUN_ID: String(contexts.github.run_id),
    GITHUB_SERVER_URL: String(contexts.github.server_url),
    GITHUB_STEP_SUMMARY: temp.join(SUMMARY),
    GITHUB_WORKFLOW: String(contexts.github.workflow),
    ...fillAll(step.env, {
      ...contexts,
      github: { ...contexts.github, token: TOKEN },
      runner: { temp: temp.path },
    }),
    ...env,
  };
  if (unset !== undefined) delete variables[unset];
  const { code, out, err } = await start(checkout.path, variables);
  const anywhere = (text: string) =>
    text.replaceAll(temp.path, "TEMP").replaceAll(new URL(github.url).host, "HOST");
  const { [OUTPUT]: output = "", ...left } = await temp.snapshot();
  return {
    code,
    out: anywhere(out),
    err: anywhere(err),
    outputs: parseOutputs(output),
    files: left,
    comments: github.comments.map(({ body }) => anywhere(body)),
    records: github.deployments.all.map(({ payload, statuses }) => ({ payload, statuses })),
  };
}
