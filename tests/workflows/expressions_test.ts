import assert from "node:assert/strict";
import { expressionsOf, parseExpression, splitTemplate } from "./expressions.ts";
import { EXAMPLE, REPOSITORIES } from "./repositories.ts";

for (const { name, deploy, comment } of REPOSITORIES) {
  for (const { path, text, workflow } of [deploy, comment]) {
    const file = path.split("/").at(-1);
    Deno.test(`${file} has only expressions that GitHub parses where they stand (${name})`, () => {
      const found = expressionsOf(workflow);
      found.forEach(parseExpression);
      assert.equal(found.length, text.split("${{").length - 1);
      assert.ok(found.length > 5);
    });
  }
}

Deno.test("parseExpression() refuses what GitHub refuses", () => {
  const at = "jobs.generate-jobs.steps.2.env.BASE";
  assert.doesNotThrow(() => parseExpression({ at, text: "steps.plan.outputs.x" }));
  assert.throws(() => parseExpression({ at, text: "steps.plan.outputs." }));
  assert.throws(() => parseExpression({ at, text: "success()" }));
  assert.throws(() => parseExpression({ at: "jobs.x.if", text: "secrets.TOKEN" }));
  assert.throws(() => parseExpression({ at: "jobs.x.if", text: "steps.plan.outputs.x" }));
  assert.throws(() => parseExpression({ at: "jobs.x.if", text: "hashFiles('a')" }));
  assert.throws(() => parseExpression({ at: "jobs.x.steps.0.run", text: "github.sha" }));
  assert.throws(() => parseExpression({ at: "jobs.x.steps.0.uses", text: "github.sha" }));
});

Deno.test("splitTemplate() ends an expression where GitHub does", () => {
  assert.deepEqual(splitTemplate("a${{ format('}}{0}', x) }}b${{ y }}"), [
    "a",
    "format('}}{0}', x)",
    "b",
    "y",
    "",
  ]);
});

Deno.test("deploy-hubs.yaml has expressions in every place that has any", () => {
  const places = new Set(
    expressionsOf(EXAMPLE.deploy.workflow).map(({ at }) => at.split(".").slice(2, 3).join() || at),
  );
  const expected = ["concurrency.group", "if", "name", "outputs", "steps", "strategy"];
  assert.deepEqual([...places].sort(), expected);
});
