/** Small workflows that call others. */
import assert from "node:assert/strict";
import { allLegs } from "../../src/simulate/all_jobs.ts";
import { checkFaults, parseFault, unusedFaults } from "../../src/simulate/fault.ts";
import { readWorkflow } from "../../src/simulate/read_workflow.ts";
import { simulationMermaid, simulationTables } from "../../src/simulate/simulation_report.ts";
import { turns } from "../../src/simulate/turns.ts";
import { fastMachines } from "./fast_machines.ts";
import { jobOf, logOf, results, run } from "./world.ts";

const CALLED = ".github/workflows/called.yaml";

/** Runs jobs that call a workflow, which is given without its name and its trigger. */
async function call(
  jobs: string,
  called: string,
  { on = "", files = {}, ...more }: Parameters<typeof run>[1] & { on?: string } = {},
) {
  const text = `on: { workflow_call: ${on} }\n${called}`;
  return await run(jobs.replaceAll("CALLED", `./${CALLED}`), {
    ...more,
    machines: fastMachines,
    files: { [CALLED]: text, ...files },
  });
}

const step = (script: string, env = "") => `[{ name: S, run: '${script}', env: {${env}} }]`;
const job = (id: string, more = "", script = "true", env = "") =>
  `  ${id}:\n    runs-on: x\n${more && `    ${more}\n`}    steps: ${step(script, env)}\n`;
const show = (...values: readonly string[]) =>
  `jobs:\n${
    job("b", "", 'echo "$V"', `V: '${values.map((value) => `\${{ ${value} }}`).join("|")}'`)
  }`;

/** What the only job that is called printed. */
function said(record: Parameters<typeof jobOf>[0], id = "b"): string {
  const [leg] = jobOf(record, id).legs;
  return logOf(leg ?? assert.fail("no leg"), "S").trimEnd();
}

/** How the jobs that legs call ended. */
function inside(record: Parameters<typeof jobOf>[0], id = "a"): Record<string, string>[] {
  return jobOf(record, id).legs.map(({ called = [] }) => results({ jobs: called }));
}

const INPUTS =
  "{ inputs: { text: { type: string, default: '${{ github.ref_name }}' }, flag: { type: boolean }, count: { type: number, default: 3 } } }";

Deno.test("runWorkflow() gives a called workflow typed inputs, and its caller's github", async () => {
  const types = "toJSON(inputs.text), toJSON(inputs.flag), toJSON(inputs.count)";
  const called = show(...types.split(", "), "github.workflow", "github.job", "github.event_name");
  const said_ = async (given: string) =>
    said(await call(`  a: { uses: CALLED, with: { ${given} } }`, called, { on: INPUTS }));
  assert.equal(await said_(""), '"main"|false|3|Small|b|push');
  assert.equal(
    await said_("text: '${{ 1 }}', flag: '${{ true }}', Count: 5"),
    '"1"|true|5|Small|b|push',
  );
  await assert.rejects(
    said_("flag: '${{ format(''true'') }}'"),
    /jobs\.a\.with\.flag: Cannot use it as an input: expected true or false, found "true"/,
  );
  await assert.rejects(said_("text: '${{ fromJSON(''[]'') }}'"), /expected text, found a list/);
});

Deno.test("runWorkflow() leaves a called workflow no variable of its caller", async () => {
  const called = `env: { V: called }\njobs:\n${job("b", "", 'echo "$V [$W]"')}`;
  const record = await call("env: { V: caller, W: caller }\njobs:\n  a: { uses: CALLED }", called);
  assert.equal(said(record), "called []");
});

Deno.test("runWorkflow() gives a called workflow the secrets that are passed, and no others", async () => {
  const called = show("secrets.ONE", "secrets.two", "secrets.THREE", "secrets.GITHUB_TOKEN");
  const said_ = async (secrets: string) =>
    said(
      await call(`  a: { uses: CALLED, permissions: {}, ${secrets} }`, called, {
        on: "{ secrets: { ONE: null, TWO: null } }",
      }),
    );
  assert.equal(await said_(""), "|||ghs_{}");
  assert.equal(
    await said_("secrets: { one: '${{ secrets.X }}', TWO: 'of ${{ secrets.GITHUB_TOKEN }}' }"),
    "simulated secret X|of ghs_{}||ghs_{}",
  );
  assert.equal(
    await said_("secrets: inherit"),
    "simulated secret ONE|simulated secret two|simulated secret THREE|ghs_{}",
  );
});

