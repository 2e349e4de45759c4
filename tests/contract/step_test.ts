import assert from "node:assert/strict";
import fc from "fast-check";
import { parseArgs } from "../../src/cli/parse_args.ts";
import { readOptions, readVariables } from "../../src/cli/read_values.ts";
import { TOOLS } from "../../src/cli/tools.ts";
import { planCommand } from "../../src/contract/plan.ts";
import { PERMISSIONS } from "../../src/config/runtime.ts";
import { commandStep, type CommandStepDefinition } from "../../src/contract/step.ts";
import { context } from "../../src/workflow/expression.ts";
import { shellQuote } from "../../src/text/shell_quote.ts";
import { Sandbox } from "../cli/sandbox.ts";
import { NAMES } from "../hostile/names.ts";
import { CUSTOM, REPOSITORIES } from "../workflows/all_repositories.ts";
import { EXAMPLE } from "../workflows/example.ts";
import type { StepText } from "../workflows/repositories.ts";
import { runScript } from "../workflows/shell.ts";

const SEED = { seed: 20261122 };

/** A folder with a `deno` that writes down its arguments, each followed by NUL. */
const recorder = () =>
  Sandbox.create({ "bin/deno": '#!/bin/bash\nprintf "%s\\0" deno "$@" > argv\n' });

/** Runs a script; answers with the words of the `deno` that it started. */
async function record(
  folder: Sandbox,
  script: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  await Deno.chmod(folder.join("bin/deno"), 0o755);
  const PATH = `${folder.join("bin")}:/usr/bin:/bin`;
  const { code, err } = await runScript(script, { cwd: folder.path, env: { ...env, PATH } });
  assert.deepEqual({ code, err }, { code: 0, err: "" });
  return (await folder.read("argv")).split("\0").slice(0, -1);
}

/** Everything that a shell could read something into, and text with none of it. */
const hostile = fc.oneof(
  fc.constantFrom("", "=", "a=b", " a ", "a\n", "\t\r", ...NAMES.map(({ text }) => text)),
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary-ascii" }),
).filter((text) => !text.includes("\0") && text.isWellFormed() && text.length < 10_000);

// An option's value behind a space begins with no dash; nothing in the workflows gives one that does.
const optionValue = hostile.filter((text) => text === "-" || !text.startsWith("-"));

const given = hostile.filter((text) => text !== "");
const givenOption = optionValue.filter((text) => text !== "");

/** What is behind the last word of the runtime: the command and its options. */
function callOf(argv: readonly string[], { runtime }: { readonly runtime: readonly string[] }) {
  const last = argv.indexOf(runtime.at(-1) ?? "");
  const [name = "", ...args] = argv.slice(last + 1);
  return { name, args, before: argv.slice(0, last + 1) };
}

/** The steps of a repository's workflows that call hubwright. */
function callingSteps({ deploy, comment, settings }: typeof EXAMPLE): StepText[] {
  const last = shellQuote(settings.runtime.at(-1) ?? "");
  return [deploy, comment].flatMap(({ workflow }) =>
    Object.values(workflow.jobs).flatMap(({ steps }) =>
      steps.filter(({ run }) => run?.includes(last))
    )
  );
}

const SHA = "0123456789abcdef".repeat(3).slice(0, 40);
const LEG = { cluster_name: "lake", provider: "gcp" };

/** Values of the variables of each step that the command accepts, hostile where they may be. */
const VALUES: Readonly<Record<string, fc.Arbitrary<Readonly<Record<string, string>>>>> = {
  Plan: fc.record({
    GITHUB_TOKEN: hostile,
    BEFORE: givenOption,
    HEAD: givenOption,
    LABELS: fc.array(hostile, { minLength: 1 }).map((labels) => JSON.stringify(labels, null, 2)),
    PLAN_FILE: givenOption,
  }),
  Filter: fc.record({
    PROD_HUB_MATRIX_JOBS: hostile.map((hub) =>
      JSON.stringify([{ ...LEG, hub_name: hub || "empty" }])
    ),
    CANARY_CLUSTERS: fc.constant("[]"),
    CANARY_RESULT: fc.constant("failure"),
    CANARY_OUTPUTS: hostile.map((verdict) => JSON.stringify({ success_lake: verdict }, null, 2)),
    GITHUB_TOKEN: hostile,
  }),
  Comment: fc.record({
    PLAN_ARTIFACT: given,
    RUN_HEAD_SHA: fc.constant(SHA),
    RUN_URL: fc.constant("https://github.com/octo/infrastructure/actions/runs/456"),
    GITHUB_TOKEN: given,
  }),
  "Mark the comment": fc.record({
    PULL_REQUEST: fc.integer({ min: 1, max: 2 ** 31 }).map(String),
    GITHUB_TOKEN: given,
  }),
};

/** What steps call whose names do not say so. */
const COMMAND_NAMES: Readonly<Record<string, string>> = { "Mark the comment": "outdate" };

/** The variables that hold JSON. */
const JSON_VARIABLES = new Set([
  ...["PROD_HUB_MATRIX_JOBS", "CANARY_CLUSTERS", "CANARY_OUTPUTS"],
  ...["GITHUB_RUN_ID", "GITHUB_RUN_ATTEMPT", "PULL_REQUEST"],
]);

