import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../../src/errors.ts";
import { pushEvent } from "../../../src/simulate/event.ts";
import { readWorkflow, type Workflow } from "../../../src/simulate/workflow_file.ts";
import { bytesOf, contents } from "../content.ts";
import { DEPLOY_HUBS, FACTS, FAULTS, generatedRepository, simulatedRun } from "../simulated.ts";
import { type Target, target } from "../target.ts";
import { yamlTexts } from "../yaml_text.ts";

const SEED = Deno.readTextFileSync(
  new URL(`../../../examples/infrastructure/${DEPLOY_HUBS}`, import.meta.url),
);

/** A matrix of more legs than fit into memory. */
const HUGE = `      matrix:\n${
  ["a", "b", "c", "d"].map((name) => `        ${name}: [${Array(300).fill("x").join(", ")}]\n`)
    .join("")
}`;

const push = pushEvent(FACTS, "b".repeat(40), "a".repeat(40), false);

/** Generated workflows that somebody edited by hand, for the simulator. */
export const workflowFileTarget: Target = target({
  name: "workflow files, for simulate",
  share: 6,
  cases: fc.record({
    workflow: contents(yamlTexts([SEED, SEED.replace(/ {6}matrix:\n.*\n/, HUGE)], 3)),
    faults: fc.oneof(fc.constant([]), fc.subarray([...FAULTS], { maxLength: 1 })),
  }),
  open: async (folders) => {
    const made = folders.next();
    await generatedRepository(made);
    return async ({ workflow: content, faults }) => {
      using folder = folders.next();
      const workflow = read(new TextDecoder().decode(bytesOf(content)));
      if (workflow === undefined) return "refused";
      const run = await simulatedRun({
        workflow,
        event: push,
        faults,
        repo: made.path,
        folder,
      });
      return run === undefined ? "refused" : "accepted";
    };
  },
});

function read(text: string): Workflow | undefined {
  try {
    return readWorkflow(DEPLOY_HUBS, text);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    for (const { file } of error.problems) assert.equal(file, DEPLOY_HUBS);
    return undefined;
  }
}
