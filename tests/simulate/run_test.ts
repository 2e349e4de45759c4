/** Small workflows, run with real shells: what jobs and steps do to each other. */
import assert from "node:assert/strict";
import { ends, jobOf, logOf, onlyLeg, results, run } from "./world.ts";

const CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1";

const job = (body: string) => `
  a:
    runs-on: ubuntu-24.04
${body.split("\n").map((line) => `    ${line}`).join("\n")}
`;
const simple = (id: string, more: string, script = "true") => `
  ${id}:
    runs-on: ubuntu-24.04
    ${more}
    steps: [{ run: '${script}' }]`;

// https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idneeds
Deno.test("runWorkflow() skips all that follow a failure, but for conditions that ask for a status", async () => {
  const record = await run([
    simple("a", "", "exit 1"),
    simple("b", "needs: [a]"),
    simple("c", "needs: b"),
    simple("d", "needs: [b]\n    if: always()"),
    simple("e", "needs: d"),
    simple("f", "needs: a\n    if: failure()"),
    simple("g", "needs: [a]\n    if: ${{ !cancelled() && needs.a.result == 'failure' }}"),
    simple("h", ""),
  ].join(""));
  assert.deepEqual(results(record), {
    ...{ a: "failure", b: "skipped", c: "skipped", d: "success" },
    ...{ e: "skipped", f: "success", g: "success", h: "success" },
  }, "e is skipped although d, which it needs, succeeded: b far up was skipped");
  assert.equal(record.conclusion, "failure");
});

Deno.test("runWorkflow() names a skipped job as GitHub lists it", async () => {
  const name = async (text: string) => {
    const matrix = "strategy: { matrix: { h: [1] } }";
    const record = await run(simple("a", `${matrix}\n    if: false\n    name: ${text}`));
    return jobOf(record, "a").name;
  };
  assert.equal(await name("'Deploy ${{ matrix.h }}'"), "Deploy ${{ matrix.h }}");
  assert.equal(await name("'Deploy on ${{ github.event_name }}'"), "Deploy on push");
});

Deno.test("runWorkflow() gives dependants declared outputs, empty where unset, and stops at others", async () => {
  const first = `
  a:
    runs-on: x
    outputs: { set: '\${{ steps.s.outputs.set }}', unset: '\${{ steps.s.outputs.nothing }}' }
    steps: [{ id: s, run: 'echo set=1 >> "$GITHUB_OUTPUT"' }]`;
  const second = (name: string) => `
  b:
    runs-on: x
    needs: a
    steps: [{ name: S, run: 'echo "[$V]"', env: { V: '\${{ needs.a.outputs.${name} }}' } }]`;
  const log = async (name: string) =>
    logOf(jobOf(await run(first + second(name)), "b").legs[0] ?? assert.fail(), "S");
  assert.equal(await log("set"), "[1]\n");
  assert.equal(await log("unset"), "[]\n");
  await assert.rejects(log("misspelt"), /Cannot read "misspelt" of "needs\.a\.outputs"/);
});

// https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations
const MATRIX = `
  a:
    runs-on: x
    strategy: { fail-fast: false, matrix: { v: '\${{ fromJSON(''LIST'') }}' } }
    outputs: { last: '\${{ steps.s.outputs.last }}', one: '\${{ steps.s.outputs.one }}' }
    steps:
      - id: s
        env: { V: '\${{ matrix.v }}' }
        run: |
          echo "last=$V" >> "$GITHUB_OUTPUT"
          if [ "$V" = 1 ]; then echo one=yes >> "$GITHUB_OUTPUT"; exit 1; fi`;

Deno.test("runWorkflow() runs every leg without fail-fast; the last to finish wins an output", async () => {
  const text = MATRIX.replace("LIST", "[1, 2, 3]");
  const record = jobOf(await run(text), "a");
  assert.deepEqual(record.legs.map((leg) => leg.result), ["failure", "success", "success"]);
  assert.equal(record.result, "failure");
  assert.deepEqual(record.outputs, { last: "3", one: "yes" }, "a failed leg's outputs count");
});

