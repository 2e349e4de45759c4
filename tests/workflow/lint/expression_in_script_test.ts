import { context } from "../../../src/workflow/expression.ts";
import { template } from "../../../src/workflow/text.ts";
import { runStep, stepsModel, usesStep } from "../models.ts";
import { accepts, refuses, unchecked } from "./refuses.ts";

const ID = "expression-in-script";
const title = context<string>("github", "event", "pull_request", "title");
const SCRIPT = "actions/github-script";

refuses(
  ID,
  "an expression in a script",
  stepsModel(runStep({ name: "S", run: unchecked({ text: "echo ${{ github.head_ref }}" }) })),
  'Job a: step "S"',
);

for (const input of ["script", "inlineScript", "RUN", "command"]) {
  refuses(
    ID,
    `an expression in the input ${input}`,
    stepsModel(
      usesStep({ name: "Whole", with: { [input]: title } }),
      usesStep({ name: "Part", with: { [input]: template`console.log("${title}")` } }),
    ),
    'Job a: step "Whole"',
    'Job a: step "Part"',
  );
}

accepts(
  ID,
  "a script that reads a variable",
  stepsModel(
    runStep({ env: { TITLE: title }, run: unchecked({ text: 'echo "$TITLE" "${TITLE}" $((1))' }) }),
    usesStep({
      uses: { kind: "pinned", name: SCRIPT, commit: "a".repeat(40), version: "v8" },
      env: { TITLE: title },
      with: { script: "console.log(process.env.TITLE)", "script-file": title },
    }),
  ),
);
