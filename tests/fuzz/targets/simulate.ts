import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../../src/errors.ts";
import {
  pullRequestEvent,
  pushEvent,
  type RunEvent,
  workflowRunEvent,
} from "../../../src/simulate/event.ts";
import type { RunRecord } from "../../../src/simulate/record.ts";
import { readWorkflow } from "../../../src/simulate/read_workflow.ts";
import type { Workflow } from "../../../src/simulate/workflow_file.ts";
import { bytesOf, contents } from "../content.ts";
import { hostileText } from "../hostile.ts";
import {
  DEPLOY_HUBS,
  deploymentsOf,
  FACTS,
  FAULTS,
  generatedRepository,
  simulatedRun,
} from "../simulated.ts";
import { type Target, target } from "../target.ts";
import { mutatedValues } from "../values.ts";
import { yamlTexts } from "../yaml_text.ts";

const [BEFORE, AFTER] = ["b".repeat(40), "a".repeat(40)];

const push = pushEvent(FACTS, BEFORE, AFTER, false);
const pullRequest = pullRequestEvent(FACTS, {
  ...{ number: 7, head: AFTER, base: BEFORE, headRef: "patch-1" },
  labels: ["bug", "deployer:deploy-hubs"],
}, AFTER);
const finished = workflowRunEvent(
  FACTS,
  {
    ...{ id: 1, attempt: 1, name: "Deploy and test hubs" },
    ...{ path: DEPLOY_HUBS, conclusion: "success" },
  },
  pullRequest,
  AFTER,
);

const events = fc.tuple(
  fc.constantFrom<RunEvent>(push, push, pullRequest, finished),
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: hostileText }),
  hostileText,
).chain(([event, ref, headRef]) =>
  mutatedValues(fc.constant(event.payload))
    // The simulator makes payloads by itself: none is deep.
    .filter((payload) => !JSON.stringify(payload).includes("[".repeat(100)))
    .map((payload): RunEvent => ({
      ...event,
      ref: ref ?? event.ref,
      headRef: event.headRef === "" ? "" : headRef,
      payload: payload as RunEvent["payload"],
    }))
);

export const eventTarget: Target = target({
  name: "event payloads, for the workflow",
  share: 6,
  cases: fc.record({
    event: events,
    faults: fc.oneof(fc.constant([]), fc.subarray([...FAULTS], { maxLength: 2 })),
  }),
  open: async (folders) => {
    const made = folders.next();
    const workflow = readWorkflow(DEPLOY_HUBS, await generatedRepository(made));
    return async ({ event, faults }) => {
      using folder = folders.next();
      const run = await simulatedRun({ workflow, event, faults, repo: made.path, folder });
      if (run === undefined) return "refused";
      if (event.name !== "push" || event.ref !== "refs/heads/main") {
        assert.deepEqual(deploymentsOf(run), [], "only a push to the default branch deploys");
      }
      checkCanaries(run);
      return "accepted";
    };
  },
});

/** Nothing blocked is deployed: a prod hub had no canary, or one in which everything went well. */
function checkCanaries(run: RunRecord): void {
  const canaries = deploymentsOf(run, "upgrade-support-and-staging");
  for (const { cluster, hub } of deploymentsOf(run, "upgrade-prod-hubs")) {
    if (cluster === "azure.mars") assert.equal(hub, "rover");
    else {
      assert.deepEqual(
        canaries.filter((canary) => canary.cluster === cluster)
          .map(({ action, fate }) => [action, fate]),
        ["upgrade-support", "upgrade-hub", "check-hub"].map((action) => [action, undefined]),
      );
    }
  }
}

const SEED = Deno.readTextFileSync(
  new URL(`../../../examples/infrastructure/${DEPLOY_HUBS}`, import.meta.url),
);

/** A matrix of more legs than fit into memory. */
const HUGE = `      matrix:\n${
  ["a", "b", "c", "d"].map((name) => `        ${name}: [${Array(300).fill("x").join()}]\n`).join("")
}`;

export const workflowFileTarget: Target = target({
  name: "workflow files, for simulate",
  share: 6,
  cases: fc.record({
    content: contents(yamlTexts([SEED, SEED.replace(/ {6}matrix:\n.*\n/, HUGE)], 3)),
    faults: fc.oneof(fc.constant([]), fc.subarray([...FAULTS], { maxLength: 1 })),
  }),
  open: async (folders) => {
    const made = folders.next();
    await generatedRepository(made);
    return async ({ content, faults }) => {
      using folder = folders.next();
      const workflow = read(new TextDecoder().decode(bytesOf(content)));
      if (workflow === undefined) return "refused";
      const run = await simulatedRun({ workflow, event: push, faults, repo: made.path, folder });
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