Deno.test("runWorkflow() cancels the other legs where fail-fast is on, as it is by default", async () => {
  const text = MATRIX.replace("LIST", "[1, 2, 3]").replace("fail-fast: false, ", "");
  const record = jobOf(await run(text), "a");
  assert.deepEqual(record.legs.map((leg) => leg.result), ["failure", "cancelled", "cancelled"]);
});

Deno.test("runWorkflow() fails a job with an empty matrix, no JSON, or more than 256 legs", async () => {
  const why = async (list: string) => {
    const record = jobOf(await run(MATRIX.replace("LIST", list)), "a");
    assert.deepEqual([record.result, record.legs], ["failure", []]);
    return record.why;
  };
  assert.match(await why("[]"), /Matrix vector 'v' does not contain any values/);
  assert.match(await why("[1"), /JSON/);
  assert.match(await why(`[${Array(257).fill(2).join()}]`), /257 jobs, more than 256/);
});

Deno.test("runWorkflow() fails a job whose legs would not fit into memory", async () => {
  const vector = `[${Array(1_000).fill(1).join()}]`;
  const vectors = ["v", "w", "x", "y"].map((name) => `${name}: ${vector}`).join(", ");
  const text = MATRIX.replace(/matrix: \{.*?\} \}/, `matrix: { ${vectors} } }`);
  assert.match(jobOf(await run(text), "a").why, /1000000000000 jobs, more than 256/);
});

// https://docs.github.com/actions/reference/workflows-and-actions/expressions#status-check-functions
Deno.test("runWorkflow() runs steps after a failure only where they ask for it", async () => {
  const leg = onlyLeg(
    await run(job(`steps:
  - { name: forgiven, id: f, run: exit 1, continue-on-error: true }
  - { name: after, run: 'echo "$O $C"', env: { O: '\${{ steps.f.outcome }}', C: '\${{ steps.f.conclusion }}' } }
  - { name: fails, run: exit 3 }
  - { name: skipped, run: 'true' }
  - { name: on failure, if: failure(), run: 'echo "$S"', env: { S: '\${{ job.status }}' } }
  - { name: always, if: '\${{ always() }}', run: 'true' }
  - { name: cancelled, if: cancelled(), run: 'true' }`)),
  );
  assert.deepEqual(ends(leg), {
    ...{ forgiven: "failure, success", after: "success", fails: "failure", skipped: "skipped" },
    ...{ "on failure": "success", always: "success", cancelled: "skipped" },
  });
  assert.equal(logOf(leg, "after"), "failure success\n");
  assert.equal(logOf(leg, "on failure"), "failure\n");
  assert.equal(leg.result, "failure");
});

// https://docs.github.com/actions/reference/workflows-and-actions/variables
Deno.test("runWorkflow() lets the innermost variable win, and takes in GITHUB_ENV and GITHUB_PATH", async () => {
  const record = await run(`env: { A: workflow, B: workflow, C: workflow, D: workflow }
jobs:
${
    job(`env: { B: job, C: job, D: job }
steps:
  - name: write
    env: { C: step }
    run: |
      echo "$A $B $C $D"
      mkdir bin; printf '#!/bin/sh\\necho tool' > bin/tool; chmod +x bin/tool
      printf '%s\\n' "$PWD/bin" "$PWD/b c" >> "$GITHUB_PATH"
      printf 'D<<E\\nwritten\\nE\\nGITHUB_SHA=forged\\n' >> "$GITHUB_ENV"
      ! tool 2> /dev/null
  - { name: read, run: 'echo "$A $B $C $D $(tool) \${#GITHUB_SHA}"' }
  - { name: refused, run: 'echo NODE_OPTIONS=x >> "$GITHUB_ENV"' }
  - { name: summary, if: always(), run: 'echo "# Hi" >> "$GITHUB_STEP_SUMMARY"' }`)
  }`);
  const leg = onlyLeg(record);
  assert.equal(logOf(leg, "write"), "workflow job step job\n");
  assert.equal(logOf(leg, "read"), "workflow job job written tool 40\n");
  const wanted = { write: "success", read: "success", refused: "failure", summary: "success" };
  assert.deepEqual(ends(leg), wanted);
  assert.equal(leg.summary, "# Hi\n");
});