Deno.test("runWorkflow() lets a workflow hand on no more secrets than it was passed", async () => {
  const inner = ".github/workflows/inner.yaml";
  const record = await call(
    "  a: { uses: CALLED, secrets: { ONE: '${{ secrets.X }}' } }",
    `jobs: { i: { uses: ./${inner}, secrets: inherit } }`,
    {
      on: "{ secrets: { ONE: null } }",
      files: { [inner]: `on: { workflow_call: }\n${show("secrets.ONE", "secrets.TWO")}` },
    },
  );
  assert.equal(said(record), "simulated secret X|");
});

Deno.test("runWorkflow() lets a called job do what its caller may, or the less that it says", async () => {
  const caller = "permissions: { actions: read }\njobs:\n";
  const may = async (more: string, called: string) =>
    said(await call(`${caller}  a: { uses: CALLED${more} }`, called));
  const shown = show("github.token");
  assert.equal(await may("", shown), 'ghs_{"actions":"read"}');
  const more = ", permissions: { actions: read, contents: read }";
  assert.equal(await may(more, shown), 'ghs_{"actions":"read","contents":"read"}');
  assert.equal(
    await may(more, `permissions: { contents: read }\n${shown}`),
    'ghs_{"contents":"read"}',
  );
  assert.equal(await may(more, shown.replace("runs-on", "permissions: {}\n    runs-on")), "ghs_{}");
});

const OUTPUTS = "{ inputs: { v: { type: string } }, " +
  "outputs: { o: { value: '${{ jobs.b.outputs.o }}/${{ jobs.b.result }}' }, last: { value: '${{ jobs.b.outputs.o }}' } } }";
const PUTS = `jobs:\n${
  job(
    "b",
    "outputs: { o: '${{ steps.s.outputs.o }}' }",
    'echo "o=$V" >> "$GITHUB_OUTPUT"; [ "$V" != bad ]',
    "V: '${{ inputs.v }}'",
  ).replace("{ name: S", "{ id: s, name: S")
}`;
const READS = job(
  "reads",
  "needs: a\n    if: always()",
  'echo "$V"',
  "V: '${{ toJSON(needs.a) }}'",
);
const need = (record: Parameters<typeof jobOf>[0]) => JSON.parse(said(record, "reads"));

Deno.test("runWorkflow() gives what needs a caller the outputs of what it calls", async () => {
  const record = await call(`  a: { uses: CALLED, with: { v: one } }\n${READS}`, PUTS, {
    on: OUTPUTS,
  });
  assert.deepEqual(need(record), { result: "success", outputs: { o: "one/success", last: "one" } });
  const skipped = await call(`  a: { uses: CALLED, if: false }\n${READS}`, PUTS, { on: OUTPUTS });
  assert.deepEqual(need(skipped), { result: "skipped", outputs: { o: "", last: "" } });
});

Deno.test("runWorkflow() lets the last leg of a caller win that succeeds and sets an output", async () => {
  const matrix = "strategy: { fail-fast: false, matrix: { v: [one, two, '', bad] } }";
  const record = await call(
    `  a: { uses: CALLED, ${matrix}, with: { v: '\${{ matrix.v }}' } }\n${READS}`,
    PUTS,
    { on: OUTPUTS },
  );
  assert.deepEqual(need(record), { result: "failure", outputs: { o: "/success", last: "two" } });
});

