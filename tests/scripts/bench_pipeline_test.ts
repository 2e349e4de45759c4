import assert from "node:assert/strict";
import type { Config } from "../../src/config/config.ts";
import { loadRepository } from "../../src/repository/load_repository.ts";
import type { JobRecord } from "../../src/simulate/record.ts";
import { LAYOUT_NAMES, planOutputs, workflowOf } from "../../scripts/pipeline_layouts.ts";
import { type Leg, pipelineLegs } from "../../scripts/pipeline_legs.ts";
import { PipelineModel } from "../../scripts/pipeline_model.ts";
import { PAGE, writeTimes } from "../../scripts/pipeline_page.ts";
import { modelOf } from "../../scripts/pipeline_times.ts";
import { generateWorkflows } from "../../workflows/mod.ts";
import { runDeno } from "../run_program.ts";
import { changedFleet } from "../simulate/example.ts";

type Order = Readonly<Record<string, readonly string[]>>;

/** Which legs of a simulated run had to wait for which, by their jobs and names. */
function simulatedOrder(jobs: readonly JobRecord[], after: readonly string[]): Order {
  const lasts = new Map<string, readonly string[]>();
  const order: Record<string, readonly string[]> = {};
  for (const { id, needs, legs } of jobs) {
    const before = needs.length === 0 ? after : needs.flatMap((need) => lasts.get(need) ?? []);
    const own: Order = Object.assign(
      {},
      ...legs.map(({ name, called }) =>
        called === undefined ? { [`${id}: ${name}`]: before } : simulatedOrder(called, before)
      ),
    );
    Object.assign(order, own);
    lasts.set(id, legs.length === 0 ? before : Object.keys(own));
  }
  return order;
}

/** All that each leg waits for, by way of others too. */
function closed(order: Order): Order {
  const all = (name: string): readonly string[] => [
    ...new Set((order[name] ?? []).flatMap((before) => [before, ...all(before)])),
  ];
  return Object.fromEntries(Object.keys(order).sort().map((name) => [name, all(name).toSorted()]));
}

const keyOf = ({ job, name }: Leg) => `${job.split(" / ").at(-1)}: ${name}`;

const orderOf = (legs: readonly Leg[]): Order =>
  Object.fromEntries(legs.map((leg) => [keyOf(leg), leg.after.map(keyOf)]));

const ALL_HUBS = "helm-charts/basehub/values.yaml";
const WAVES = [["lake*"], ["*"]];
const CONFIGS: readonly Config[] = [
  {},
  { waves: WAVES, shards: 2 },
  { layout: "pipelined" },
  { layout: "pipelined", waves: WAVES, shards: 2 },
];

for (const config of CONFIGS) {
  Deno.test(`pipelineLegs() has the legs and the order of a simulated run: ${JSON.stringify(config)}`, async () => {
    // Clusters without a staging hub have no canary.
    await using fleet = await changedFleet([ALL_HUBS], { config });
    const { prepared, simulate } = await fleet.simulator.prepare({ base: "HEAD^" });
    const { runs: [run], green } = await simulate({});
    assert.ok(green && run);
    const { settings, clusters, lock } = await loadRepository(fleet.repository.path);
    const rest = { base: "", head: "", notices: [] };
    const planned = planOutputs({ version: 1, ...rest, ...prepared.plan }, settings);
    const put = run.jobs.find(({ id }) => id === "generate-jobs")?.outputs ?? {};
    for (const [name, text] of Object.entries(put)) assert.equal(planned[name], text, name);
    const workflow = workflowOf(generateWorkflows(settings, clusters, lock));
    const legs = pipelineLegs(workflow, planned);
    assert.deepEqual(closed(orderOf(legs)), closed(simulatedOrder(run.jobs, [])));
    assert.ok(legs.some(({ release }) => release !== undefined && "hub_name" in release));
  });
}

Deno.test("PipelineModel keeps to the runners, to what legs wait for, and to their order", () => {
  for (const layout of LAYOUT_NAMES) {
    const spans = modelOf(layout).draw(7, 20);
    assert.ok(spans.length > 171 - 30);
    const ends = new Map(spans.map(({ leg, end }) => [leg, end]));
    const firsts = new Map<string, number>();
    for (const { leg, start } of spans) {
      const busy = spans.filter((other) => other.start <= start && start < other.end);
      assert.ok(busy.length <= 20, leg.name);
      for (const before of leg.after) assert.ok((ends.get(before) ?? Infinity) <= start, leg.name);
      assert.ok(start >= (firsts.get(leg.job) ?? 0), leg.name);
      firsts.set(leg.job, start);
    }
  }
});

Deno.test("PipelineModel takes as long for a release in every layout", () => {
  const [times, ...others] = LAYOUT_NAMES.map((layout) =>
    new Map(
      modelOf(layout).draw(3, 60).flatMap(({ leg, start, end }) =>
        leg.release === undefined
          ? []
          : [[leg.name.split(" / ").at(-1) ?? "", (end - start).toFixed(6)]]
      ),
    )
  );
  for (const other of others) assert.deepEqual([...other].sort(), [...times ?? []].sort());
});

Deno.test("PipelineModel draws log-normal durations", () => {
  const leg: Leg = { name: "", job: "generate-jobs", release: undefined, after: [] };
  const model = new PipelineModel([leg]);
  const seconds = Array.from({ length: 2_000 }, (_, draw) => {
    const [span] = model.draw(draw, 1);
    return span === undefined ? NaN : span.end - span.start;
  }).sort((a, b) => a - b);
  const [middle = 0, long = 0] = [seconds[1_000], seconds[1_900]];
  // A runner starts in 10 s and the plan takes 30 s, or 40 s and 60 s where they take long.
  assert.ok(middle > 38 && middle < 48, `${middle}`);
  assert.ok(long > 65 && long < 90, `${long}`);
});

Deno.test(`${PAGE} says what the model says: deno task bench:pipeline --write`, async () => {
  const page = await Deno.readTextFile(PAGE);
  assert.equal(writeTimes(page), page);
});

Deno.test("bench_pipeline draws as often and with as many runners as it is told", async () => {
  const bench = (...args: string[]) =>
    runDeno(["run", "-P=model", "scripts/bench_pipeline.ts", ...args]);
  const { code, out, err } = await bench("--draws=2", "--runners=7");
  assert.equal(code, 0, err);
  for (const layout of LAYOUT_NAMES) assert.match(out, new RegExp(`│ +7 │ ${layout} +│ \\d+ min`));
  const help = await bench("--help");
  assert.deepEqual([help.code, /--draws N +How many/.test(help.out)], [0, true]);
  const wrong = await bench("--runners=0");
  assert.deepEqual([wrong.code, /expected a whole number, found "0"/.test(wrong.out)], [2, true]);
});
