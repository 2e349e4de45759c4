import assert from "node:assert/strict";
import fc from "fast-check";
import { emitWorkflow } from "../../src/workflow/emit.ts";
import { readUses } from "../../src/workflow/read_uses.ts";
import { jobModel, runStep, usesStep, workflowModel } from "./models.ts";

const COMMIT = "a".repeat(40);

/** What a workflow with these lines in its steps uses: `line:column name ref comment`. */
function uses(...lines: readonly string[]): readonly string[] {
  const text = ["jobs:", "  a:", "    steps:", ...lines, ""].join("\n");
  const { uses, problems } = readUses({ path: "x.yaml", text });
  assert.deepEqual(problems, []);
  return uses.map(({ line, column, name, pin }) =>
    [`${line}:${column}`, name, pin.commit, pin.version].join(" ")
  );
}

Deno.test("readUses() reads what emitWorkflow() writes", () => {
  const at = (name: string, version: string) =>
    usesStep({ uses: { kind: "pinned", name, commit: COMMIT, version }, with: { a: 1 } });
  const text = emitWorkflow(workflowModel(
    jobModel("a", { steps: [at("a/b", "v1"), runStep(), usesStep(), at("c/d/e", "v2.0.0")] }),
    jobModel("b", { steps: [at("f/g", "3")] }),
  ));
  const { uses, problems } = readUses({ path: "x.yaml", text });
  assert.deepEqual(problems, []);
  assert.deepEqual(
    uses.map(({ name, pin }) => [name, pin.commit, pin.version]),
    [["a/b", COMMIT, "v1"], ["c/d/e", COMMIT, "v2.0.0"], ["f/g", COMMIT, "3"]],
  );
  for (const { file, line, column, name } of uses) {
    assert.equal(file, "x.yaml");
    assert.ok(text.split("\n")[line - 1]?.slice(column - 1).startsWith(`${name}@`));
  }
});

Deno.test("readUses() reads a comment however it is written, and only that of its own line", () => {
  assert.deepEqual(
    uses(
      `      - uses: a/b@1 # v1`,
      `      - uses: a/b@2   #v2  `,
      `      - uses: 'a/b@3' # v3`,
      `      - uses: "a/b@4"\t# v4 and more`,
      `      - { uses: a/b@5 } # v5`,
      `      - uses: a/b@6`,
      `        # v6`,
      `        with: { a: b } # v7`,
      `      - uses: a/b@8#v8`,
      `      # v9`,
      `      - uses: a/b@10 # v10\r`,
    ),
    [
      "4:15 a/b 1 v1",
      "5:15 a/b 2 v2",
      "6:15 a/b 3 v3",
      "7:15 a/b 4 v4 and more",
      "8:17 a/b 5 ",
      "9:15 a/b 6 ",
      "12:15 a/b 8#v8 ",
      "14:15 a/b 10 v10",
    ],
  );
});

Deno.test("readUses() reads what has no commit, and what is no action", () => {
  assert.deepEqual(
    uses(
      "      - uses: a/b",
      "      - uses: docker://x@sha256:1",
      "      - uses: a@b@c",
      "      - uses:",
    ),
    ["4:15 a/b  ", "5:15 docker://x sha256:1 ", "6:15 a b@c ", "7:9   "],
  );
});

Deno.test("readUses() finds nothing in scripts, inputs and other places", () => {
  assert.deepEqual(
    uses(
      "      - run: |",
      "          uses: a/b@1 # v1",
      "          - uses: a/b@1 # v1",
      "        env: { uses: a/b@1 }",
      "      - uses: ./local@1 # v1",
      "        with:",
      "          uses: a/b@1 # v1",
      "          steps: [{ uses: a/b@1 }]",
      "# uses: a/b@1 # v1",
    ),
    [],
  );
});

Deno.test("readUses() reads workflows that are called, and lists of jobs", () => {
  const text = "jobs:\n  a:\n    uses: a/b/.github/workflows/x.yaml@main\n";
  assert.deepEqual(
    readUses({ path: "x.yaml", text }).uses.map(({ name, pin }) => [name, pin.commit]),
    [["a/b/.github/workflows/x.yaml", "main"]],
  );
});

for (const text of ["", "a", "- a\n", "jobs:\n", "jobs: a\n", "jobs: [a]\n", "jobs: { a: b }\n"]) {
  Deno.test(`readUses() finds nothing in ${JSON.stringify(text)}`, () => {
    assert.deepEqual(readUses({ path: "x.yaml", text }), { uses: [], problems: [] });
  });
}

Deno.test("readUses() says where a file is no YAML, and where no action is named", () => {
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
  const whole = emitWorkflow(workflowModel(jobModel("a", {
    steps: [
      usesStep({ uses: { kind: "pinned", name: "a/b", commit: COMMIT, version: "v1" } }),
      runStep(),
    ],
  })));
  let problematic = 0;
  const edit = fc.record({
    at: fc.nat({ max: whole.length }),
    cut: fc.nat({ max: 10 }),
    put: fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("", "\n", "&a ", "*a", "- ", "? ", "!!x ", "[", "{", "|", "'", "<<: "),
    ),
  });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 3 }), (edits) => {
      const text = edits.reduce(
        (text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut),
        whole,
      );
      const { uses, problems } = readUses({ path: "x.yaml", text });
      if (problems.length > 0) problematic++;
      for (const { line, column } of [...uses, ...problems]) {
        assert.ok((line ?? 0) >= 1 && (column ?? 0) >= 1);
      }
    }),
    { seed: 1, numRuns: 1_000 },
  );
  assert.ok(problematic > 100 && problematic < 900, `${problematic} problematic`);
});