/** What the runner sets. */
const RUNNER = {
  GITHUB_ACTIONS: "true",
  GITHUB_API_URL: "https://ghe.example.org:8443/api/v3",
  GITHUB_EVENT_NAME: "push",
  GITHUB_OUTPUT: "/tmp/a b/output",
  GITHUB_REPOSITORY: "octo/infrastructure",
  GITHUB_SERVER_URL: "https://ghe.example.org:8443",
  GITHUB_RUN_ID: "456",
  GITHUB_RUN_ATTEMPT: "1",
  GITHUB_STEP_SUMMARY: "/tmp/a b/summary",
};

for (const repository of [EXAMPLE, CUSTOM]) {
  for (const step of callingSteps(repository)) {
    Deno.test(`deploy-hubs.yaml, comment-deployment-plan-pr.yaml call "${step.name}" so that hubwright reads every value intact (${repository.name})`, async () => {
      await using folder = await recorder();
      const values = VALUES[step.name];
      assert.ok(values !== undefined);
      await fc.assert(
        fc.asyncProperty(values, async (values) => {
          assert.deepEqual(Object.keys(values).sort(), Object.keys(step.env ?? {}).sort());
          const env: Readonly<Record<string, string>> = { ...RUNNER, ...values };
          const argv = await record(folder, step.run ?? "", env);
          const { name, args, before } = callOf(argv, repository.settings);
          assert.equal(name, COMMAND_NAMES[step.name] ?? step.name.toLowerCase());
          assert.deepEqual(before.slice(0, 2), ["deno", "run"]);
          const command = TOOLS[name]?.();
          assert.ok(command !== undefined);

          const texts = parseArgs(command, args);
          for (const [option, text] of Object.entries(texts)) {
            assert.equal(text, env[option.toUpperCase().replaceAll("-", "_")], option);
          }
          const options = readOptions(command, texts);
          if (env.LABELS !== undefined) assert.deepEqual(options.labels, JSON.parse(env.LABELS));

          const variables = readVariables(command, (name) => env[name]);
          for (const name of Object.keys(command.variables)) {
            const text = env[name];
            const expected = JSON_VARIABLES.has(name) ? JSON.parse(text ?? "") : text || undefined;
            assert.deepEqual(variables[name], expected, name);
          }
        }),
        { ...SEED, numRuns: 6 },
      );
    });
  }
}

Deno.test("deploy-hubs.yaml, comment-deployment-plan-pr.yaml call each command where it belongs", () => {
  for (const repository of REPOSITORIES) {
    const names = callingSteps(repository).map(({ name }) => name);
    const more = (...steps: readonly string[]) =>
      repository.settings.ledger === undefined ? [] : steps;
    const guard = more("Make sure that nothing newer is deployed");
    const deploying = ["Plan", ...guard, "Filter", ...guard, ...more("Report")];
    assert.deepEqual(names, [...deploying, "Comment", "Mark the comment"], repository.name);
  }
});

/** The script of a step that calls `plan`, and its variables. */
function planStep(
  runtime: readonly string[],
  options: CommandStepDefinition<typeof planCommand>["options"] = {},
) {
  const env = { GITHUB_TOKEN: "t" };
  const { model } = commandStep(planCommand, { name: "Plan", id: "plan", runtime, options, env });
  assert.ok(model.kind === "run");
  return { script: model.run.text, names: Object.keys(model.env ?? {}) };
}

Deno.test("commandStep() writes literals, the runtime's words among them, so that a shell reads them as they are", async () => {
  await using folder = await recorder();
  // A script refuses what GitHub would read as an expression, and quotes around a variable.
  const literal = optionValue.filter((text) => !text.includes("${{") && !text.includes('""$'));
  await fc.assert(
    fc.asyncProperty(literal, literal, literal, async (word, base, file) => {
      const runtime = ["deno", word, "--", "main.ts"];
      const { script } = planStep(runtime, { base, "plan-file": file });
      const argv = await record(folder, script);
      assert.deepEqual(argv, [
        ...[...runtime, "plan"],
        ...[`--base=${base}`, `--plan-file=${file}`],
      ]);
      assert.deepEqual({ ...parseArgs(planCommand, argv.slice(5)) }, { base, "plan-file": file });
    }),
    { ...SEED, numRuns: 12 },
  );
});

Deno.test("commandStep() hands an expression over as a variable, beside those of the command", () => {
  const temp = context<string>("runner", "temp");
  const { script, names } = planStep(["hubwright"], { "plan-file": temp, format: "json" });
  assert.equal(script, 'hubwright plan --plan-file="$PLAN_FILE" --format=json');
  assert.deepEqual(names, ["GITHUB_TOKEN", "PLAN_FILE"]);
});

Deno.test("commandStep() puts permissions where the runtime has a place for them", () => {
  assert.equal(planStep(["hubwright"]).script, "hubwright plan");
  const { script } = planStep(["deno", "run", PERMISSIONS, "main.ts"]);
  assert.match(script, /^deno run [^]*--allow-read=\. [^]*main\.ts plan$/);
  assert.ok(!script.includes(PERMISSIONS));
});
