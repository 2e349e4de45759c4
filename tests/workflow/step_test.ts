import assert from "node:assert/strict";
import { context } from "../../src/workflow/expression.ts";
import { pinned } from "../../src/workflow/own_lock.ts";
import { Script, script } from "../../src/workflow/script.ts";
import { outputHandles, run, uses } from "../../src/workflow/step.ts";

const actor = context<string>("github", "actor");
const common = { name: "Name", id: "the-id", if: actor.equals("x"), comment: "Why." };

Deno.test("run() keeps what it is given, and hands each variable to the script", () => {
  const env = { ACTOR: actor, GREETING: "hello" };
  const { model, outputs } = run({
    ...common,
    env,
    outputs: ["plan", "a.b"],
    script: (env) => script`echo ${env.GREETING} ${env.ACTOR}`,
  });
  const written = new Script(`echo "$GREETING" "$ACTOR"`);
  assert.deepEqual(model, { kind: "run", ...common, env, run: written });
  assert.deepEqual(Object.values(outputs).map(({ text }) => text), [
    "steps.the-id.outputs.plan",
    "steps.the-id.outputs['a.b']",
  ]);
  assert.deepEqual(Object.keys(outputs), ["plan", "a.b"]);
});

Deno.test("run() refuses outputs of a step without an id", () => {
  const step = { name: "Write", outputs: ["a", "b"], script: () => script`true` };
  assert.throws(() => run(step), /^TypeError: .*a, b.*no id/);
  assert.deepEqual(outputHandles(undefined, []), {});
});

Deno.test("uses() keeps the action, its inputs and everything else of the step", () => {
  const step = {
    ...common,
    uses: pinned("actions/checkout"),
    with: { "fetch-depth": 0, ref: actor },
    env: { A: 1 },
  };
  assert.deepEqual(uses(step), { model: { kind: "uses", ...step }, outputs: {} });
});

Deno.test("uses() gives handles for the outputs that the action is said to write", () => {
  const { model, outputs } = uses({
    ...common,
    uses: pinned("actions/checkout"),
    outputs: ["commit"],
  });
  assert.equal(outputs.commit.text, "steps.the-id.outputs.commit");
  assert.deepEqual(model, { kind: "uses", ...common, uses: pinned("actions/checkout") });
  const step = { name: "Use", uses: pinned("actions/checkout"), outputs: ["commit"] };
  assert.throws(() => uses(step), /^TypeError: .*commit.*no id/);
});
