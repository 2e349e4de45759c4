import assert from "node:assert/strict";
import { describeIssue, REPORT_INPUT } from "../../src/config/issues.ts";
import * as z from "../../src/zod.ts";

/** What a schema finds wrong with a value, in words. */
function issues(schema: z.ZodMiniType, value: unknown): readonly string[] {
  return schema.safeParse(value, REPORT_INPUT).error?.issues.map(describeIssue) ?? [];
}

const TYPES: readonly [what: string, schema: z.ZodMiniType, value: unknown, expected: string][] = [
  ["text", z.string(), 3, "expected text, found the number 3"],
  ["a number", z.number(), "3", 'expected a number, found the text "3"'],
  ["true or false", z.boolean(), null, "expected true or false, found nothing"],
  ["a list", z.array(z.string()), {}, "expected a list, found a mapping"],
  ["a mapping", z.object({}), [], "expected a mapping, found a list"],
  ["a record", z.record(z.string(), z.string()), 3, "expected a mapping, found the number 3"],
];

for (const [what, schema, value, expected] of TYPES) {
  Deno.test(`describeIssue() says that ${what} was wanted and what was found`, () => {
    assert.deepEqual(issues(schema, value), [`Cannot read it: ${expected}`]);
    assert.deepEqual(issues(z.object({ a: schema }), { a: value }), [
      `Cannot read "a": ${expected}`,
    ]);
  });
}

Deno.test("describeIssue() says where, at any depth", () => {
  const schema = z.object({ hubs: z.array(z.object({ name: z.string() })) });
  assert.deepEqual(issues(schema, { hubs: [{ name: "a" }, {}] }), [
    'Cannot read "hubs[1].name": expected text, found nothing',
  ]);
});

Deno.test("describeIssue() names unknown keys", () => {
  const schema = z.strictObject({});
  assert.deepEqual(issues(schema, { a: 1 }), [
    'Cannot read it: found the unknown key "a"; check the spelling or remove it',
  ]);
  assert.deepEqual(issues(schema, { a: 1, 'b"': 2 }), [
    String.raw`Cannot read it: found the unknown keys "a", "b\""; check the spelling or remove it`,
  ]);
});

Deno.test("describeIssue() lists the values that are right", () => {
  assert.deepEqual(issues(z.enum(["table", "json"]), "yaml"), [
    'Cannot read it: expected "table" or "json", found the text "yaml"',
  ]);
});

Deno.test("describeIssue() says what must not be empty", () => {
  const expected = ["Cannot read it: expected it not to be empty"];
  assert.deepEqual(issues(z.string().check(z.minLength(1)), ""), expected);
  assert.deepEqual(issues(z.array(z.string()).check(z.minLength(1)), []), expected);
});

Deno.test("describeIssue() passes the words of a check on", () => {
  assert.deepEqual(issues(z.string().check(z.refine(() => false, "expected a miracle")), "a"), [
    "Cannot read it: expected a miracle",
  ]);
});

Deno.test("describeIssue() says what was found for every other kind of mistake", () => {
  assert.deepEqual(issues(z.string().check(z.regex(/^a$/, "expected an a")), "b"), [
    'Cannot read it: expected an a, found the text "b"',
  ]);
});