Deno.test("runWorkflow() honours defaults.run and shells, with GitHub's flags", async () => {
  const text = (shell: string) =>
    `defaults: { run: { working-directory: sub${shell} } }
jobs:
${
      job(`steps:
  - { name: make, working-directory: /, run: 'mkdir "$GITHUB_WORKSPACE/sub"' }
  - { name: where, run: 'basename "$PWD"' }
  - { name: pipe, run: 'false | true' }
  - { name: missing, if: always(), working-directory: nowhere, run: 'true' }`)
    }`;
  const plain = onlyLeg(await run(text("")));
  const wanted = { make: "success", where: "success", pipe: "success", missing: "failure" };
  assert.deepEqual(ends(plain), wanted);
  assert.equal(logOf(plain, "where"), "sub\n");
  assert.equal(ends(onlyLeg(await run(text(", shell: bash")))).pipe, "failure", "pipefail");
});

Deno.test("runWorkflow() has an empty workspace until the checkout, and no Deno until it is set up", async () => {
  const deno = "denoland/setup-deno@667a34cdef165d8d2b2e98dde39547c9daac7282";
  const leg = onlyLeg(
    await run(job(`steps:
  - { name: before, run: 'ls -A; command -v git; deno --version', continue-on-error: true }
  - { name: local, uses: ./act, continue-on-error: true }
  - { name: checkout, uses: '${CHECKOUT}' }
  - { name: no folder, uses: ./README.md, continue-on-error: true }
  - { name: deno, uses: '${deno}', with: { deno-version: 2.9.6 } }
  - { name: after, run: 'ls; git log --format=%s; deno eval "console.log(1)"' }`)),
  );
  assert.match(logOf(leg, "before"), /^\S+git\ndeno: command not found\n$/);
  assert.match(logOf(leg, "local"), /Can't find 'action.yml'/);
  assert.match(logOf(leg, "no folder"), /Can't find 'action.yml'/);
  assert.equal(logOf(leg, "after"), "README.md\nFirst\n1\n");
});

Deno.test("runWorkflow() gives every leg the files of the commit, whatever a leg before did to them", async () => {
  const record = await run(job(`strategy: { fail-fast: false, matrix: { n: [1, 2, 3, 4, 5, 6] } }
steps:
  - { name: early, run: echo early > early }
  - { name: checkout, uses: '${CHECKOUT}' }
  - { name: look, run: 'ls -A; cat README.md; git status --short; git log --format=%s; git config --get mess.n || true' }
  - name: mess
    env: { N: '\${{ matrix.n }}' }
    run: |
      mkdir -p empty nested/.git .cache; echo ignored > .cache/file; echo .cache > .gitignore
      if [ $((N % 2)) = 0 ]; then rm README.md; else echo more >> README.md; fi
      if [ $((N % 3)) = 0 ]; then git config mess.n "$N"; git commit -qam mess || true; fi
  - { name: again, uses: '${CHECKOUT}', with: { fetch-depth: 0 } }
  - { name: look again, run: 'ls -A; cat README.md; git status --short; git log --format=%s; git config --get mess.n || true' }`));
  const { legs, result } = jobOf(record, "a");
  assert.equal(result, "success");
  const clean = ".git\nREADME.md\nsmall\nFirst\n";
  assert.deepEqual(
    legs.map((leg) => [logOf(leg, "look"), logOf(leg, "look again")]),
    legs.map(() => [clean, clean]),
  );
});

Deno.test("runWorkflow() runs composite actions: inputs, outputs, and a status of their own", async () => {
  const action = `name: act
inputs: { who: { default: Ada }, unset: {} }
outputs: { said: { value: '\${{ steps.s.outputs.said }}' } }
runs:
  using: composite
  steps:
    - { name: inside, id: s, shell: bash, run: 'echo "said=$WHO [$U] $OUTER" >> "$GITHUB_OUTPUT"', env: { WHO: '\${{ inputs.who }}', U: '\${{ inputs.unset }}' } }
    - { name: own status, if: success(), shell: bash, run: 'test -f "$GITHUB_ACTION_PATH/action.yaml"' }
`;
  const leg = onlyLeg(
    await run(
      job(`steps:
  - { name: checkout, uses: '${CHECKOUT}' }
  - { name: fails, run: exit 1 }
  - { name: act, id: act, if: always(), uses: ./act, with: { who: Bob }, env: { OUTER: outer } }
  - { name: said, if: always(), run: 'echo "$S"', env: { S: '\${{ steps.act.outputs.said }}' } }`),
      { files: { "act/action.yaml": action } },
    ),
  );
  assert.equal(ends(leg)["own status"], "success", "the job failed, the action did not");
  assert.equal(logOf(leg, "said"), "Bob [] outer\n");
});

Deno.test("runWorkflow() stops at actions, versions and inputs that are not modelled", async () => {
  const uses = (step: string) => run(job(`steps: [${step}]`));
  const said = /small\.yaml: Cannot simulate the action "actions\/cache@v4"/;
  await assert.rejects(uses("{ uses: actions/cache@v4 }"), said);
  await assert.rejects(uses("{ uses: actions/checkout@v4 }"), /"actions\/checkout" at "v4"/);
  await assert.rejects(
    uses(`{ uses: '${CHECKOUT}', with: { clean: false } }`),
    /the input "clean"/,
  );
});

Deno.test("runWorkflow() intercepts deployment commands, whatever a script does to PATH", async () => {
  const leg = onlyLeg(
    await run(
      job(`steps:
  - name: real
    run: |
      mkdir bin; printf '#!/bin/sh\\necho REAL' > bin/deployer; chmod +x bin/deployer
      echo "$PWD/bin" >> "$GITHUB_PATH"
  - { name: one, run: deployer deploy a b }
  - { name: two, run: 'PATH="$PWD/bin:$PATH"; deployer deploy-support a; bash -c "deployer check a b"' }
  - { name: login, run: bash -lc 'deployer deploy c "$HUB"', env: { HUB: d } }
  - { name: other shell, run: 'env deployer deploy e f; sh -lc "deployer check e f"' }
  - { name: fails, run: 'deployer deploy a fails; echo never' }`),
      { fail: ["prod:a/fails"] },
    ),
  );
  assert.doesNotMatch(leg.steps.map((step) => step.log).join(""), /REAL|never/);
  assert.deepEqual(
    leg.steps.flatMap((step) => step.deployments).map(({ action, cluster, hub, fate }) =>
      [action, cluster, hub, fate].join(" ")
    ),
    [
      ...["upgrade-hub a b ", "upgrade-support a  ", "check-hub a b ", "upgrade-hub c d "],
      ...["upgrade-hub e f ", "check-hub e f ", "upgrade-hub a fails fail"],
    ],
  );
  await assert.rejects(
    run(job("steps: [{ run: deployer destroy a }]")),
    /Cannot simulate the call "deployer destroy a"/,
  );
});

const STEPS = `outputs: { verdict: '\${{ steps.v.outputs.verdict }}' }
steps:
  - { name: deploy, run: deployer deploy a b }
  - { name: next, run: 'true' }
  - { name: verdict, id: v, if: always(), run: 'echo "verdict=$S" >> "$GITHUB_OUTPUT"', env: { S: '\${{ job.status }}' } }`;

for (
  const [fate, result, rest, verdict] of [
    ["fail", "failure", { next: "skipped", verdict: "success" }, "failure"],
    ["cancel", "cancelled", { next: "skipped", verdict: "success" }, "cancelled"],
    ["timeout", "cancelled", { next: "skipped", verdict: "success" }, "cancelled"],
    ["cancel-run", "cancelled", { next: "skipped", verdict: "success" }, "cancelled"],
    ["lost", "failure", {}, ""],
  ] as const
) {
  // https://docs.github.com/actions/reference/workflows-and-actions/workflow-cancellation
  Deno.test(`runWorkflow() ends a step with =${fate}, and runs ${verdict === "" ? "nothing further" : "what always runs"}`, async () => {
    const record = await run(job(STEPS), { fail: [`prod:a/b=${fate}`] });
    const leg = onlyLeg(record);
    assert.deepEqual(ends(leg), { deploy: result, ...rest });
    assert.equal(leg.lost, fate === "lost");
    assert.equal(jobOf(record, "a").outputs.verdict, verdict);
    assert.equal(jobOf(record, "a").result, result);
    assert.equal(record.cancelled, fate === "cancel-run");
  });
}

Deno.test("runWorkflow() cancels a run: queued legs never start, always() jobs do, others do not", async () => {
  const matrix = `strategy: { fail-fast: false, matrix: { h: [b, c] } }
steps: [{ run: 'deployer deploy a "$H"', env: { H: '\${{ matrix.h }}' } }]`;
  const record = await run(
    job(matrix) + simple("b", "needs: a\n    if: always()") +
      simple("c", "needs: a\n    if: ${{ !cancelled() }}") + simple("d", ""),
    { fail: ["prod:a/b=cancel-run"] },
  );
  assert.deepEqual(results(record), { a: "cancelled", b: "success", c: "skipped", d: "skipped" });
  assert.deepEqual(jobOf(record, "a").legs.map((leg) => leg.steps.length), [1, 0]);
  assert.equal(record.conclusion, "cancelled");
});

Deno.test("runWorkflow() lets a job go on whose condition holds although the run is cancelled", async () => {
  const record = await run(job(`if: always()\n${STEPS}`), { fail: ["prod:a/b=cancel-run"] });
  const wanted = { deploy: "success", next: "success", verdict: "success" };
  assert.deepEqual(ends(onlyLeg(record)), wanted);
  assert.deepEqual([jobOf(record, "a").result, record.conclusion], ["success", "cancelled"]);
});

Deno.test("runWorkflow() lets a job's fault happen in every leg of it", async () => {
  const fail = await run(job(STEPS), { fail: ["job:a=fail"] });
  assert.deepEqual(ends(onlyLeg(fail)), { deploy: "failure", next: "skipped", verdict: "success" });
  const lost = await run(job(STEPS), { fail: ["job:a=lost"] });
  assert.deepEqual(onlyLeg(lost).steps, []);
});

Deno.test("runWorkflow() forgives a job with continue-on-error", async () => {
  const record = await run(
    simple("a", "continue-on-error: true", "exit 1") + simple("b", "needs: a"),
  );
  assert.deepEqual(results(record), { a: "failure", b: "success" });
  assert.equal(record.conclusion, "success");
});

Deno.test("runWorkflow() drops outputs that hold a secret", async () => {
  const record = await run(job(`outputs: { o: '\${{ steps.s.outputs.o }}' }
steps: [{ id: s, run: 'echo "o=x$T" >> "$GITHUB_OUTPUT"', env: { T: '\${{ secrets.TOKEN }}' } }]`));
  assert.equal(jobOf(record, "a").outputs.o, "");
  assert.match(onlyLeg(record).annotations[0]?.message ?? "", /may contain secret/);
});

const UPLOAD = "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f";
const DOWNLOAD = "actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c";

Deno.test("runWorkflow() lets actions do what the permissions of the job say", async () => {
  const acted = async (permissions: string) => {
    const { checkout, download } = ends(onlyLeg(
      await run(job(`permissions: ${permissions}
steps:
  - { name: make, run: touch file }
  - { name: upload, uses: '${UPLOAD}', with: { path: file } }
  - { name: checkout, uses: '${CHECKOUT}', continue-on-error: true }
  - name: download
    uses: '${DOWNLOAD}'
    with: { name: artifact, run-id: '\${{ github.run_id }}', github-token: '\${{ github.token }}' }
    continue-on-error: true`)),
    ));
    return [checkout, download];
  };
  assert.deepEqual(await acted("{ contents: read, actions: read }"), ["success", "success"]);
  assert.deepEqual(await acted("{ actions: read }"), ["failure, success", "success"]);
  assert.deepEqual(await acted("{ contents: read }"), ["success", "failure, success"]);
});

Deno.test("runWorkflow() carries artifacts from job to job", async () => {
  const record = await run(`
  a:
    runs-on: x
    steps:
      - { name: make, run: 'mkdir -p out/sub; echo 1 > out/sub/f; echo 2 > out/.hidden' }
      - { name: up, uses: '${UPLOAD}', with: { name: n, path: out } }
      - { name: again, uses: '${UPLOAD}', with: { name: n, path: out }, continue-on-error: true }
      - { name: over, uses: '${UPLOAD}', with: { name: n, path: out, overwrite: true } }
      - { name: none, uses: '${UPLOAD}', with: { name: m, path: no, if-no-files-found: error }, continue-on-error: true }
  b:
    runs-on: x
    needs: a
    steps:
      - { name: down, uses: '${DOWNLOAD}', with: { name: n, path: in } }
      - { name: read, run: 'find in -type f; cat in/sub/f' }
      - { name: absent, uses: '${DOWNLOAD}', with: { name: x }, continue-on-error: true }`);
  const [a, b] = record.jobs.map((job) => job.legs[0] ?? assert.fail());
  assert.deepEqual(a === undefined ? {} : ends(a), {
    ...{ make: "success", up: "success", over: "success" },
    ...{ again: "failure, success", none: "failure, success" },
  });
  assert.equal(b === undefined ? "" : logOf(b, "read"), "in/sub/f\n1\n");
  assert.equal(b === undefined ? "" : ends(b).absent, "failure, success");
});

// https://docs.github.com/actions/how-tos/manage-workflow-runs/re-run-workflows-and-jobs
const ATTEMPTS = `
  a:
    runs-on: x
    outputs: { at: '\${{ steps.s.outputs.at }}' }
    steps: [{ id: s, run: 'echo "at=$GITHUB_RUN_ATTEMPT" >> "$GITHUB_OUTPUT"' }]
  b:
    runs-on: x
    needs: a
    strategy: { fail-fast: false, matrix: { v: [1, 2] } }
    outputs: { one: '\${{ steps.s.outputs.v1 }}', two: '\${{ steps.s.outputs.v2 }}' }
    steps:
      - id: s
        env: { V: '\${{ matrix.v }}', A: '\${{ needs.a.outputs.at }}@\${{ github.run_attempt }}' }
        run: |
          echo "v$V=$A" >> "$GITHUB_OUTPUT"
          if [ "$V" = 2 ]; then deployer deploy lake plankton; fi
  c:
    runs-on: x
    needs: b
    if: always()
    steps: [{ name: S, run: 'echo "$T"', env: { T: '\${{ toJSON(needs.b.outputs) }}' } }]`;

for (
  const [criterion, again, want] of [
    ["all jobs again", [["all"]], { one: "2@2", two: "2@2" }],
    ["the failed leg alone, and what needs it", [["failed"]], { one: "1@1", two: "1@2" }],
    [
      "the failed leg alone, which is lost and leaves what it put out before",
      [["failed", "prod:lake/plankton=lost"]],
      { one: "1@1", two: "1@1" },
    ],
    [
      "the failed leg alone until it succeeds",
      [["failed", "prod:lake/plankton"], ["failed"]],
      { one: "1@1", two: "1@3" },
    ],
  ] as const
) {
  Deno.test(`runWorkflow() runs ${criterion}`, async () => {
    const record = await run(ATTEMPTS, { fail: ["prod:lake/plankton"], again });
    assert.equal(record.attempt, 1 + again.length);
    assert.deepEqual(JSON.parse(logOf(jobOf(record, "c").legs[0] ?? assert.fail(), "S")), want);
  });
}

Deno.test("runWorkflow() refuses to run failed jobs again where none failed", async () => {
  await assert.rejects(run(simple("a", ""), { again: [["failed"]] }), /none failed/);
});
