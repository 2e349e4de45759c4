/** From {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions}. */
import assert from "node:assert/strict";
import {
  evaluate,
  fillText,
  fillValue,
  holds,
  PLACES,
  type Scope,
} from "../../src/simulate/evaluate.ts";
import { type Plain, toData, toPlain } from "../../src/simulate/context_data.ts";
import { Sandbox } from "../cli/sandbox.ts";

const GITHUB = { ref: "refs/heads/main", event: { labels: [{ name: "a" }, { name: "b" }] } };

function scope(contexts: Readonly<Record<string, Plain>> = { github: GITHUB }): Scope {
  return {
    at: "test",
    place: PLACES.stepIf,
    contexts: Object.fromEntries(
      Object.entries(contexts).map(([key, value]) => [key, toData(key, value)]),
    ),
  };
}

const value = (text: string) => toPlain(evaluate(text, scope()));

Deno.test("evaluate() compares text without case, and casts where types differ", () => {
  assert.equal(value("'ABC' == 'abc'"), true);
  assert.equal(value("null == 0"), true);
  assert.equal(value("'' == 0"), true);
  assert.equal(value("'text' == 0"), false, "NaN is equal to nothing");
  assert.equal(value("true == 1"), true);
});

Deno.test("evaluate() gives the operand that decides && and ||", () => {
  assert.equal(value("'' || 'default'"), "default");
  assert.equal(value("'a' && 'b'"), "b");
  assert.equal(value("false && 'b'"), false);
});

Deno.test("evaluate() unescapes every doubled quote", () => {
  assert.equal(value("'it''s Ada''s ''cluster'''"), "it's Ada's 'cluster'");
});

Deno.test("evaluate() filters lists by .*, and indexes beyond the end as null", () => {
  assert.deepEqual(value("github.event.labels.*.name"), ["a", "b"]);
  assert.equal(value("github.event.labels[5]"), null);
  assert.equal(value("toJSON(github.event.labels[0])"), '{\n  "name": "a"\n}');
});

Deno.test("evaluate() stops at an unknown key, at any depth", () => {
  for (const text of ["github.reff", "github.event.label", "github.event.labels[0].nme"]) {
    assert.throws(() => value(text), /Cannot read "\w+" of "github.*": expected one of/, text);
  }
});

Deno.test("evaluate() refuses contexts and functions that GitHub does not offer there", () => {
  const at = (place: Scope["place"]) => ({ ...scope(), place });
  assert.throws(() => evaluate("secrets.A", at(PLACES.stepIf)), /Unrecognized named-value/);
  assert.throws(() => evaluate("matrix.a", at(PLACES.jobIf)), /Unrecognized named-value/);
  assert.throws(() => evaluate("always()", at(PLACES.step)), /Unrecognized function/);
  assert.throws(() => evaluate("hashFiles('a')", at(PLACES.jobEnv)), /Unrecognized function/);
});

Deno.test("evaluate() knows all functions of GitHub's, in any case", () => {
  for (
    const [text, wanted] of [
      ["Contains(github.ref, 'MAIN') && startsWith('ab', 'A') && endsWith('ab', 'B')", true],
      ["format('{0}-{{{1}}}', 1, 'b')", "1-{b}"],
      ["join(fromJSON('[1, 2]'), '+')", "1+2"],
      ["toJson('a')", '"a"'],
      ["case(1 == 2, 'a', true, 'b', 'c')", "b"],
      ["ALWAYS() && !Success() && !failure() && !cancelled()", true],
    ] as const
  ) assert.equal(value(text), wanted, text);
});

Deno.test("hashFiles() is a hash of the files that match, and nothing where none does", async () => {
  await using folder = await Sandbox.create({ "a/x.lock": "1", "b/y.lock": "2", "c.txt": "3" });
  const hash = (...patterns: readonly string[]) =>
    toPlain(evaluate(`hashFiles(${patterns.map((text) => `'${text}'`).join(", ")})`, {
      ...scope(),
      workspace: folder.path,
    }));
  const all = hash("**/*.lock");
  assert.match(String(all), /^[0-9a-f]{64}$/);
  assert.equal(hash("a", "b/"), all, "a folder is all that is in it");
  assert.equal(hash("**/*.lock", "!b/**"), hash("a/x.lock"));
  assert.notEqual(hash("a/x.lock"), all);
  assert.equal(hash("*.lock", "/etc/*", "# c.txt"), "");
  await folder.write("b/y.lock", "changed");
  assert.notEqual(hash("**/*.lock"), all);
});

Deno.test("fillValue() keeps the type of a value that is one expression", () => {
  assert.equal(toPlain(fillValue("${{ 1 == 1 }}", scope())), true);
  assert.equal(fillText("is ${{ 1 == 1 }}", scope()), "is true");
  assert.equal(fillText("${{ '}}' }} ${{ null }}|", scope()), "}} |");
});

Deno.test("holds() means success() where a condition names no status function", () => {
  const when = (success: boolean) => ({
    ...scope(),
    status: { success, failure: !success, cancelled: false },
  });
  assert.equal(holds(undefined, when(true)), true);
  assert.equal(holds(undefined, when(false)), false);
  assert.equal(holds("github.ref == 'refs/heads/main'", when(false)), false);
  assert.equal(holds("${{ always() }}", when(false)), true);
  assert.equal(holds("!cancelled() && github.ref != ''", when(false)), true);
  assert.equal(holds("failure()", when(false)), true);
  assert.equal(holds("failure()", when(true)), false);
  assert.equal(holds("'success()' == ''", when(false)), false, "a text is no call");
  assert.equal(holds("''", when(true)), false);
  assert.equal(holds("'false'", when(true)), true, "text that is not empty is true");
});
