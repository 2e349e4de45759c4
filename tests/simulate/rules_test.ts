/** Single rules of GitHub's, from its documentation, without running anything. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { formatOutputs } from "../../src/github/step_files.ts";
import { parseCommandFile, readLogCommands } from "../../src/simulate/script_output.ts";
import { DeployCommands } from "../../src/simulate/deploy_command.ts";
import {
  isTriggered,
  pullRequestEvent,
  pushEvent,
  workflowRunEvent,
} from "../../src/simulate/event.ts";
import { parseFault } from "../../src/simulate/fault.ts";
import { jobOutputs, jobStatus, legOutputs, worstResult } from "../../src/simulate/job_results.ts";
import { shellOf } from "../../src/simulate/run_script.ts";
import { readAction } from "../../src/simulate/local_action.ts";
import { readWorkflow } from "../../src/simulate/read_workflow.ts";
import { FACTS } from "./world.ts";

const workflow = (jobs: Readonly<Record<string, readonly string[]>>) =>
  readWorkflow(
    "w.yaml",
    JSON.stringify({
      on: { push: {} },
      jobs: Object.fromEntries(
        Object.entries(jobs)
          .map(([id, needs]) => [id, { "runs-on": "x", needs, steps: [{ run: "true" }] }]),
      ),
    }),
  );

const [BASE = "", HEAD = "", MERGE = ""] = ["b", "c", "d"].map((digit) => digit.repeat(40));
const PULL = pullRequestEvent(
  FACTS,
  { number: 7, head: HEAD, base: BASE, headRef: "patch", labels: ["x"] },
  MERGE,
);
const RUN = { id: 9, attempt: 1, path: "", conclusion: "failure" } as const;
const follows = (name: string) => workflowRunEvent(FACTS, { ...RUN, name }, PULL, BASE);

// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#environment-files
Deno.test("parseCommandFile() reads both syntaxes, and the last of the same name", () => {
  const text = "a=1=2\nb<<EOF\nx=1\n\ny<<Z\nEOF\na=3\nc=<<EOF\n";
  assert.deepEqual([...parseCommandFile(text)], [["a", "3"], ["b", "x=1\n\ny<<Z"], ["c", "<<EOF"]]);
});

Deno.test("parseCommandFile() reads what hubwright writes, whatever the value", () => {
  fc.assert(fc.property(
    fc.dictionary(
      fc.stringMatching(/^[a-z_-]+$/),
      fc.string({ unit: fc.constantFrom(..."ab=<\n ".split("")) }),
    ),
    (outputs) => {
      const text = formatOutputs(outputs, crypto.randomUUID());
      assert.deepEqual(Object.fromEntries(parseCommandFile(text)), { ...outputs });
    },
  ));
});

Deno.test("parseCommandFile() refuses what the runner refuses", () => {
  for (const text of ["just text\n", "a<<EOF\nnever ends\n", "=1\n", "a<<\n\n"]) {
    assert.throws(() => parseCommandFile(text), SyntaxError, text);
  }
});

// https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
Deno.test("shellOf() gives bash pipefail only where bash is named", () => {
  assert.deepEqual(shellOf(undefined, "w").args, ["-e"]);
  assert.deepEqual(shellOf("bash", "w").args, ["--noprofile", "--norc", "-e", "-o", "pipefail"]);
  assert.deepEqual(shellOf("sh", "w"), { program: "sh", args: ["-e"] });
  assert.deepEqual(shellOf("bash -leo pipefail {0}", "w"), {
    program: "bash",
    args: ["-leo", "pipefail"],
  });
  assert.throws(() => shellOf("pwsh", "w.yaml"), /w\.yaml: Cannot simulate the shell "pwsh"/);
});

// https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idneeds
Deno.test("readWorkflow() puts every job after all that it needs, and refuses circles", () => {
  const { order, needed } = workflow({ c: ["b"], b: ["a"], d: [], a: [] });
  assert.deepEqual(order, ["d", "a", "b", "c"]);
  assert.deepEqual(needed.get("c"), new Set(["b", "a"]));
  assert.throws(() => workflow({ a: ["b"], b: ["a"] }), /the job "a": it needs itself by way/);
  assert.throws(() => workflow({ a: ["x"] }), /needs "x", which is not there/);
});

Deno.test("jobStatus() does not take a skipped job far up for a success or a failure", () => {
  const status = (...args: Parameters<typeof jobStatus>) =>
    Object.entries(jobStatus(...args)).filter(([, holds]) => holds).map(([name]) => name).join();
  assert.equal(status(["success", "success"], false), "success");
  assert.equal(status(["success", "skipped"], false), "");
  assert.equal(status(["failure", "skipped"], false), "failure");
  assert.equal(status(["cancelled"], false), "", "the run is not cancelled");
  assert.equal(status(["success", "failure"], true), "cancelled");
  assert.equal(status([], true), "cancelled");
});

Deno.test("worstResult() is failure before cancelled before success", () => {
  const worst = (["failure", "cancelled", "success"] as const)
    .map((_, index, all) => worstResult(all.slice(index).toReversed()));
  assert.deepEqual(worst, ["failure", "cancelled", "success"]);
});

// https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/pass-job-outputs
Deno.test("jobOutputs() adds different names up, and the last leg to finish wins the same name", () => {
  const outputs = jobOutputs(["a", "b", "c"], [{ a: "1", b: "1" }, { b: "2" }]);
  assert.deepEqual(outputs, { a: "1", b: "2", c: "" });
});

Deno.test("legOutputs() skips what is empty, and drops what holds a secret with a warning", () => {
  assert.deepEqual(legOutputs({ a: "", b: "x", c: "my hunter2" }, new Set(["hunter2", ""])), {
    values: { b: "x" },
    warnings: [{ level: "warning", message: "Skip output 'c' since it may contain secret." }],
  });
});

// https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs
Deno.test("jobOutputs() accepts 1 MB of UTF-16 and not a byte more", () => {
  const most = "a".repeat(524_288);
  assert.equal(jobOutputs(["a"], [{ a: most }]).a, most);
  assert.throws(() => jobOutputs(["a"], [{ a: `${most}a` }]), /GitHub accepts 1 MB of one job/);
});

// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
Deno.test("readLogCommands() reads annotations and masks, and stops at what is not modelled", () => {
  const log =
    "::error file=a.yaml,line=1::bad%0Anews 100%25\n::add-mask::s3cret\n::group::x\nplain\n";
  assert.deepEqual(readLogCommands(log), {
    annotations: [{ level: "error", message: "bad\nnews 100%" }],
    masks: ["s3cret"],
  });
  assert.throws(() => readLogCommands("::set-output name=a::b\n"), /"::set-output::"/);
});

// https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#on
Deno.test("isTriggered() looks at branches, types and paths, the last pattern that matches", () => {
  const { on } = readWorkflow(
    "w.yaml",
    JSON.stringify({
      on: {
        push: { branches: ["main"], paths: ["config/**", "!**/README.md"] },
        pull_request: { branches: ["main"] },
        workflow_run: { workflows: ["First"], types: ["completed"] },
      },
      jobs: {},
    }),
  );
  const push = pushEvent(FACTS, BASE, HEAD, false);
  const starts = (changed: readonly string[] | undefined, event = push) =>
    isTriggered({ on, path: "w.yaml" }, event, changed);
  assert.equal(starts(["config/a/b"]), true);
  assert.equal(starts(["config/README.md", "other"]), false);
  assert.equal(starts(undefined), true, "a new branch has nothing to compare with");
  assert.equal(starts(["config/a"], { ...push, ref: "refs/heads/other" }), false);
  const many = Array.from({ length: 301 }, (_, index) => `other/${index}`);
  assert.throws(() => starts([...many, "config/a"]), /GitHub looks at 300/);
  assert.equal(starts([], PULL), true);
  assert.equal(starts(undefined, follows("First")), true);
  assert.equal(starts(undefined, follows("Second")), false);
});

