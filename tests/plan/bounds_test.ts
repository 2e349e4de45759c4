import assert from "node:assert/strict";
import fc from "fast-check";
import { boundText } from "../../src/text/bound_text.ts";
import { boundPlan } from "../../src/plan/bound_plan.ts";
import { BOUNDS } from "../../src/plan/bounds.ts";
import { type Notice, Plan } from "../../src/plan/schema.ts";
import { EMPTY, EXAMPLE, nasty, plans } from "../report/arbitraries.ts";

Deno.test("boundText() leaves a text that is short enough as it is", () => {
  assert.equal(boundText("a".repeat(BOUNDS.text)), "a".repeat(BOUNDS.text));
  assert.equal(boundText(""), "");
});

Deno.test("boundText() cuts the end off a longer text, and says so", () => {
  assert.equal(boundText("abcdefgh", 6), "abc...");
  assert.equal(boundText("a".repeat(BOUNDS.text + 1)), `${"a".repeat(BOUNDS.text - 3)}...`);
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

Deno.test("boundPlan() leaves a plan of a usual size as it is", () => {
  assert.deepEqual(boundPlan(EXAMPLE), EXAMPLE);
});

const notices = (count: number, level: Notice["level"]): Notice[] =>
  Array.from({ length: count }, (_, index) => ({ level, message: `${level} ${index}` }));

Deno.test("boundPlan() counts the notices that are too many", () => {
  const bounded = boundPlan({ ...EMPTY, notices: notices(300, "notice") }).notices;
  assert.equal(bounded.length, BOUNDS.notices);
  assert.deepEqual(bounded.slice(0, -1), notices(255, "notice"));
  assert.deepEqual(bounded.at(-1), { level: "notice", message: "There are 45 more notices" });
});

Deno.test("boundPlan() counts warnings last, and says that there are more of them", () => {
  const some = [...notices(300, "notice"), ...notices(10, "warning")];
  const bounded = boundPlan({ ...EMPTY, notices: some }).notices;
  assert.deepEqual(bounded.slice(0, 10), notices(10, "warning"));
  assert.deepEqual(bounded.at(-1), { level: "notice", message: "There are 55 more notices" });

  const many = [...notices(10, "notice"), ...notices(300, "warning")];
  assert.deepEqual(boundPlan({ ...EMPTY, notices: many }).notices.at(-1), {
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
      const short = (name: string) => name.slice(0, 20);
      const bounded = boundPlan(long);
      assert.equal(Plan.safeParse(bounded).success, true);
      if (!Plan.safeParse(long).success) cut++;
      const names = ({ support_and_staging, prod }: Plan) =>
        [...support_and_staging, ...prod].map((row) => short(row.cluster_name));
      assert.deepEqual(names(bounded), names(long));
    }),
    { seed: 2, numRuns: 300 },
  );
  assert.ok(cut > 100, `${cut} plans that were too large`);
});