for (
  const [criterion, jobs, result, conclusion] of [
    ["succeeds where some are skipped", job("b") + job("c", "if: false"), "success", "success"],
    ["is skipped where all are", job("b", "if: false"), "skipped", "success"],
    ["fails where one does", job("b", "", "exit 1") + job("c"), "failure", "failure"],
    ["forgives", job("b", "continue-on-error: true", "exit 1"), "success", "success"],
  ] as const
) {
  Deno.test(`runWorkflow() takes the called jobs together: a caller ${criterion}`, async () => {
    const record = await call(
      `  a: { uses: CALLED }\n${READS}${job("d", "needs: a")}`,
      `jobs:\n${jobs}`,
    );
    assert.equal(need(record).result, result);
    assert.equal(jobOf(record, "d").result, result === "success" ? "success" : "skipped");
    assert.equal(record.conclusion, conclusion);
  });
}

Deno.test("runWorkflow() lets status functions in a called workflow look at its own jobs", async () => {
  const record = await call(
    `${job("z", "", "exit 1")}  a: { uses: CALLED, needs: z, if: always() }`,
    `jobs:\n${job("b")}${job("c", "if: failure()")}${job("d", "needs: b")}`,
  );
  assert.deepEqual(inside(record), [{ b: "success", c: "skipped", d: "success" }]);
});

Deno.test("runWorkflow() lets cancelled() in a called workflow be about the run", async () => {
  const record = await call(
    `  a: { uses: CALLED }\n${job("z", "needs: a\n    if: always()")}`,
    `jobs:\n${job("b", "if: always()", "deployer deploy lake plankton")}${
      job("c", "if: cancelled()")
    }${job("d", "needs: b")}`,
    { fail: ["prod:lake/plankton=cancel-run"] },
  );
  assert.deepEqual(inside(record), [{ b: "success", c: "success", d: "skipped" }]);
  assert.deepEqual(results(record), { a: "cancelled", z: "success" });
});

const MATRIX = "strategy: { fail-fast: false, matrix: { cluster: [lake, fjord] } }";
const DEPLOY = `jobs:
  canary:
    name: Canary
    runs-on: x
    strategy: { fail-fast: false, matrix: { hub: [staging] } }
    steps: [{ name: S, run: 'deployer deploy "$C" staging', env: { C: '\${{ inputs.cluster }}' } }]
  prod:
    name: Prod hub
    needs: canary
    runs-on: x
    strategy: { fail-fast: false, matrix: { hub: [one, two] } }
    steps: [{ name: S, run: 'deployer deploy "$C" "$H"', env: { C: '\${{ inputs.cluster }}', H: '\${{ matrix.hub }}' } }]
`;
const CLUSTERS =
  `  a: { name: Cluster, uses: CALLED, ${MATRIX}, with: { cluster: '\${{ matrix.cluster }}' } }\n`;
const ON = "{ inputs: { cluster: { type: string, required: true } } }";

Deno.test("runWorkflow() lists the legs of called jobs below the leg that calls them", async () => {
  const listed: string[] = [];
  const record = await call(CLUSTERS, DEPLOY, { on: ON, fail: ["prod:lake/staging"], listed });
  assert.deepEqual(listed.toSorted(), [
    ...["Cluster (fjord) / Canary (staging)", "Cluster (fjord) / Prod hub (one)"],
    ...["Cluster (fjord) / Prod hub (two)"],
    ...["Cluster (lake) / Canary (staging)", "Cluster (lake) / Prod hub"],
  ]);
  assert.deepEqual(inside(record), [
    { canary: "failure", prod: "skipped" },
    { canary: "success", prod: "success" },
  ]);
  const skipped: string[] = [];
  await call(CLUSTERS.replace("uses", "if: false, uses"), DEPLOY, { on: ON, listed: skipped });
  assert.deepEqual(skipped, ["Cluster"], "a caller that is skipped is listed once");
});

Deno.test("runWorkflow() cuts each part of a called job's name by itself", async () => {
  const long = "x".repeat(120);
  const record = await call(
    CLUSTERS.replace("[lake, fjord]", `[${long}]`),
    DEPLOY.replace("[staging]", `[${long}]`),
    { on: ON },
  );
  const [leg] = jobOf(record, "canary").legs;
  assert.equal(leg?.name, `Cluster (${"x".repeat(88)}... / Canary (${"x".repeat(89)}...`);
});

