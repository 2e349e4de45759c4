import assert from "node:assert/strict";
import { describeIssue, REPORT_INPUT } from "../../src/config/issues.ts";
import * as z from "../../src/zod.ts";

const nonEmpty = z.string().check(z.minLength(1));
const UNKNOWN = "check the spelling or remove it";

for (
  const [schema, value, said] of [
    [z.string(), 3, "expected text, found the number 3"],
    [z.number(), "3", 'expected a number, found the text "3"'],
    [z.boolean(), null, "expected true or false, found nothing"],
    [z.array(z.string()), {}, "expected a list, found a mapping"],
    [z.object({}), [], "expected a mapping, found a list"],
    [z.record(z.string(), z.string()), 3, "expected a mapping, found the number 3"],
    [z.strictObject({}), { a: 1 }, `found the unknown key "a"; ${UNKNOWN}`],
    [
      ...[z.strictObject({}), { a: 1, 'b"': 2 }] as const,
      String.raw`found the unknown keys "a", "b\""; ${UNKNOWN}`,
    ],
    [z.enum(["table", "json"]), "yaml", 'expected "table" or "json", found the text "yaml"'],
    [nonEmpty, "", "expected it not to be empty"],
    [z.array(z.string()).check(z.minLength(1)), [], "expected it not to be empty"],
    [z.string().check(z.refine(() => false, "expected a miracle")), "a", "expected a miracle"],
    [z.string().check(z.regex(/^a$/, "expected an a")), "b", 'expected an a, found the text "b"'],
  ] as const
) {
  Deno.test(`describeIssue() says where and what: ${said}`, () => {
    const issues = (schema: z.ZodMiniType, value: unknown) =>
      schema.safeParse(value, REPORT_INPUT).error?.issues.map(describeIssue);
    assert.deepEqual(issues(schema, value), [`Cannot read it: ${said}`]);
    const inside = z.object({ a: z.array(z.object({ b: schema })) });
    assert.deepEqual(issues(inside, { a: [{ b: value }] }), [`Cannot read "a[0].b": ${said}`]);
  });
}
