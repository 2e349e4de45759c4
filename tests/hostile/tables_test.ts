/** Tables and Markdown of plans that nobody checked: every text in them is hostile. */
import assert from "node:assert/strict";
import type { Plan } from "../../src/plan/schema.ts";
import { filteredMarkdown, planMarkdown } from "../../src/report/markdown.ts";
import { filteredTables, planTables } from "../../src/report/plan_tables.ts";
import { EXAMPLE } from "../report/arbitraries.ts";
import { assertInertLog } from "./inert.ts";
import { assertInertMarkdown } from "./inert_markdown.ts";
import { NAMES } from "./names.ts";

const LIMIT = { limit: 1_000_000 };

/** The example with one text in place of every text. */
function planOf(text: string): Plan {
  const hostile = JSON.stringify(
    EXAMPLE,
    (key, value) => typeof value === "string" && key !== "level" ? text : value,
  );
  return JSON.parse(hostile);
}

Deno.test(`planTables() and filteredTables() show hostile texts as text: ${NAMES.length} tried`, () => {
  for (const { text } of NAMES) {
    const plan = planOf(text);
    const filtered = {
      passed: plan.prod,
      blocked: plan.prod.map((job) => ({ job, reason: text })),
    };
    for (const [color, width] of [[false, 60], [true, 160]] as const) {
      assertInertLog(planTables(plan, { color, width }), { color });
      assertInertLog(filteredTables(filtered, { color, width }), { color });
    }
  }
});

Deno.test(`planMarkdown() and filteredMarkdown() show hostile texts as text: ${NAMES.length} tried`, () => {
  const filteredOf = ({ prod }: Plan, reason: string) =>
    filteredMarkdown({ passed: prod, blocked: prod.map((job) => ({ job, reason })) }, LIMIT);
  const harmless = [planMarkdown(planOf("x"), LIMIT), filteredOf(planOf("x"), "x")];
  for (const { text } of NAMES) {
    const hostile = [planMarkdown(planOf(text), LIMIT), filteredOf(planOf(text), text)];
    assert.deepEqual(
      hostile.map((markdown) => assertInertMarkdown(markdown)),
      harmless.map((markdown) => assertInertMarkdown(markdown)),
    );
  }
});
