import assert from "node:assert/strict";
import fc from "fast-check";
import {
  pullRequestEvent,
  pushEvent,
  type RunEvent,
  workflowRunEvent,
} from "../../../src/simulate/event.ts";
import type { RunRecord } from "../../../src/simulate/record.ts";
import { readWorkflow } from "../../../src/simulate/workflow_file.ts";
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

const [BEFORE, AFTER] = ["b".repeat(40), "a".repeat(40)];

const push = pushEvent(FACTS, BEFORE, AFTER, false);
const pullRequest = pullRequestEvent(FACTS, {
  number: 7,
  head: AFTER,
  base: BEFORE,
  headRef: "patch-1",
  labels: ["bug", "deployer:deploy-hubs"],
}, AFTER);
const finished = {
  id: 1,
  name: "Deploy and test hubs",
  path: DEPLOY_HUBS,
  conclusion: "success",
  event: pullRequest,
  headSha: AFTER,
  headBranch: "patch-1",
};

const events = fc.tuple(
  fc.constantFrom<RunEvent>(push, push, pullRequest, workflowRunEvent(FACTS, finished, AFTER)),
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: hostileText }),
  hostileText,
).chain(([event, ref, headRef]) =>
  mutatedValues(fc.constant(event.payload)).filter(isShallow).map((payload): RunEvent => ({
    ...event,
    ref: ref ?? event.ref,
    headRef: event.headRef === "" ? "" : headRef,
    payload: payload as RunEvent["payload"],
  }))
);

/** The simulator makes payloads by itself: deep ones there are none. */
function isShallow(payload: unknown): boolean {
  return !JSON.stringify(payload).includes("[".repeat(100));
}

/** The payloads of events, for the generated workflow and the simulator. */
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
      const own = canaries.filter((canary) => canary.cluster === cluster);
      assert.deepEqual(own.map(({ action }) => action), [
        "upgrade-support",
        "upgrade-hub",
        "check-hub",
      ]);
      assert.ok(own.every(({ fate }) => fate === undefined), "a canary failed");
    }
  }
}
