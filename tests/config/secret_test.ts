import assert from "node:assert/strict";
import { secret, variable } from "../../src/config/secret.ts";
import { context, type Expression } from "../../src/workflow/expression.ts";
import { format } from "../../src/workflow/functions.ts";
import { github } from "../../src/workflow/github_context.ts";

Deno.test("secret() reads one of several secrets, by what a leg knows", () => {
  const provider = context<string>("matrix", "jobs", "provider");
  const text = "secrets[format('KEY_OF_{0}', matrix.jobs.provider)]";
  assert.equal(secret(format("KEY_OF_{0}", provider)).text, text);
  assert.equal(secret((leg) => format("KEY_OF_{0}", leg.provider)).text, text);
});

Deno.test("secret() refuses a name that could be that of any secret", () => {
  const leg = context<string>("matrix", "jobs", "provider");
  const wrong: readonly Expression<string>[] = [
    leg,
    format("{0}", leg),
    format("{0}_KEY", leg),
    format("KEY", leg),
    format("KEY OF {0}", leg),
    format("KEY_{0}", github.actor),
    format("KEY_{0}", context("github", "event", "pull_request", "title")),
    format("KEY_{0}", "main"),
    context("vars", "NAME"),
  ];
  for (const name of wrong) {
    assert.throws(() => secret(name), /^TypeError: Cannot use a secret: expected its name, or a /);
  }
  for (const name of ["", "A-B", "${{ x }}", 3, undefined]) {
    assert.throws(
      () => secret(name as string),
      /^TypeError: Cannot use a secret: expected its name/,
    );
  }
});

Deno.test("variable() reads a variable of the repository by its name", () => {
  assert.equal(variable("REGION").text, "vars.REGION");
  for (const name of ["", "A-B", "a.b", 3]) {
    assert.throws(
      () => variable(name as string),
      /^TypeError: Cannot use a variable: expected its/,
    );
  }
});