Deno.test("runWorkflow() gives every leg of a caller 256 legs of its own, and itself no more", async () => {
  const many = (count: number) =>
    `'\${{ fromJSON("[${Array(count).fill(1).join()}]") }}'`
      .replaceAll('"', "''");
  const record = await call(
    CLUSTERS.replace("[lake, fjord]", many(257)),
    DEPLOY,
    { on: ON },
  );
  assert.match(jobOf(record, "a").why, /257 jobs, more than 256/);
  const inner = await call(CLUSTERS, DEPLOY.replace("[staging]", many(257)), { on: ON });
  assert.deepEqual(inside(inner).map(({ canary }) => canary), ["failure", "failure"]);
});

Deno.test("runWorkflow() cancels the legs of a caller behind one that fails, where fail-fast is on", async () => {
  const listed: string[] = [];
  const record = await call(CLUSTERS.replace("fail-fast: false, ", ""), DEPLOY, {
    ...{ on: ON, fail: ["prod:lake/staging"], listed },
  });
  assert.deepEqual(jobOf(record, "a").legs.map((leg) => leg.result), ["failure", "cancelled"]);
  assert.deepEqual(inside(record)[1], {}, "none of its jobs is begun");
  assert.ok(listed.includes("Cluster (fjord)"));
});

Deno.test("runWorkflow() runs again what failed in the callers that failed, and what needs it", async () => {
  const attempts = async (...again: NonNullable<Parameters<typeof run>[1]>["again"] & object) => {
    const listed: string[] = [];
    const record = await call(CLUSTERS, DEPLOY, {
      ...{ on: ON, fail: ["prod:lake/two", "prod:fjord/staging"], again, listed },
    });
    return { record, listed: listed.slice(5) };
  };
  const failed = await attempts(["failed"]);
  assert.equal(failed.record.conclusion, "success");
  assert.deepEqual(failed.listed.toSorted(), [
    ...["Cluster (fjord) / Canary (staging)", "Cluster (fjord) / Prod hub (one)"],
    ...["Cluster (fjord) / Prod hub (two)", "Cluster (lake) / Prod hub (two)"],
  ]);
  assert.equal(allLegs(failed.record.jobs).length, 2 + 2 + 4, "what succeeded is there as it was");
  const all = await attempts(["all"]);
  assert.equal(all.listed.length, 6);
  const twice = await attempts(["failed", "prod:fjord/one"], ["failed"]);
  assert.deepEqual(twice.listed.slice(4), ["Cluster (fjord) / Prod hub (one)"]);
});

Deno.test("runWorkflow() runs again what a cancelled run kept from running in a called workflow", async () => {
  const fail = ["prod:lake/staging=cancel-run"];
  const survives = DEPLOY.replace("name: Canary", "name: Canary\n    if: always()");
  const record = await call(CLUSTERS, survives, { on: ON, fail, again: [["failed"]] });
  assert.deepEqual(inside(record), Array(2).fill({ canary: "success", prod: "success" }));
});

Deno.test("runWorkflow() lets a fault of a caller happen in every leg that it calls", async () => {
  const legs = async (fault: string) =>
    allLegs((await call(CLUSTERS, DEPLOY, { on: ON, fail: [fault] })).jobs)
      .filter((leg) => leg.called === undefined).map(({ name, lost, result }) =>
        `${name.replace("Cluster ", "")}: ${lost ? "lost" : result}`
      );
  assert.deepEqual(await legs("job:a=lost"), [
    ...["(lake) / Canary (staging): lost", "(fjord) / Canary (staging): lost"],
  ]);
  assert.deepEqual((await legs("job:prod=fail")).filter((leg) => leg.endsWith("failure")), [
    ...["(lake) / Prod hub (one): failure", "(lake) / Prod hub (two): failure"],
    ...["(fjord) / Prod hub (one): failure", "(fjord) / Prod hub (two): failure"],
  ]);
});

