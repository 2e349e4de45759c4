import assert from "node:assert/strict";
import fc from "fast-check";
import { parseArgs } from "../../src/cli/parse_args.ts";
import { readOptions, readVariables } from "../../src/cli/read_values.ts";
import type { Command } from "../../src/contract/command.ts";
import { TOOLS } from "../../src/cli/tools.ts";
import { planCommand } from "../../src/contract/plan.ts";
import { PERMISSIONS } from "../../src/config/runtime.ts";
import { commandStep } from "../../src/contract/step.ts";
import { context } from "../../src/workflow/expression.ts";
import { shellQuote } from "../../src/text/shell_quote.ts";
import { Sandbox } from "../cli/sandbox.ts";
import { CUSTOM, EXAMPLE, REPOSITORIES, type StepText } from "../workflows/repositories.ts";
import { runScript } from "../workflows/shell.ts";

const SEED = { seed: 20261122 };

/** Records its arguments, each followed by NUL, in place of the program that it is named after. */
class Recorder implements AsyncDisposable {
  private constructor(readonly folder: Sandbox) {}

  static async create(...programs: readonly string[]): Promise<Recorder> {
    const folder = await Sandbox.create();
    await Promise.all(programs.map(async (name) => {
      await folder.write(
        `bin/${name}`,
        `#!/bin/bash\nprintf '%s\\0' ${shellQuote(name)} "$@" >> "$ARGV_FILE"\n`,
      );
      await Deno.chmod(folder.join(`bin/${name}`), 0o755);
    }));
    return new Recorder(folder);
  }

  /** Runs a script; answers with the program that it started and the arguments. */
  async run(script: string, env: Readonly<Record<string, string>> = {}): Promise<string[]> {
    const argv = this.folder.join("argv");
    await Deno.writeTextFile(argv, "");
    const { code, err } = await runScript(script, {
      cwd: this.folder.path,
      env: { ...env, ARGV_FILE: argv, PATH: `${this.folder.join("bin")}:/usr/bin:/bin` },
    });
    assert.deepEqual({ code, err }, { code: 0, err: "" });
    return (await Deno.readTextFile(argv)).split("\0").slice(0, -1);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.folder[Symbol.asyncDispose]();
  }
}

/** Everything that a shell could read something into, and a name with none of it. */
const hostile = fc.oneof(
  fc.constantFrom(
    "a b",
    "it's",
    '"quoted"',
    "$HOME",
    "$(touch pwned)",
    "`touch pwned`",
    "a\nb",
    "a\n",
    " a ",
    "a\\",
    "*",
    "a;b&c|d>e<f",
    "!a",
    "~",
    "{a,b}",
    "#a",
    "",
    "=",
    "a=b",
    "é☃😀",
    "\t\r",
    "-",
  ),
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary-ascii" }),
).filter((text) => !text.includes("\0"));

// An option's value behind a space begins with no dash; nothing in the workflows gives one that does.
const optionValue = hostile.filter((text) => text === "-" || !text.startsWith("-"));

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
    BASE: optionValue.filter((text) => text !== ""),
    HEAD: optionValue.filter((text) => text !== ""),
    LABELS: fc.array(hostile, { minLength: 1 }).map((labels) => JSON.stringify(labels, null, 2)),
    PLAN_FILE: optionValue.filter((text) => text !== ""),
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
    PLAN_ARTIFACT: hostile.filter((text) => text !== ""),
    RUN_HEAD_SHA: fc.constant(SHA),
    RUN_URL: fc.constant("https://github.com/octo/infrastructure/actions/runs/456"),
    GITHUB_TOKEN: hostile.filter((text) => text !== ""),
  }),
};

/** The variables that hold JSON. */
const JSON_VARIABLES = new Set([
  "PROD_HUB_MATRIX_JOBS",
  "CANARY_CLUSTERS",
  "CANARY_OUTPUTS",
  "GITHUB_RUN_ID",
  "GITHUB_RUN_ATTEMPT",
]);

/** What the runner sets. */
const RUNNER = {
  GITHUB_ACTIONS: "true",
  GITHUB_API_URL: "https://ghe.example.org:8443/api/v3",
  GITHUB_EVENT_NAME: "push",
  GITHUB_OUTPUT: "/tmp/a b/output",
  GITHUB_REPOSITORY: "octo/infrastructure",
  GITHUB_RUN_ID: "456",
  GITHUB_RUN_ATTEMPT: "1",
  GITHUB_STEP_SUMMARY: "/tmp/a b/summary",
};

function commandOf(name: string): Command {
  const command = TOOLS[name];
  assert.ok(command !== undefined, `hubwright has no command ${name}`);
  return command;
}

