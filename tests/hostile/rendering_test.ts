/** Tables, Markdown and pictures of what nobody checked: every text in them is hostile. */
import assert from "node:assert/strict";
import type { Plan } from "../../src/plan/schema.ts";
import { filteredMarkdown, planMarkdown } from "../../src/report/markdown.ts";
import { planMermaid } from "../../src/report/mermaid.ts";
import { filteredTables, planTables } from "../../src/report/plan_tables.ts";
import type { RunRecord } from "../../src/simulate/record.ts";
import { simulationMermaid } from "../../src/simulate/simulation_mermaid.ts";
import { EXAMPLE } from "../report/arbitraries.ts";
import { assertInertLine, assertInertLog } from "./inert.ts";
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

const filteredOf = ({ prod }: Plan, reason: string) => ({
  passed: prod,
  blocked: prod.map((job) => ({ job, reason })),
});

Deno.test(`planTables() and filteredTables() show hostile texts as text: ${NAMES.length} tried`, () => {
  for (const { text } of NAMES) {
    const plan = planOf(text);
    for (const [color, width] of [[false, 60], [true, 160]] as const) {
      assertInertLog(planTables(plan, { color, width }), { color });
      assertInertLog(filteredTables(filteredOf(plan, text), { color, width }), { color });
    }
  }
});

Deno.test(`planMarkdown() and filteredMarkdown() show hostile texts as text: ${NAMES.length} tried`, () => {
  // One of the names is too long for a picture.
  const skeletonsOf = (text: string) =>
    [planMarkdown(planOf(text), LIMIT), filteredMarkdown(filteredOf(planOf(text), text), LIMIT)]
      .map((markdown) => assertInertMarkdown(markdown).replace("\nPICTURE\n", ""));
  const harmless = skeletonsOf("x");
  for (const { text } of NAMES) assert.deepEqual(skeletonsOf(text), harmless);
});

Deno.test(`planMermaid() shows hostile names as labels: ${NAMES.length} tried`, () => {
  const pictures = NAMES.map(({ text }) =>
    planMermaid({
      ...EXAMPLE,
      support_and_staging: EXAMPLE.support_and_staging.map((row) => ({
        ...row,
        cluster_name: text,
        staging_hubs: [text, text],
      })),
      prod: EXAMPLE.prod.map((row) => ({ ...row, cluster_name: text, hub_name: text })),
    })
  ).filter((picture) => picture !== "");
  assert.equal(pictures.length, NAMES.length - 1, "one of the names is too long for a picture");
  for (const picture of pictures) assert.equal(assertInertMarkdown(picture), "\nPICTURE\n");
});

/** A run of a workflow whose names are of a stranger's making. */
function runOf(name: string): RunRecord {
  const leg = { name, matrix: {}, result: "success", lost: false, steps: [], outputs: {} } as const;
  const legs = [leg, leg].map((leg) => ({ ...leg, annotations: [], summary: "" }));
  const job = {
    id: name,
    name,
    needs: [name],
    result: "success",
    seen: "success",
    why: "",
  } as const;
  return {
    ...{ path: name, name, event: "push", id: 1, conclusion: "success", cancelled: false },
    jobs: [{ ...job, legs, outputs: {} }],
  };
}

Deno.test(`simulationMermaid() shows hostile names as labels: ${NAMES.length} tried`, () => {
  const label = /"(?:[A-Za-z0-9 ,.:_-]|#\d+;)*"/g;
  const pictureOf = (name: string) =>
    simulationMermaid({
      ...{ releases: [], comments: [], notices: [], green: true },
      ...{ event: "push", base: "", head: "", runs: [runOf(name)] },
    });
  const harmless = pictureOf("x").replace(label, "LABEL");
  for (const { text } of NAMES) {
    const picture = pictureOf(text);
    assert.equal(picture.replace(label, "LABEL"), harmless);
    for (const [quoted] of picture.matchAll(label)) {
      assertInertLine(
        quoted.replace(/#(\d+);/g, (_, point) => String.fromCodePoint(Number(point))),
      );
    }
  }
});
