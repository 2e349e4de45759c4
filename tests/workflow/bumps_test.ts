import assert from "node:assert/strict";
import { findBumps, mergeBumps } from "../../src/workflow/bumps.ts";
import type { FoundPin } from "../../src/workflow/lock.ts";

const [A, B, C] = ["a", "b", "c"].map((digit) => digit.repeat(40)) as [string, string, string];

/** What the definitions use. */
const KNOWN = new Map<string, FoundPin | undefined>([
  ["one/own", { version: "v1.0.0", commit: A, source: "hubwright" }],
  ["one/locked", { version: "v1.0.0", commit: A, source: "repository" }],
  ["one/config", { version: "v1.0.0", commit: A, source: "config" }],
  ["one/nowhere", undefined],
]);

function file(path: string, ...uses: readonly string[]) {
  const steps = uses.map((use) => `      - uses: ${use}\n`).join("");
  return { path, text: `jobs:\n  a:\n    steps:\n${steps}` };
}

function bumps(...files: readonly ReturnType<typeof file>[]) {
  const { pins, problems } = findBumps(files, KNOWN, "hubwright.config.ts");
  assert.deepEqual(problems, []);
  return Object.fromEntries(pins);
}

function problems(...uses: readonly string[]): readonly string[] {
  const { problems } = findBumps([file("x.yaml", ...uses)], KNOWN, "hubwright.config.ts");
  return problems.map(({ file, line, column, message }) => {
    assert.deepEqual([file, column], ["x.yaml", 15]);
    return `${line}: ${message}`;
  });
}

Deno.test("findBumps() finds what is at another commit and version, and nothing else", () => {
  assert.deepEqual(bumps(file("x.yaml"), file("y.yaml", `one/own@${A} # v1.0.0`, "./local")), {});
  assert.deepEqual(
    bumps(
      file("x.yaml", `one/own@${B} # v0.9.1`, `one/locked@${C} # v2`, `one/nowhere@${C} # v0.1`),
      file("y.yaml", `one/own@${B} # v0.9.1`, `one/config@${A} # v1.0.0`),
    ),
    {
      "one/own": { version: "v0.9.1", commit: B },
      "one/locked": { version: "v2", commit: C },
      "one/nowhere": { version: "v0.1", commit: C },
    },
  );
});

const NO_COMMIT = "expected a commit of 40 lower-case hexadecimal digits; a tag can be moved";
const NO_VERSION = 'expected its version as a comment behind it ("# v1.2.3")';
const BAD_VERSION = 'expected a version in the comment ("# v1.2.3"), found ';
const UNKNOWN = "no definition uses this action; remove the step, or add it to a definition";

/** Uses that cannot be adopted, and how each reason begins. */
const REFUSED: readonly (readonly [use: string, ...why: readonly string[]])[] = [
  [`one/own@${A.toUpperCase()} # v2`, NO_COMMIT],
  ["one/own@v2 # v2", NO_COMMIT],
  ["one/own", NO_COMMIT, NO_VERSION],
  [`one/own@${B}`, NO_VERSION],
  [`one/own@${B} #`, NO_VERSION],
  [`one/own@${B} # main`, `${BAD_VERSION}"main"`],
  [`one/own@${B} # v2 (latest)`, BAD_VERSION],
  ["one/own@main # tag=v2", NO_COMMIT, `${BAD_VERSION}"tag=v2"`],
  [
    `one/own@${A} # v2.0.0`,
    "it disagrees with hubwright's actions.lock.json, which says that this commit is v1.0.0; " +
    "find out which is right",
  ],
  [
    `one/locked@${B} # v1.0.0`,
    `it disagrees with actions.lock.json, which says that this version is the commit ${A}; a ` +
    "tag that was moved may lead to other code, so look at it before you change the lock",
  ],
  [
    `one/config@${B} # v2.0.0`,
    `hubwright.config.ts itself pins it to v1.0.0 (${A}); change it there, or leave the commit ` +
    "and the version out there, so that the lock decides",
  ],
  [`one/unknown@${B} # v2`, UNKNOWN],
  ["docker://alpine", UNKNOWN],
  [`One/Own@${B} # v2`, UNKNOWN],
  [`__proto__@${B} # v2`, UNKNOWN],
];

Deno.test("findBumps() refuses what is not a version and its commit, or not what the locks say", () => {
  for (const [use, ...why] of REFUSED) {
    const found = problems(use);
    assert.equal(found.length, why.length, found.join("\n"));
    const [name = ""] = use.split(/[@ ]/);
    for (const [index, reason] of why.entries()) {
      const message = found[index] ?? "";
      assert.ok(message.startsWith(`4: Cannot adopt ${name} at `), message);
      assert.ok(message.includes(`): ${reason}`), message);
    }
  }
});

Deno.test("findBumps() refuses two steps that pin an action differently, even where one is as it was", () => {
  assert.deepEqual(problems(`one/own@${A} # v1.0.0`, `one/own@${B} # v2`), [
    `5: Cannot adopt one/own at v2 (${B}): x.yaml:4 has v1.0.0 (${A}); pin an action alike ` +
    "everywhere",
  ]);
  assert.match(problems(`one/own@${B} # v2`, `one/own@${B} # v2.0.0`).join(), /x\.yaml:4 has v2 /);
});

Deno.test("findBumps() says everything that is wrong at once", () => {
  const { problems } = findBumps(
    [
      { path: "w.yaml", text: "jobs: [" },
      file("x.yaml", "one/own@v2 # main", `one/locked@${B} # v1.0.0`),
      file("y.yaml", `one/unknown@${B}`, `one/own@${B} # v2`),
    ],
    KNOWN,
    "config",
  );
  assert.deepEqual(
    problems.map(({ file, line }) => `${file}:${line}`),
    ["w.yaml:1", "x.yaml:4", "x.yaml:4", "x.yaml:5", "y.yaml:4", "y.yaml:5"],
  );
});

Deno.test("mergeBumps() puts bumps of several folders together, and what is wrong with them", () => {
  const pin = { version: "v2", commit: B };
  const problem = { file: "x.yaml", message: "Cannot adopt it" };
  const merged = mergeBumps([
    { pins: new Map([["a/b", pin]]), problems: [problem] },
    { pins: new Map([["a/b", { ...pin }], ["c/d", pin]]), problems: [] },
    { pins: new Map([["c/d", { version: "v3", commit: C }]]), problems: [problem] },
  ]);
  assert.deepEqual(merged.pins, new Map([["a/b", pin], ["c/d", pin]]));
  const message = `Cannot adopt c/d at v3 (${C}): it is at v2 (${B}) in another folder; pin an ` +
    "action alike everywhere";
  assert.deepEqual(merged.problems, [problem, problem, { message }]);
});
