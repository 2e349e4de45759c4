import { pinned } from "../../../src/workflow/pins.ts";
import type { ActionRef } from "../../../src/workflow/action.ts";
import { stepsModel, usesStep } from "../models.ts";
import { accepts, refuses } from "./refuses.ts";

const ID = "unpinned-action";
const COMMIT = "a".repeat(40);

function at(more: Partial<Extract<ActionRef, { kind: "pinned" }>>): ActionRef {
  return { kind: "pinned", name: "owner/name", commit: COMMIT, version: "v1.2.3", ...more };
}

const UNPINNED: Readonly<Record<string, ActionRef>> = {
  "an action that no lock has": { kind: "locked", name: "owner/name" },
  "an action whose commit nobody looked up": pinned("actions/checkout"),
  "a tag": at({ commit: "v7" }),
  "a branch": at({ commit: "main" }),
  "a short commit": at({ commit: "3d3c42e5" }),
  "a commit in capitals": at({ commit: "A".repeat(40) }),
  "a commit and more": at({ commit: `${COMMIT}\n` }),
  "a commit of 64 digits": at({ commit: "a".repeat(64) }),
  "no version": at({ version: "" }),
  "a version that is none": at({ version: "main" }),
  "a version of several lines": at({ version: "v1\nrun: evil" }),
  "an expression for a name": at({ name: "${{github.event.action}}/name" }),
  "a container image": at({ name: "docker://alpine" }),
  "a repository without its owner": at({ name: "checkout" }),
  "a name that leads elsewhere": at({ name: "owner/../name" }),
};

for (const [what, uses] of Object.entries(UNPINNED)) {
  refuses(ID, what, stepsModel(usesStep({ name: "S", uses })), 'Job a: step "S"');
}

for (
  const path of [
    "../action",
    "/action",
    "action",
    ".github/action",
    "./a/../../action",
    "./${{ x }}",
  ]
) {
  refuses(
    ID,
    `the local action ${path}`,
    stepsModel(usesStep({ name: "S", uses: { kind: "local", path } })),
    'Job a: step "S"',
  );
}

accepts(
  ID,
  "commits with versions, and local actions",
  stepsModel(
    ...["v1", "v1.2", "v1.2.3", "1.2.3", "v2.0.0-rc.1"].map((version) =>
      usesStep({ uses: at({ version }) })
    ),
    usesStep({ uses: at({ name: "owner/name.js/path/below" }) }),
    usesStep({ uses: { kind: "local", path: "./.github/actions/set-up..here" } }),
  ),
);
