import assert from "node:assert/strict";
import type { Expression, Json } from "../../src/workflow/expression.ts";
import { fromJSON } from "../../src/workflow/functions.ts";
import { job } from "../../src/workflow/job.ts";
import { script } from "../../src/workflow/script.ts";
import { run } from "../../src/workflow/step.ts";
import { formatValue } from "../../src/workflow/text.ts";

interface Leg {
  readonly cluster_name: string;
  readonly hubs: readonly string[];
}

const write = run({
  name: "Write",
  id: "write",
  outputs: ["list", "other"],
  script: () => script`true`,
});

const base = {
  comment: "Writes a list.",
  permissions: { contents: { access: "read", why: "to read" } },
  timeoutMinutes: 5,
} as const;

const first = job("first-job", {
  ...base,
  name: "First",
  steps: () => ({
    steps: [write],
    outputs: { list: write.outputs.list as Expression<unknown> as Expression<Json<Leg[]>> },
  }),
});

const second = job("second", {
  ...base,
  name: "Second",
  needs: [first],
  if: ({ needs }) => needs["first-job"].result.equals("success"),
  matrix: ({ needs }) => fromJSON(needs["first-job"].outputs.list),
  steps: ({ matrix, needs, status, temp }) => ({
    steps: [run({
      name: "Read",
      env: {
        CLUSTER: matrix.jobs.cluster_name,
        HUBS: matrix.jobs.hubs,
        ALL: needs["first-job"].allOutputs,
        STATUS: status,
        TEMP: temp,
      },
      script: () => script`true`,
    })],
  }),
});

Deno.test("job() keeps what it is given", () => {
  const { id, model } = first;
  assert.equal(id, "first-job");
  assert.deepEqual(model, {
    ...base,
    id,
    name: "First",
    needs: [],
    if: undefined,
    runsOn: "ubuntu-latest",
    matrix: undefined,
    outputs: { list: write.outputs.list },
    steps: [write.model],
  });
});

Deno.test("job() gives handles for needed jobs, the leg's fields, the status and a folder", () => {
  const { needs, if: condition, matrix, outputs, steps } = second.model;
  assert.deepEqual([needs, outputs], [["first-job"], {}]);
  assert.equal(condition?.text, "needs.first-job.result == 'success'");
  assert.equal(matrix?.text, "fromJSON(needs.first-job.outputs.list)");
  const env = Object.entries(steps[0]?.env ?? {});
  assert.deepEqual(Object.fromEntries(env.map(([name, value]) => [name, formatValue(value)])), {
    CLUSTER: "${{ matrix.jobs.cluster_name }}",
    HUBS: "${{ matrix.jobs.hubs }}",
    ALL: "${{ needs.first-job.outputs }}",
    STATUS: "${{ job.status }}",
    TEMP: "${{ runner.temp }}",
  });
});
