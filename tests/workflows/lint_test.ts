import assert from "node:assert/strict";
import { actionlint } from "../workflow/actionlint.ts";
import { CUSTOM, LEDGER } from "./all_repositories.ts";
import { EXAMPLE } from "./example.ts";
import { TOLD } from "./told.ts";

/** What actionlint says where jobs are told how to run: it does not know all machines. */
const NEWER =
  /^label "ubuntu-24\.04" is unknown\.|^unexpected key "deployment"|^"runs-on" section must be sequence/;

// Repositories of all kinds and layouts are linted by `deno task lint:workflows`.
Deno.test("deploy-hubs.yaml, comment-deployment-plan-pr.yaml pass actionlint but for what is newer", async () => {
  for (const file of [EXAMPLE.deploy, CUSTOM.deploy, LEDGER.deploy, LEDGER.comment]) {
    assert.deepEqual(await actionlint(file), [], file.text.slice(0, 1_000));
  }
  const found = await actionlint(TOLD.deploy);
  assert.deepEqual(found.filter((message) => !NEWER.test(message)), []);
  const wrong = EXAMPLE.deploy.text.replace("needs.generate-jobs.result", "needs.plan.result");
  const messages = await actionlint({ path: EXAMPLE.deploy.path, text: wrong });
  assert.match(messages.join("\n"), /property "plan" is not defined/);
});
