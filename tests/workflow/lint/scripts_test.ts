import { context, type Expression } from "../../../src/workflow/expression.ts";
import { toJSON } from "../../../src/workflow/functions.ts";
import { Script } from "../../../src/workflow/script.ts";
import { template } from "../../../src/workflow/text.ts";
import { jobModel, runStep, startedOn, stepsModel, usesStep, workflowModel } from "../models.ts";
import { FOLLOWS, IN_STEP, testRule, unchecked } from "./test_rule.ts";

const at = (...path: readonly string[]) => context<string>("github", ...path);
const title = at("event", "pull_request", "title");

testRule("expression-in-script", {
  refused: [
    [[IN_STEP], [
      stepsModel(runStep({ name: "S", run: unchecked({ text: "echo ${{ github.head_ref }}" }) })),
    ]],
    [
      [IN_STEP, 'Job a: step "Part"'],
      ["script", "inlineScript", "RUN", "command"].map((input) =>
        stepsModel(
          usesStep({ name: "S", with: { [input]: title } }),
          usesStep({ name: "Part", with: { [input]: template`console.log("${title}")` } }),
        )
      ),
    ],
  ],
  accepted: [[
    "a script that reads a variable",
    stepsModel(
      runStep({
        env: { TITLE: title },
        run: unchecked({ text: 'echo "$TITLE" "${TITLE}" $((1))' }),
      }),
      usesStep({
        env: { TITLE: title },
        with: { script: "console.log(process.env.TITLE)", "script-file": title },
      }),
    ),
  ]],
});

function writes(file: string, value: Expression<unknown> | string) {
  const run = new Script(`echo "A=$VALUE" >> "$${file}"`);
  return runStep({ name: "S", env: { VALUE: template`${value}` }, run });
}

const CHOSEN = [
  at("head_ref"),
  at("ref_name"),
  title,
  at("event", "head_commit", "message"),
  at("event", "workflow_run", "head_branch"),
  toJSON(at("event")),
];

testRule("environment-file", {
  refused: [[[IN_STEP], [
    ...CHOSEN.flatMap((value) =>
      ["GITHUB_ENV", "GITHUB_PATH"].map((file) => stepsModel(writes(file, value)))
    ),
    // Any text where another workflow is followed; that of the job's and the workflow's variables.
    startedOn(FOLLOWS, stepsModel(writes("GITHUB_ENV", "constant"))),
    workflowModel(jobModel("a", { env: { TITLE: title }, steps: [writes("GITHUB_ENV", "x")] })),
    { ...stepsModel(writes("GITHUB_ENV", "x")), env: { TITLE: title } },
  ]]],
  accepted: [[
    "a step output, and what a stranger cannot choose",
    stepsModel(
      writes("GITHUB_OUTPUT", at("head_ref")),
      writes("GITHUB_ENV", at("sha")),
      writes("GITHUB_ENV", at("event", "pull_request", "number")),
      writes("GITHUB_ENV", at("event", "pull_request", "head", "sha")),
      writes("GITHUB_PATH", "/opt/bin"),
      writes("MY_GITHUB_ENVIRONMENT", at("head_ref")),
    ),
  ]],
});

const unsecure = (name: string) => runStep({ name: "S", env: { [name]: true } });
const says = (text: string) => runStep({ name: "S", run: new Script(text) });

const UNSECURE = [
  unsecure("ACTIONS_ALLOW_UNSECURE_COMMANDS"),
  unsecure("Actions_Allow_Unsecure_Commands"),
  usesStep({ name: "S", env: { ACTIONS_ALLOW_UNSECURE_COMMANDS: "false" } }),
  says("export ACTIONS_ALLOW_UNSECURE_COMMANDS=true"),
  says('echo "actions_allow_unsecure_commands=1" >> "$GITHUB_ENV"'),
];

testRule("unsecure-commands", {
  refused: [
    [[IN_STEP], UNSECURE.map((step) => stepsModel(step))],
    [[""], [{ ...stepsModel(), env: { ACTIONS_ALLOW_UNSECURE_COMMANDS: 1 } }]],
    [["Job a"], [workflowModel(jobModel("a", { env: { ACTIONS_ALLOW_UNSECURE_COMMANDS: 1 } }))]],
  ],
  accepted: [["other variables", stepsModel(unsecure("ALLOW_COMMANDS"), says("true"))]],
});
