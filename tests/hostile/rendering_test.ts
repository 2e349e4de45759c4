/** Tables and pictures of what was not checked: every text in them is hostile. */
import assert from "node:assert/strict";
import type { Plan } from "../../src/plan/schema.ts";
import { filteredTables, planTablePieces } from "../../src/report/plan_tables.ts";
import type { RunRecord } from "../../src/simulate/record.ts";
import { simulationMermaid } from "../../src/simulate/simulation_report.ts";
import { EXAMPLE } from "../report/arbitraries.ts";
import { assertInertLine, assertInertLog } from "./inert.ts";
import { decodeLabel } from "./inert_markdown.ts";
import { NAMES } from "./names.ts";

function planOf(text: string): Plan {
  const replace = (key: string, value: unknown) =>
    typeof value === "string" && key !== "level" ? text : value;
  return JSON.parse(JSON.stringify(EXAMPLE, replace));
}

Deno.test(`planTablePieces() and filteredTables() show hostile texts as text: ${NAMES.length} tried`, () => {
  for (const { text } of NAMES) {
    const plan = planOf(text);
    const blocked = plan.prod.map((job) => ({ job, reason: text }));
    for (const [color, width] of [[false, 60], [true, 160]] as const) {
      assertInertLog([...planTablePieces(plan, { color, width })].join(""), { color });
      assertInertLog(filteredTables({ passed: plan.prod, blocked }, { color, width }), { color });
    }
  }
});

/** A run of a workflow whose names are of a stranger's making. */
function runOf(name: string): RunRecord {
  const leg = {
    ...{ name, matrix: {}, result: "success", lost: false, steps: [], outputs: {} } as const,
    ...{ annotations: [], summary: "" },
  };
  const job = { id: name, name, needs: [name], result: "success", seen: "success" } as const;
  return {
    ...{ path: name, name, event: "push", id: 1, attempt: 1 },
    ...{ conclusion: "success", cancelled: false } as const,
    jobs: [{ ...job, why: "", legs: [leg, leg], outputs: {} }],
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
    for (const [quoted] of picture.matchAll(label)) assertInertLine(decodeLabel(quoted));
  }
});