// https://docs.github.com/webhooks/webhook-events-and-payloads#workflow_run
Deno.test("workflowRunEvent() is for the default branch and names the head of the pull request", () => {
  assert.equal(PULL.sha, MERGE, "the run of a pull request is for the merge");
  const { ref, sha, payload: { workflow_run } } = follows("First");
  assert.deepEqual([ref, sha], ["refs/heads/main", BASE]);
  const { id, event, conclusion, head_sha, pull_requests } = Object(workflow_run);
  assert.deepEqual([id, event, conclusion, head_sha, pull_requests], [
    ...[9, "pull_request", "failure", HEAD, []],
  ]);
});

Deno.test("readWorkflow(), readAction() name what is not modelled", () => {
  const read = (text: string) => () => readWorkflow("w.yaml", text);
  const job = "jobs:\n  a:\n    runs-on: x\n    steps: []\n";
  assert.throws(
    read(`on: { push: {} }\n${job}    services: {}\n`),
    /w\.yaml: Cannot simulate "jobs\.a\.services"/,
  );
  assert.throws(read(`on: { release: {} }\n${job}`), /Cannot simulate "on\.release"/);
  assert.throws(read("on: { push: {} }\njobs:\n\ta: 1\n"), /Cannot parse it as YAML/);
  assert.throws(
    () => readAction("a/action.yml", "runs: { using: node24, main: a.js }"),
    /a\/action\.yml: Cannot simulate an action that runs using "node24"/,
  );
});

