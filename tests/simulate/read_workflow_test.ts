import assert from "node:assert/strict";
import { UserError } from "../../src/errors.ts";
import { readWorkflow, withCalled } from "../../src/simulate/read_workflow.ts";

const PLAIN = "{ runs-on: x, steps: [] }";
const callee = (call: string, jobs = `{ b: ${PLAIN} }`) =>
  `on: { workflow_call: ${call} }\njobs: ${jobs}\n`;
const caller = (job: string, more = "on: { push: {} }") =>
  `${more}\njobs: { a: { uses: ./.github/workflows/called.yaml, ${job} } }\n`;

/** Reads a workflow that calls another. */
function read(top: string, called?: string, more: Readonly<Record<string, string>> = {}) {
  const file = ".github/workflows/called.yaml";
  const others = new Map(Object.entries({ ...called && { [file]: called }, ...more }));
  return readWorkflow(".github/workflows/top.yaml", top, { others });
}

/** What is wrong with a call, one line a mistake. */
function wrong(...of: Parameters<typeof read>): string {
  try {
    read(...of);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return "";
}

const TYPED = `{
  inputs: {
    text: { type: string, required: true },
    flag: { type: boolean },
    count: { type: number, default: 3 },
  },
  secrets: { needed: { required: true }, other: null },
}`.replaceAll("\n", "");
const SECRETS = "secrets: { needed: '${{ secrets.X }}' }";

Deno.test("readWorkflow() reads what a workflow calls, and that workflow's own calls", () => {
  const inner = ".github/workflows/inner.yaml";
  const top = read(
    caller("needs: []"),
    callee("", `{ b: { uses: ./${inner} }, c: ${PLAIN} }`),
    { [inner]: callee("{}") },
  );
  assert.deepEqual(withCalled([top, top]).map(({ path }) => path.split("/").at(-1)), [
    ...["top.yaml", "called.yaml", "inner.yaml"],
  ]);
});

Deno.test("readWorkflow() refuses a workflow that gives another what it does not take", () => {
  const given = (inputs: string, secrets = SECRETS) =>
    wrong(caller(`with: { ${inputs} }, ${secrets}`), callee(TYPED));
  assert.equal(given("text: a, FLAG: true, count: '${{ 1 }}'"), "");
  assert.equal(given("text: 5"), "", "text takes what is none");
  assert.match(
    given("flag: true"),
    /top\.yaml: Cannot run the job "a": ".+called\.yaml" requires the input "text", which is not/,
  );
  assert.match(given("text: a, flagg: true"), /takes no input "flagg"; did you mean "flag"\?/);
  assert.match(
    given("text: a, flag: 'true'"),
    /"flag" of .+: expected true or false, found "true"/,
  );
  assert.match(given("text: a, count: '3'"), /"count" of .+: expected a number, found "3"/);
  assert.match(given("text: a", ""), /requires the secret "needed", which is not given/);
  assert.match(given("text: a", "secrets: { needed: x, more: y }"), /takes no secret "more"/);
  assert.equal(given("text: a", "secrets: inherit"), "");
  assert.equal(given("nothing: 1, flag: 1").split("\n").length, 3, "all mistakes at once");
});

Deno.test("readWorkflow() refuses a called job that asks for more than its caller has", () => {
  const asks = (permissions: string, more = "on: { push: {} }") =>
    wrong(
      caller(permissions, more),
      callee("", `{ b: { permissions: { deployments: write }, runs-on: x, steps: [] } }`),
    );
  const said =
    /"a": the job "b" of ".+" asks for the permissions "deployments: write", more than the job/;
  assert.match(asks(""), said);
  assert.match(asks("permissions: { deployments: read }"), said);
  assert.match(asks("permissions: read-all"), said);
  assert.equal(asks("permissions: { deployments: write, contents: read }"), "");
  assert.equal(asks("permissions: write-all"), "");
  const all = "permissions: { deployments: write }\non: { push: {} }";
  assert.equal(asks("", all), "", "a job that states nothing has what its workflow states");
  assert.match(asks("permissions: {}", all), said);
  assert.match(
    wrong(caller(""), `permissions: { actions: read }\n${callee("")}`),
    /called\.yaml" asks for the permissions "actions: read"/,
  );
  const inner = ".github/workflows/inner.yaml";
  const deep = wrong(
    caller("permissions: { actions: write }"),
    callee("", `{ b: { permissions: { actions: read }, uses: ./${inner} } }`),
    { [inner]: callee("", "{ c: { permissions: { actions: write }, runs-on: x, steps: [] } }") },
  );
  assert.match(deep, /called\.yaml: Cannot run the job "b": the job "c" of .+ "actions: write"/);
});

Deno.test("readWorkflow() refuses a call of what is not there, is not called, or calls it in turn", () => {
  assert.match(
    wrong(caller("")),
    /"a": it calls "\.github\/workflows\/called\.yaml", which is not/,
  );
  assert.match(
    wrong(caller(""), `on: { push: {} }\njobs: { b: ${PLAIN} }\n`),
    /called\.yaml" has no "on\.workflow_call"/,
  );
  assert.match(
    wrong(caller(""), callee("", "{ b: { uses: ./.github/workflows/top.yaml } }")),
    /called\.yaml: Cannot run the job "b": it calls "\.github\/workflows\/top\.yaml", which calls/,
  );
});

Deno.test("readWorkflow() follows calls for ten levels", () => {
  const chain = (levels: number) => {
    const names = Array.from(
      { length: levels - 1 },
      (_, index) => `.github/workflows/${index}.yaml`,
    );
    const files = names.map((name, index) => {
      const next = names[index + 1];
      return [name, callee("", next ? `{ b: { uses: ./${next} } }` : `{ b: ${PLAIN} }`)];
    });
    const top = `on: { push: {} }\njobs: { a: { uses: ./${names[0]} } }\n`;
    return wrong(top, undefined, Object.fromEntries(files));
  };
  assert.equal(chain(10), "");
  assert.match(chain(11), /it calls "\.github\/workflows\/9\.yaml", past the 10 levels/);
});

Deno.test("readWorkflow() refuses in a calling job what only a job with steps can have", () => {
  for (const key of ["continue-on-error: true", "runs-on: x", "env: {}", "steps: []"]) {
    const [name] = key.split(":");
    assert.match(wrong(caller(key), callee("")), RegExp(`Cannot simulate "jobs\\.a\\.${name}"`));
  }
});