Deno.test("checkFaults(), unusedFaults() know the jobs of called workflows", async () => {
  const files = new Map([[CALLED, `on: { workflow_call: ${ON} }\n${DEPLOY}`]]);
  const text = `on: { push: {} }\njobs:\n${CLUSTERS.replace("CALLED", `./${CALLED}`)}`;
  const workflow = readWorkflow("small.yaml", text, { others: files });
  const check = (fault: string) => checkFaults([parseFault(fault)], [workflow], []);
  check("job:a");
  check("job:prod");
  assert.throws(
    () => check("job:b"),
    /Cannot let "job:b" go wrong: expected job:a, job:canary, job:prod;/,
  );
  const fail = ["job:canary", "job:prod=lost"];
  const record = await call(CLUSTERS, DEPLOY, { on: ON, fail });
  assert.deepEqual(unusedFaults([...fail, "prod:lake/one"].map(parseFault), [record]), [
    ...["job:prod=lost did not come into play", "prod:lake/one=fail did not come into play"],
  ]);
});

Deno.test("turns() lets so many happen at a time, and goes on after one that throws", async () => {
  const turn = turns(2);
  let now = 0;
  let most = 0;
  const results = await Promise.allSettled([1, 2, 3, 4, 5].map((each) =>
    turn(async () => {
      most = Math.max(most, ++now);
      await Promise.resolve();
      now--;
      if (each === 1) throw new RangeError("first");
      return each;
    })
  ));
  assert.equal(most, 2);
  assert.deepEqual(results.map(({ status }) => status === "fulfilled"), [
    ...[false, true, true, true, true],
  ]);
});

Deno.test("runWorkflow() stops at a workflow of another repository that is not skipped", async () => {
  const remote = "octo/shared/.github/workflows/x.yaml";
  const jobs = `  a: { uses: ${remote}@v1 }\n${job("b", "needs: a")}`;
  await assert.rejects(run(jobs), /small\.yaml: Cannot simulate "octo\/shared\/.+@v1", a workflow/);
  assert.deepEqual(results(await run(jobs, { skip: [remote] })), { a: "success", b: "success" });
});

Deno.test("simulationTables(), simulationMermaid() show what jobs call", async () => {
  const fail = ["prod:lake/staging"];
  const simulation = {
    ...{ event: "push", base: "", head: "", green: false } as const,
    runs: [await call(CLUSTERS, DEPLOY, { on: ON, fail })],
    ...{ releases: [], comments: [], notices: [] },
  };
  const rows = simulationTables(simulation, { width: 120, color: false }).split("\n")
    .filter((line) => line.startsWith("│"))
    .map((line) => line.split("│").slice(1, -1).map((cell) => cell.slice(1).trimEnd()).join("|"));
  assert.deepEqual(rows.slice(1), [
    "a|failure|",
    "|failure|Cluster (lake)",
    "  canary|failure|Cluster (lake) / Canary (staging)",
    "  prod|skipped|Cluster (lake) / Prod hub: canary: failure",
    "|success|Cluster (fjord)",
    "  canary|success|Cluster (fjord) / Canary (staging)",
    "  prod|success|",
    "|success|Cluster (fjord) / Prod hub (one)",
    "|success|Cluster (fjord) / Prod hub (two)",
  ]);
  assert.deepEqual(
    simulationMermaid(simulation).split("\n").slice(3, -7).map((line) => line.slice(6)),
    [
      'subgraph run0_job0_leg0["Cluster #40;lake#41;: failure"]',
      '  run0_job0_leg0_job0["canary: failure"]:::failure',
      '  run0_job0_leg0_job1["prod: skipped"]:::skipped',
      "  run0_job0_leg0_job0 --> run0_job0_leg0_job1",
      "end",
      'subgraph run0_job0_leg1["Cluster #40;fjord#41;: success"]',
      '  run0_job0_leg1_job0["canary: success"]:::success',
      '  subgraph run0_job0_leg1_job1["prod: success"]',
      '    run0_job0_leg1_job1_leg0["Prod hub #40;one#41;: success"]:::success',
      '    run0_job0_leg1_job1_leg1["Prod hub #40;two#41;: success"]:::success',
      "  end",
      "  run0_job0_leg1_job0 --> run0_job0_leg1_job1",
      "end",
    ],
  );
});