Deno.test("parseFault() reads every kind of target and fate, and nothing else", () => {
  for (
    const name of [
      "support:a",
      "support:a/b",
      "staging:a.b/c",
      "prod:a/b",
      "check:a/b",
      "job:generate-jobs",
    ]
  ) {
    assert.deepEqual([parseFault(name).target, parseFault(name).fate], [name, "fail"]);
    for (const fate of ["fail", "cancel", "timeout", "lost", "cancel-run"] as const) {
      assert.equal(parseFault(`${name}=${fate}`).fate, fate);
    }
  }
  const wrongs = ["", "support:", "support:a/b/c", "staging:a", "prod:a/b/c", "job:", "x:a"];
  for (const wrong of [...wrongs, "prod:a/b=gone"]) {
    assert.throws(() => parseFault(wrong), /Cannot read --fail/, wrong);
  }
});

const COMMANDS = {
  upgradeSupport: "ops up CLUSTER support",
  upgradeHub: "ops up CLUSTER HUB --wait",
  healthCheck: "./check HUB CLUSTER",
};

Deno.test("DeployCommands reads calls back, and refuses others of the same programs", () => {
  const commands = new DeployCommands(COMMANDS);
  assert.deepEqual(commands.programs, ["ops", "./check"]);
  for (
    const [call, ...wanted] of [
      ["ops up a support", "upgrade-support", "a", undefined],
      ["ops up a b --wait", "upgrade-hub", "a", "b"],
      ["./check h c", "check-hub", "c", "h"],
    ] as const
  ) {
    assert.deepEqual(Object.values(commands.read(call.split(" ")) ?? {}), wanted, call);
  }
  assert.throws(() => commands.read(["ops", "down"]), /Cannot simulate the call "ops down"/);
});

Deno.test("DeployCommands reads the commands that releases have of their own", () => {
  const files = { valuesFiles: [] };
  const commands = new DeployCommands({ ...COMMANDS, healthCheck: null }, [{
    name: "a",
    provider: "gcp",
    file: "a.yaml",
    support: { ...files, upgrade: "helm upgrade support CLUSTER" },
    addons: [{
      ...files,
      name: "pods",
      upgrade: "git pull; helm repo add r && helm install pods | tee log",
    }],
    hubs: [
      { ...files, name: "b", staging: true, upgrade: "helm upgrade HUB", check: "curl b" },
      { ...files, name: "c", staging: false, check: null },
    ],
  }]);
  assert.deepEqual(commands.programs.toSorted(), ["curl", "helm", "ops"]);
  for (
    const [call, ...wanted] of [
      ["helm upgrade support a", "upgrade-support", "a", undefined],
      ["helm install pods", "upgrade-support", "a", "pods"],
      ["helm repo add r"],
      ["helm upgrade b", "upgrade-hub", "a", "b"],
      ["curl b", "check-hub", "a", "b"],
      ["ops up a c --wait", "upgrade-hub", "a", "c"],
    ] as const
  ) {
    assert.deepEqual(Object.values(commands.read(call.split(" ")) ?? {}), wanted, call);
  }
  const faults = ["support:a/pods", "staging:a/b=lost", "prod:a/c"].map(parseFault);
  const fates = commands.fatesOf(faults);
  assert.equal(fates.of(["helm", "install", "pods"]), "fail");
  assert.equal(fates.of(["helm", "upgrade", "b"]), "lost");
  assert.deepEqual(fates.calls.map(({ words }) => words.join(" ")), [
    "helm install pods",
    "helm upgrade b",
    "ops up a c --wait",
  ]);
});

Deno.test("DeployCommands finds the program in what a shell reads, and refuses to guess", () => {
  for (
    const [upgradeHub, ...wanted] of [
      ['bash -lc \'deployer up "$CLUSTER" "${HUB}"\'', "deployer", "up", "c", "h"],
      ["cd deployer && ./up -f $CLUSTER.yaml HUB 2>&1 | tee log", "./up", "-f", "c.yaml", "h"],
      ['A="x y" time up "$CLUSTER" HUB > log --at "$(date \'+%s\')"', "up", "c", "h", "--at", "7"],
      ["deployer \\\n  'a b' \\* CLUSTER HUB", "deployer", "a b", "*", "c", "h"],
    ] as const
  ) {
    const commands = new DeployCommands({ ...COMMANDS, upgradeHub });
    assert.ok(commands.programs.includes(wanted[0]), upgradeHub);
    assert.deepEqual(commands.read(wanted), { action: "upgrade-hub", cluster: "c", hub: "h" });
    const fates = commands.fatesOf([parseFault("staging:c/h=lost"), parseFault("check:c/h")]);
    assert.equal(fates.of(wanted), "lost");
    assert.equal(fates.of(wanted.map((word) => word === "h" ? "other" : word)), undefined);
  }
  for (
    const upgradeHub of [
      "bash up.sh CLUSTER HUB",
      'up "CLUSTER HUB',
      "export A=CLUSTER B=HUB; make",
      '"$PROGRAM" CLUSTER HUB',
    ]
  ) {
    assert.throws(() => new DeployCommands({ ...COMMANDS, upgradeHub }), /Cannot intercept/);
  }
});
