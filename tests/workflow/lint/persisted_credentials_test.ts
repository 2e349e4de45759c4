import { context } from "../../../src/workflow/expression.ts";
import { pinned } from "../../../src/workflow/pins.ts";
import type { Value } from "../../../src/workflow/text.ts";
import { stepsModel, usesStep } from "../models.ts";
import { accepts, refuses } from "./refuses.ts";

const ID = "persisted-credentials";

function checkout(inputs: Readonly<Record<string, Value>>) {
  return usesStep({ name: "S", uses: pinned("actions/checkout"), with: inputs });
}

const PERSISTING: readonly Readonly<Record<string, Value>>[] = [
  {},
  { "persist-credentials": true },
  { "persist-credentials": "no" },
  { "fetch-depth": 0 },
  { "persist-credentials": false, "Persist-Credentials": true },
];

for (const inputs of PERSISTING) {
  refuses(
    ID,
    `a checkout with ${JSON.stringify(inputs)}`,
    stepsModel(checkout(inputs)),
    'Job a: step "S"',
  );
}

refuses(
  ID,
  "a checkout that something else decides about",
  stepsModel(checkout({ "persist-credentials": context<boolean>("vars", "X") })),
  'Job a: step "S"',
);

refuses(
  ID,
  "a checkout written in capitals",
  stepsModel(usesStep({
    name: "S",
    uses: { kind: "pinned", name: "Actions/Checkout", commit: "a".repeat(40), version: "v7" },
  })),
  'Job a: step "S"',
);

accepts(
  ID,
  "false, however it is written",
  stepsModel(
    checkout({ "persist-credentials": false }),
    checkout({ "PERSIST-CREDENTIALS": "false" }),
    usesStep({ uses: pinned("denoland/setup-deno") }),
    usesStep(),
  ),
);
