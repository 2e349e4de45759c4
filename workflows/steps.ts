import type { JobSettings } from "../src/config/job_settings.ts";
import type { Settings } from "../src/config/settings.ts";
import type { PlainStep } from "../src/config/step_config.ts";
import { guardCommand } from "../src/contract/guard.ts";
import { commandStep } from "../src/contract/step.ts";
import { PLAN_ARTIFACT } from "../src/github/artifact.ts";
import type { ActionRef } from "../src/workflow/model.ts";
import type { Expression } from "../src/workflow/expression.ts";
import { cancelled, failure, toJSON } from "../src/workflow/functions.ts";
import { github, secret } from "../src/workflow/github_context.ts";
import { type DeployCommand, deployScript, isRun } from "./release_command.ts";
import { pinned } from "../src/workflow/own_lock.ts";
import { Script, script } from "../src/workflow/script.ts";
import { run, type Step, uses } from "../src/workflow/step.ts";
import { asExpression, type Template, template, type Value } from "../src/workflow/text.ts";

/** The version of Deno that runs hubwright in a workflow. */
const DENO_VERSION = "2.9.6";

/**
 * Checks out the repository. The token is not left behind for later steps. Of the history it
 * fetches as much as is needed, or all where the config wants that.
 */
export function checkout(
  { checkout = {} }: Pick<JobSettings<never>, "checkout"> = {},
  needed?: Expression<number>,
): Step {
  const { submodules = false, fetchDepth, lfs = false } = checkout;
  const depth = needed !== undefined && fetchDepth !== 0 ? needed : fetchDepth;
  return uses({
    name: "Check out the repository",
    uses: pinned("actions/checkout"),
    with: {
      "persist-credentials": false,
      ...(depth !== undefined && { "fetch-depth": depth }),
      ...(submodules !== false && { submodules }),
      ...(lfs && { lfs }),
    },
  });
}

/** Installs Deno, which runs hubwright. */
export function setUpDeno(condition?: Expression<unknown>): Step {
  return uses({
    name: "Set up Deno",
    if: condition,
    uses: pinned("denoland/setup-deno"),
    with: { "deno-version": DENO_VERSION },
  });
}

/** Hands the plan of a pull request over to the workflow that comments, by an artifact. */
export function handOverPlan(
  planFile: Template,
  temp: Expression<string>,
  isPullRequest: Expression<boolean>,
): readonly Step[] {
  const artifact = template`${temp}/${PLAN_ARTIFACT.name}`;
  return [
    run({
      name: "Put the plan and the pull request's number together",
      if: isPullRequest,
      env: { PLAN_FILE: planFile, ARTIFACT: artifact, NUMBER: github.pullRequestNumber },
      script: (env) =>
        script`mkdir ${env.ARTIFACT}
mv ${env.PLAN_FILE} ${env.ARTIFACT}/${PLAN_ARTIFACT.plan}
echo ${env.NUMBER} > ${env.ARTIFACT}/${PLAN_ARTIFACT.number}`,
    }),
    uses({
      name: "Upload the plan for the comment",
      if: isPullRequest,
      uses: pinned("actions/upload-artifact"),
      with: {
        name: PLAN_ARTIFACT.name,
        path: artifact,
        "if-no-files-found": "error",
        overwrite: true,
      },
    }),
  ];
}

/** Steps of the config. */
export function configSteps(steps: readonly PlainStep[]): readonly Step[] {
  return steps.map((step) => {
    if ("run" in step) {
      const { run: text, env, ...rest } = step;
      return run({ ...rest, env: given(env), script: () => new Script(text) });
    }
    const { uses: action, version, env, with: inputs, ...rest } = step;
    const more = inputs && { with: given(inputs) };
    return uses({ ...rest, ...more, env: given(env), uses: parseAction(action, version) });
  });
}

/** The values that are there. */
function given(values: PlainStep["env"] = {}): Readonly<Record<string, Value>> {
  const isThere = (entry: [string, Value | undefined]): entry is [string, Value] =>
    entry[1] !== undefined;
  return Object.fromEntries(Object.entries(values).filter(isThere));
}

/** Runs a deployment command, if there is one. */
export function deploy(
  name: string,
  command: DeployCommand,
  env: Readonly<Record<string, Expression<string>>>,
  condition?: Expression<unknown>,
): readonly Step[] {
  if (!isRun(command)) return [];
  return [run({
    name,
    if: condition,
    env,
    script: () => deployScript(command, Object.keys(env)),
  })];
}

/**
 * Stops a leg that is run again after a later run has deployed, before it touches its cluster. In
 * the first attempt, no later run can have begun.
 */
export function guardRerun(
  { runtime }: Pick<Settings, "runtime">,
  ledger: Expression<string>,
): readonly Step[] {
  const isRerun = github.runAttempt.notEquals(1);
  return [
    setUpDeno(isRerun),
    commandStep(guardCommand, {
      name: "Make sure that nothing newer is deployed",
      if: isRerun,
      runtime,
      env: { LEDGER: ledger, GITHUB_TOKEN: github.token },
    }),
  ];
}

/** Tells Slack of a deployment that failed, timed out or was cancelled. */
export function notifySlack(
  slack: Settings["notify"]["slack"],
  isDeploying: Expression<boolean>,
): readonly Step[] {
  return sendToSlack(
    slack?.secret,
    failure().or(cancelled()).and(isDeploying),
    slack?.text === undefined
      ? template`{"text": "${github.workflow} did not succeed: ${github.serverUrl}/${github.repository}/actions/runs/${github.runId}"}`
      : asExpression(template`{"text":${toJSON(asExpression(slack.text))}}`) as Expression<string>,
  );
}

/** Sends Slack a message, JSON text, where there is a webhook. */
export function sendToSlack(
  webhook: string | undefined,
  condition: Expression<unknown>,
  payload: Template | Expression<string>,
): readonly Step[] {
  if (webhook === undefined) return [];
  return [uses({
    name: "Tell Slack",
    if: condition,
    uses: pinned("slackapi/slack-github-action"),
    with: { webhook: secret(webhook), "webhook-type": "incoming-webhook", payload },
  })];
}

function parseAction(text: string, version = ""): ActionRef {
  if (text.startsWith("./")) return { kind: "local", path: text };
  const [name = "", commit] = text.split("@");
  return commit === undefined
    ? { kind: "locked", name }
    : { kind: "pinned", name, commit, version };
}
