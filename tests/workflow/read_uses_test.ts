import assert from "node:assert/strict";
import fc from "fast-check";
import { emitWorkflow } from "../../src/workflow/emit.ts";
import { readUses } from "../../src/workflow/read_uses.ts";
import { anyCharacter } from "../any_character.ts";
import { jobModel, runStep, usesStep, workflowModel } from "./models.ts";

const COMMIT = "a".repeat(40);

/** What a file uses, each as `line:column name ref comment`. */
function usesIn(text: string): readonly string[] {
  const { uses, problems } = readUses({ path: "x.yaml", text });
  assert.deepEqual(problems, []);
  return uses.map(({ line, column, name, pin }) =>
    [`${line}:${column}`, name, pin.commit, pin.version].join(" ")
  );
}

const inSteps = (...lines: readonly string[]) =>
  usesIn(["jobs:", "  a:", "    steps:", ...lines.map((line) => `      ${line}`), ""].join("\n"));

const at = (name: string, version: string) =>
  usesStep({ uses: { kind: "pinned", name, commit: COMMIT, version }, with: { a: 1 } });
const WHOLE = emitWorkflow(workflowModel(
  jobModel("a", { steps: [at("a/b", "v1"), runStep(), usesStep(), at("c/d/e", "v2.0.0")] }),
  jobModel("b", { steps: [at("f/g", "3")] }),
));

Deno.test("readUses() reads what emitWorkflow() writes", () => {
  const places = WHOLE.split("\n").flatMap((line, index) => {
    const [, before = "", use] = /^(.*uses: )(\w.*)$/.exec(line) ?? [];
    return use === undefined ? [] : [`${index + 1}:${before.length + 1} ${use}`];
  });
  assert.equal(places.length, 3);
  assert.deepEqual(usesIn(WHOLE).map((use) => use.replace(/ (\w+) (\S+)$/, "@$1 # $2")), places);
});

/** Lines in the steps of a job, and what is read of them. */
const STEPS: Readonly<Record<string, readonly (readonly [line: string, read?: string])[]>> = {
  "a comment however it is written, and only that of its own line": [
    ["- uses: a/b@1 # v1", "4:15 a/b 1 v1"],
    ["- uses: a/b@2   #v2  ", "5:15 a/b 2 v2"],
    ["- uses: 'a/b@3' # v3", "6:15 a/b 3 v3"],
    [`- uses: "a/b@4"\t# v4 and more`, "7:15 a/b 4 v4 and more"],
    ["- { uses: a/b@5 } # v5", "8:17 a/b 5 "],
    ["- uses: a/b@6", "9:15 a/b 6 "],
    ["  # v6"],
    ["  with: { a: b } # v7"],
    ["- uses: a/b@8#v8", "12:15 a/b 8#v8 "],
    ["# v9"],
    ["- uses: a/b@10 # v10\r", "14:15 a/b 10 v10"],
  ],
  "what has no commit, and what is not an action": [
    ["- uses: a/b", "4:15 a/b  "],
    ["- uses: docker://x@sha256:1", "5:15 docker://x sha256:1 "],
    ["- uses: a@b@c", "6:15 a b@c "],
    ["- uses:", "7:9   "],
  ],
  "nothing in scripts, inputs and other places": [
    ["- run: |"],
    ["    uses: a/b@1 # v1"],
    ["    - uses: a/b@1 # v1"],
    ["  env: { uses: a/b@1 }"],
    ["- uses: ./local@1 # v1"],
    ["  with:"],
    ["    uses: a/b@1 # v1"],
    ["    steps: [{ uses: a/b@1 }]"],
    ["# uses: a/b@1 # v1"],
  ],
};

for (const [what, lines] of Object.entries(STEPS)) {
  Deno.test(`readUses() reads ${what}`, () => {
    const read = lines.flatMap(([, read]) => read ?? []);
    assert.deepEqual(inSteps(...lines.map(([line]) => line)), read);
  });
}

Deno.test("readUses() reads workflows that are called, and nothing where there are no jobs", () => {
  const called = "jobs:\n  a:\n    uses: a/b/.github/workflows/x.yaml@main\n";
  assert.deepEqual(usesIn(called), ["3:11 a/b/.github/workflows/x.yaml main "]);
  for (const text of ["", "a", "- a\n", "jobs:\n", "jobs: a\n", "jobs: [a]\n", "jobs: {a: b}\n"]) {
    assert.deepEqual(usesIn(text), [], text);
  }
});

Deno.test("readUses() says where a file is not YAML, and where no action is named", () => {
  const broken = readUses({ path: "x.yaml", text: "jobs:\n  a: [\n" });
  assert.deepEqual(broken.uses, []);
  assert.match(broken.problems[0]?.message ?? "", /^Cannot parse it as YAML: [^\n]+$/);
  assert.ok((broken.problems[0]?.line ?? 0) >= 2);
  const steps = "    steps:\n      - uses: [a]\n      - uses: *x\n";
  assert.deepEqual(readUses({ path: "x.yaml", text: `x: &x a/b@1\njobs:\n  a:\n${steps}` }), {
    uses: [],
    problems: [[5, 15], [6, 15]].map(([line, column]) => ({
      file: "x.yaml",
      line,
      column,
      message: "Cannot read it: expected the name of an action",
    })),
  });
});

Deno.test("readUses() reads a file or says what is wrong, whatever is done to its text", () => {
  const put = fc.oneof(
    fc.string({ unit: anyCharacter }),
    fc.constantFrom("", "\n", "&a ", "*a", "- ", "? ", "!!x ", "[", "{", "|", "'", "<<: "),
  );
  const edit = fc.tuple(fc.nat({ max: WHOLE.length }), fc.nat({ max: 10 }), put);
  const texts = fc.sample(fc.array(edit, { maxLength: 3 }), { seed: 1, numRuns: 60 })
    .map((edits) =>
      edits.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), WHOLE)
    );
  const read = texts.map((text) => readUses({ path: "x.yaml", text }));
  for (const { line, column } of read.flatMap(({ uses, problems }) => [...uses, ...problems])) {
    assert.ok((line ?? 0) >= 1 && (column ?? 0) >= 1);
  }
  const problematic = read.filter(({ problems }) => problems.length > 0).length;
  assert.ok(problematic > 6 && problematic < 54, `${problematic} problematic`);
});
