/** Pictures of plans and of simulations: hostile names stand in them as labels. */
import assert from "node:assert/strict";
import { planMermaid } from "../../src/report/mermaid.ts";
import type { RunRecord } from "../../src/simulate/record.ts";
import { simulationMermaid } from "../../src/simulate/simulation_mermaid.ts";
import { EXAMPLE } from "../report/arbitraries.ts";
import { assertInertMarkdown } from "./inert_markdown.ts";
import { assertInertLine } from "./inert.ts";
import { NAMES } from "./names.ts";

Deno.test(`planMermaid() shows hostile names as labels: ${NAMES.length} tried`, () => {
  let undrawn = 0;
  for (const { text } of NAMES) {
    const picture = planMermaid({
      ...EXAMPLE,
      support_and_staging: EXAMPLE.support_and_staging.map((row) => ({
        ...row,
        cluster_name: text,
        staging_hubs: [text, text],
      })),
      prod: EXAMPLE.prod.map((row) => ({ ...row, cluster_name: text, hub_name: text })),
    });
    if (picture === "") undrawn++;
    else assert.equal(assertInertMarkdown(picture), "PICTURE\n");
  }
  assert.equal(undrawn, 1, "one of the names is too long for a picture");
});

/** A run of a workflow whose names are of a stranger's making. */
function runOf(name: string): RunRecord {
  const leg = { name, matrix: {}, result: "success", lost: false, steps: [], outputs: {} } as const;
  const legs = [leg, leg].map((leg) => ({ ...leg, annotations: [], summary: "" }));
  const job = { id: name, needs: [name], result: "success", seen: "success", why: "" } as const;
  return {
    ...{ path: name, name, event: "push", id: 1, conclusion: "success", cancelled: false },
    jobs: [{ ...job, legs, outputs: {} }],
  };
}

Deno.test(`simulationMermaid() shows hostile names as labels: ${NAMES.length} tried`, () => {
  const simulation = { releases: [], comments: [], notices: [], green: true } as const;
  const pictureOf = (name: string) =>
    simulationMermaid({
      ...simulation,
      ...{ event: "push", base: "", head: "", runs: [runOf(name)] },
    });
  const label = /"(?:[A-Za-z0-9 ,.:_-]|#\d+;)*"/g;
  const harmless = pictureOf("x").replace(label, "LABEL");
  for (const { text } of NAMES) {
    const picture = pictureOf(text);
    assert.equal(picture.replace(label, "LABEL"), harmless);
    for (const [quoted] of picture.matchAll(label)) {
      const shown = quoted.replace(/#(\d+);/g, (_, point) => String.fromCodePoint(Number(point)));
      assertInertLine(shown);
    }
  }
});
