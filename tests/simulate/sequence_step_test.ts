import assert from "node:assert/strict";
import { parseStep } from "../../src/simulate/sequence_step.ts";

const fault = (job: string, fate: string) => ({ target: `job:${job}`, job, call: undefined, fate });

for (
  const [text, want] of [
    ["push A..B", { kind: "push", base: "A", head: "B", labels: [] }],
    ["push HEAD", { kind: "push", base: undefined, head: "HEAD", labels: [] }],
    ["push A.1..v2.0 label=a label=b", {
      ...{ kind: "push", base: "A.1", head: "v2.0", labels: ["a", "b"] },
    }],
    ["push B cancel", {
      ...{ kind: "push", base: undefined, head: "B", labels: [] },
      faults: [fault("generate-jobs", "cancel-run")],
    }],
    [" rerun  2   failed lost-report", {
      ...{ kind: "rerun", step: 2, jobs: "failed" },
      faults: [fault("report-deployment", "lost")],
    }],
    ["dispatch", { kind: "dispatch", inputs: { releases: "", phase: "all", "dry-run": "false" } }],
    ["dispatch a,*/b dry-run phase=prod", {
      ...{ kind: "dispatch", inputs: { releases: "a,*/b", phase: "prod", "dry-run": "true" } },
    }],
    ["schedule fail=job:x=timeout", { kind: "schedule", faults: [fault("x", "timeout")] }],
    ["wait 3d", { kind: "wait", hours: 72 }],
    ["wait 12h", { kind: "wait", hours: 12 }],
  ] as const
) {
  Deno.test(`parseStep() reads "${text}"`, () => {
    assert.deepEqual(parseStep(text), { text, faults: [], ...want });
  });
}

for (
  const text of [
    ...["", "fly", "push", "push A...B C", "push ..B", "push A..", "rerun", "rerun 0 all"],
    ...["rerun 1 some", "rerun 1", "dispatch a b", "dispatch phase=x", "schedule now"],
    ...["schedule label=a", "wait", "wait 3", "wait 1d cancel", "push A..B fail=x"],
  ]
) {
  Deno.test(`parseStep() refuses "${text}"`, () => {
    assert.throws(() => parseStep(text), /^UsageError: Cannot read (?:the step|--fail) "/);
  });
}
