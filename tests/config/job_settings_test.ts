import assert from "node:assert/strict";
import { LEG, PROD_LEG } from "../../src/config/leg_values.ts";
import type { Leg, ProdLeg } from "../../src/config/step_config.ts";
import { always } from "../../src/workflow/functions.ts";
import { secret } from "../../src/workflow/github_context.ts";
import { script } from "../../src/workflow/script.ts";
import { run, uses } from "../../src/workflow/step.ts";
import { problemsOf, settingsOf } from "./parsed_config.ts";

const because = (why: string) => ({ access: "read", why }) as const;

Deno.test("Settings.jobs lets what one job is told win over what all are told, key by key", () => {
  const { jobs } = settingsOf({
    jobs: {
      every: {
        runsOn: "ubuntu-slim",
        shell: "bash -leo pipefail {0}",
        env: { TERM: "dumb", REGION: "north" },
        permissions: { issues: because("to look at issues"), packages: because("to pull") },
        before: [{ name: "Everywhere", run: "true" }],
      },
      canary: {
        runsOn: ["self-hosted", "fleet"],
        env: { REGION: secret("REGION") },
        permissions: { packages: { access: "write", why: "to push" } },
        timeoutMinutes: 30,
        maxParallel: 4,
        before: [],
      },
      prod: { runsOn: { group: "fleet", labels: ["large"] }, environment: "prod/CLUSTER/HUB" },
    },
  });
  assert.deepEqual(JSON.parse(JSON.stringify(jobs.canary)), {
    runsOn: ["self-hosted", "fleet"],
    shell: "bash -leo pipefail {0}",
    env: { TERM: "dumb", REGION: JSON.parse(JSON.stringify(secret("REGION"))) },
    permissions: {
      issues: because("to look at issues"),
      packages: { access: "write", why: "to push" },
    },
    timeoutMinutes: 30,
    maxParallel: 4,
    checkout: {},
  });
  assert.deepEqual(jobs.canary.before(LEG), []);
  assert.deepEqual(jobs.plan.before().map(({ name }) => name), ["Everywhere"]);
  assert.deepEqual(jobs.prod.runsOn, { group: "fleet", labels: ["large"] });
  assert.deepEqual(jobs.prod.environment, { name: "prod/CLUSTER/HUB" });
  assert.equal(jobs.report.runsOn, "ubuntu-slim");
});

Deno.test("Settings.jobs is empty without a config", () => {
  const { jobs } = settingsOf({});
  for (const { before: _, after: __, ...job } of Object.values(jobs)) {
    assert.deepEqual(job, { env: {}, permissions: {}, checkout: {} });
  }
});

Deno.test("Settings.jobs gives the steps of a job, as a list or for a leg, and the build's", () => {
  const { jobs, build, after } = settingsOf({
    after: (leg: Leg) => [{ name: "Say", run: "true", env: { STATUS: leg.status } }],
    jobs: {
      prod: {
        after: (leg: ProdLeg) => [{ name: "Tell", run: "true", env: { HUB: leg.hub_name } }],
      },
    },
    build: {
      steps: [{ name: "Build", run: "make images", workingDirectory: "images" }],
      job: { name: "Images", timeoutMinutes: 45 },
    },
  });
  assert.deepEqual(jobs.prod.after(PROD_LEG), [
    { name: "Tell", run: "true", env: { HUB: PROD_LEG.hub_name } },
  ]);
  assert.deepEqual(after(LEG), [{ name: "Say", run: "true", env: { STATUS: LEG.status } }]);
  assert.deepEqual(build?.steps(), [
    { name: "Build", run: "make images", workingDirectory: "images" },
  ]);
  assert.deepEqual([build?.job.name, build?.job.timeoutMinutes], ["Images", 45]);
});

Deno.test("Settings.setup() reads what run and uses make like what is written as an object", () => {
  const commit = "3d3c42e5aac5ba805825da76410c181273ba90b1";
  const tag = run({
    name: "Find the tag",
    id: "tag",
    if: always(),
    env: { A: "b" },
    outputs: ["name"],
    script: (env) => script`echo name=${env.A} >> "$GITHUB_OUTPUT"`,
  });
  const steps = [
    tag,
    uses({ name: "Local", uses: { kind: "local", path: "./a" }, with: { tag: tag.outputs.name } }),
    uses({ name: "Locked", uses: { kind: "locked", name: "owner/name" } }),
    uses({ name: "Pinned", uses: { kind: "pinned", name: "owner/x", commit, version: "v1" } }),
  ];
  const read = settingsOf({ setup: steps }).setup(LEG);
  const [first, ...others] = read.map((step) => JSON.parse(JSON.stringify(step)));
  assert.deepEqual([first.name, first.id, first.env, first.run], [
    ...["Find the tag", "tag"] as const,
    { A: "b" },
    'echo name="$A" >> "$GITHUB_OUTPUT"',
  ]);
  assert.deepEqual(others.map(({ with: _, ...step }) => step), [
    { name: "Local", uses: "./a" },
    { name: "Locked", uses: "owner/name" },
    { name: "Pinned", uses: `owner/x@${commit}`, version: "v1" },
  ]);
});

Deno.test("parseConfig() takes the shells that stop at a command that fails", async () => {
  const shells = [
    ...["bash", "sh", "bash -e {0}", "sh -eu {0}", "bash -leo pipefail {0}", "/bin/bash -le {0}"],
    ...["bash --noprofile --norc -eo pipefail {0}", "bash -l -o errexit -o pipefail {0}"],
  ];
  const script = await Deno.makeTempFile();
  await Deno.writeTextFile(script, "false\necho never\n");
  for (const shell of shells) {
    assert.deepEqual(problemsOf({ jobs: { every: { shell } } }), [], shell);
    if (!shell.includes("{0}")) continue;
    const [program = "", ...words] = shell.split(" ");
    const args = words.map((word) => word === "{0}" ? script : word);
    const { code, stdout } = await new Deno.Command(program, { args, stderr: "null" }).output();
    assert.deepEqual([code, new TextDecoder().decode(stdout)], [1, ""], shell);
  }
  await Deno.remove(script);
});

Deno.test("Settings.jobs says where a step is wrong, with its place", () => {
  const text = `export default defineConfig({
  jobs: { every: { after: [{ name: "x", run: "true", shel: "bash" }] } },
});`;
  const after = [{ name: "x", run: "true", shel: "bash" }];
  const { jobs } = settingsOf({ jobs: { every: { after } } }, text);
  assert.throws(
    () => jobs.plan.after(),
    /^UserError: hubwright\.config\.ts:2:54: Cannot read "jobs\.every\.after\[0\]": .* did you mean "shell"\?$/,
  );
});

Deno.test("Settings.jobs takes steps with all that a step can have", () => {
  const step = {
    name: "All of it",
    id: "all",
    if: always(),
    env: { A: 1 },
    continueOnError: true,
    timeoutMinutes: 3,
    outputs: ["tag"],
    comment: "It may fail.",
    run: "true",
    shell: "python {0}",
    workingDirectory: "images",
  };
  const { jobs } = settingsOf({ jobs: { canary: { before: [step] } } });
  assert.deepEqual(jobs.canary.before(LEG), [step]);
});
