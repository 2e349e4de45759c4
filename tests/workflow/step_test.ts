import assert from "node:assert/strict";
import { pinned } from "../../src/workflow/own_lock.ts";
import { script } from "../../src/workflow/script.ts";
import { outcomeOf, outputHandles, run, uses } from "../../src/workflow/step.ts";

const checkout = { name: "Use", uses: pinned("actions/checkout") };

Deno.test("uses() gives handles for the outputs that the action is said to write", () => {
  const { model, outputs } = uses({ ...checkout, id: "the-id", outputs: ["commit"] });
  assert.equal(outputs.commit.text, "steps.the-id.outputs.commit");
  assert.deepEqual(model, { kind: "uses", ...checkout, id: "the-id" });
});

Deno.test("run(), uses() and outcomeOf() refuse what is read of a step without an id", () => {
  const step = { name: "Write", outputs: ["a", "b"], script: () => script`true` };
  assert.throws(() => run(step), /^TypeError: .*a, b.*no id/);
  assert.throws(() => uses({ ...checkout, outputs: ["commit"] }), /^TypeError: .*commit.*no id/);
  assert.throws(() => outcomeOf(uses(checkout)), /^TypeError: .*"Use".*no id/);
  assert.deepEqual(outputHandles(undefined, []), {});
});
