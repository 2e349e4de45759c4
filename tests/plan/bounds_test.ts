import assert from "node:assert/strict";
import fc from "fast-check";
import { boundText } from "../../src/text/bound_text.ts";
import { boundPlan } from "../../src/plan/bound_plan.ts";
import { BOUNDS } from "../../src/plan/bounds.ts";
import { type Notice, Plan } from "../../src/plan/schema.ts";
import { EMPTY, nasty, plans } from "../report/arbitraries.ts";

Deno.test("boundText() cuts the end off a text that is too long, and says so", () => {
  const longest = "a".repeat(BOUNDS.text);
  assert.deepEqual([longest, ""].map((text) => boundText(text)), [longest, ""]);
  assert.equal(boundText("abcdefgh", 6), "abc...");
  assert.equal(boundText(`${longest}a`), `${longest.slice(3)}...`);
});

Deno.test("boundText() cuts no character in two", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "\u{1f600}", "\u00e9"), maxLength: 30 });
  fc.assert(
    fc.property(text, fc.integer({ min: 3, max: 40 }), (text, most) => {
      const short = boundText(text, most);
      assert.ok(short.length <= most && short.isWellFormed());
      assert.ok(text.startsWith(short.replace(/\.\.\.$/, "")));
    }),
    { seed: 1, numRuns: 1_000 },
  );
});

const notices = (count: number, level: Notice["level"]): Notice[] =>
  Array.from({ length: count }, (_, index) => ({ level, message: `${level} ${index}` }));

Deno.test("boundPlan() counts the notices that are too many, warnings last", () => {
  const bounded = (...given: readonly Notice[]) =>
    boundPlan({ ...EMPTY, notices: [...given] }).notices;
  const some = bounded(...notices(300, "notice"), ...notices(10, "warning"));
  assert.equal(some.length, BOUNDS.notices);
  assert.deepEqual(some.slice(0, -1), [...notices(10, "warning"), ...notices(245, "notice")]);
  assert.deepEqual(some.at(-1), { level: "notice", message: "There are 55 more notices" });
  assert.deepEqual(bounded(...notices(10, "notice"), ...notices(300, "warning")).at(-1), {
    level: "warning",
    message: "There are 55 more notices, 45 of them warnings",
  });
});

Deno.test("boundPlan() makes texts and notices of any size fit the schema of plans", () => {
  const text = fc.oneof(nasty, nasty.map((text) => text.repeat(400)));
  let cut = 0;
  fc.assert(
    fc.property(plans(text), fc.nat({ max: 400 }), (plan, more) => {
      const long = { ...plan, notices: [...plan.notices, ...notices(more, "notice")] };
      const bounded = boundPlan(long);
      assert.equal(Plan.safeParse(bounded).success, true);
      if (Plan.safeParse(long).success) assert.deepEqual(bounded, long);
      else cut++;
      const names = ({ support_and_staging, prod }: Plan) =>
        [...support_and_staging, ...prod].map((row) => row.cluster_name);
      assert.deepEqual(names(bounded), names(long));
    }),
    { seed: 2, numRuns: 300 },
  );
  assert.ok(cut > 100, `${cut} plans that were too large`);
});
