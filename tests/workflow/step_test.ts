import assert from "node:assert/strict";
import { context } from "../../src/workflow/expression.ts";
import { pinned } from "../../src/workflow/own_lock.ts";
import { EnvVariable, Script, script } from "../../src/workflow/script.ts";
import { outputHandles, run, uses } from "../../src/workflow/step.ts";

const actor = context<string>("github", "actor");

Deno.test("run() hands each environment variable to the script as a variable", () => {
  const { model } = run({
    name: "Greet",
    env: { ACTOR: actor, GREETING: "hello" },
    script: (env) => script`echo ${env.GREETING} ${env.ACTOR}`,
  });
  assert.deepEqual(model, {
    kind: "run",
    name: "Greet",
    env: { ACTOR: actor, GREETING: "hello" },
    run: new Script(`echo "$GREETING" "$ACTOR"`),
  });
});

Deno.test("run() keeps id, condition and comment", () => {
  const condition = actor.equals("x");
  const { model } = run({
    name: "Name",
    id: "id",
    if: condition,
    comment: "Why.",
    script: () => script`true`,
  });
  assert.equal(model.id, "id");
  assert.equal(model.if, condition);
  assert.equal(model.comment, "Why.");
});

Deno.test("run() gives a handle for each output, by the step's id", () => {
  const { outputs } = run({
    name: "Write",
    id: "write-it",
    outputs: ["plan", "a.b"],
    script: () => script`true`,
  });
  assert.equal(outputs.plan.text, "steps.write-it.outputs.plan");
  assert.equal(outputs["a.b"].text, "steps.write-it.outputs['a.b']");
  assert.deepEqual(Object.keys(outputs), ["plan", "a.b"]);
});

Deno.test("run() refuses outputs of a step without an id", () => {
  assert.throws(() => run({ name: "Write", outputs: ["a", "b"], script: () => script`true` }), {
    name: "TypeError",
    message: /a, b.*no id/,
  });
});

Deno.test("uses() keeps the action, its inputs and everything else of the step", () => {
  const action = pinned("actions/checkout");
  const { model, outputs } = uses({
    name: "Check out",
    id: "out",
    uses: action,
    with: { "fetch-depth": 0, ref: actor },
    env: { A: 1 },
  });
  assert.deepEqual(model, {
    kind: "uses",
    name: "Check out",
    id: "out",
    uses: action,
    with: { "fetch-depth": 0, ref: actor },
    env: { A: 1 },
  });
  assert.deepEqual(outputs, {});
});

Deno.test("outputHandles() needs no id where there are no outputs", () => {
  assert.deepEqual(outputHandles(undefined, []), {});
});

Deno.test("EnvVariable() is what a script's variables are", () => {
  run({
    name: "Look",
    env: { A: 1 },
    script: (env) => {
      assert.ok(env.A instanceof EnvVariable);
      assert.deepEqual(Object.keys(env), ["A"]);
      return script`true`;
    },
  });
});