for (const repository of [EXAMPLE, CUSTOM]) {
  for (const step of callingSteps(repository)) {
    Deno.test(`deploy-hubs.yaml, comment-deployment-plan-pr.yaml call "${step.name}" so that hubwright reads every value intact (${repository.name})`, async () => {
      await using recorder = await Recorder.create("deno");
      const values = VALUES[step.name];
      assert.ok(values !== undefined);
      await fc.assert(
        fc.asyncProperty(values, async (given) => {
          assert.deepEqual(Object.keys(given).sort(), Object.keys(step.env ?? {}).sort());
          const argv = await recorder.run(step.run ?? "", { ...RUNNER, ...given });
          const { name, args, before } = callOf(argv, repository.settings);
          const command = commandOf(name);
          assert.equal(name, step.name.toLowerCase());
          assert.deepEqual(before.slice(0, 2), ["deno", "run"]);

          const texts = parseArgs(command, args);
          const fromEnv = Object.fromEntries(
            Object.keys(texts).map((option) => [
              option,
              given[option.toUpperCase().replaceAll("-", "_")],
            ]),
          );
          assert.deepEqual({ ...texts }, fromEnv);
          const options = readOptions(command, texts);
          if (given.LABELS !== undefined) {
            assert.deepEqual(options.labels, JSON.parse(given.LABELS));
          }

          const env: Readonly<Record<string, string>> = { ...RUNNER, ...given };
          const variables = readVariables(command, (name) => env[name]);
          for (const name of Object.keys(command.variables)) {
            const text = env[name];
            const expected = JSON_VARIABLES.has(name) ? JSON.parse(text ?? "") : text || undefined;
            assert.deepEqual(variables[name], expected, name);
          }
        }),
        { ...SEED, numRuns: 40 },
      );
    });
  }
}

Deno.test("deploy-hubs.yaml, comment-deployment-plan-pr.yaml call plan, filter and comment once each", async () => {
  await using recorder = await Recorder.create("deno");
  for (const repository of REPOSITORIES) {
    const names: string[] = [];
    for (const step of callingSteps(repository)) {
      const env = { ...RUNNER, LABELS: "[]", PLAN_FILE: "p", BASE: "b", HEAD: "h" };
      names.push(callOf(await recorder.run(step.run ?? "", env), repository.settings).name);
    }
    assert.deepEqual(names, ["plan", "filter", "comment"], repository.name);
  }
});

Deno.test("commandStep() writes literals, the runtime's words among them, so that a shell reads them as they are", async () => {
  await using recorder = await Recorder.create("deno");
  // A script refuses what GitHub would read as an expression, and quotes around a variable.
  const literal = optionValue.filter((text) => !text.includes("${{") && !text.includes('""$'));
  await fc.assert(
    fc.asyncProperty(literal, literal, literal, async (word, base, file) => {
      const { model } = commandStep(planCommand, {
        name: "Plan",
        id: "plan",
        runtime: ["deno", word, "--", "main.ts"],
        options: { base, "plan-file": file },
        env: { GITHUB_TOKEN: "t" },
      });
      assert.ok(model.kind === "run");
      const argv = await recorder.run(model.run.text);
      assert.deepEqual(argv, [
        ...["deno", word, "--", "main.ts", "plan"],
        ...[`--base=${base}`, `--plan-file=${file}`],
      ]);
      assert.deepEqual({ ...parseArgs(planCommand, argv.slice(5)) }, { base, "plan-file": file });
    }),
    { ...SEED, numRuns: 60 },
  );
});

Deno.test("commandStep() hands an expression over as a variable, beside those of the command", () => {
  const { model } = commandStep(planCommand, {
    name: "Plan",
    id: "plan",
    runtime: ["hubwright"],
    options: { "plan-file": context<string>("runner", "temp"), format: "json" },
    env: { GITHUB_TOKEN: "t" },
  });
  assert.ok(model.kind === "run");
  assert.equal(model.run.text, 'hubwright plan --plan-file="$PLAN_FILE" --format=json');
  assert.deepEqual(Object.keys(model.env ?? {}), ["GITHUB_TOKEN", "PLAN_FILE"]);
});

Deno.test("commandStep() puts no permissions where the runtime has no place for them", () => {
  const step = (runtime: readonly string[]) => {
    const { model } = commandStep(planCommand, {
      name: "Plan",
      id: "plan",
      runtime,
      env: { GITHUB_TOKEN: "t" },
    });
    return model.kind === "run" ? model.run.text : "";
  };
  assert.equal(step(["hubwright"]), "hubwright plan");
  assert.match(step(["deno", "run", PERMISSIONS, "main.ts"]), /--allow-read=\. /);
  assert.equal(
    step(["deno", "run", PERMISSIONS, "main.ts"]).includes(PERMISSIONS),
    false,
  );
});
