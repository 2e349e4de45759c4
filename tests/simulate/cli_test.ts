import assert from "node:assert/strict";
import { hubwright } from "../cli/fake_io.ts";
import { Sandbox } from "../cli/sandbox.ts";
import { runDeno } from "../run_program.ts";
import { change, exampleRepository } from "./example.ts";

// docs_test.ts has what is printed as tables, and the exit codes that go with it.
Deno.test("hubwright simulate reports as JSON and Mermaid, and exits with 1 where red", async () => {
  await using repository = await exampleRepository();
  await change(repository, "config/clusters/fjord/kelp.values.yaml");
  const simulate = (...args: readonly string[]) =>
    hubwright(["simulate", "--repo", repository.path, ...args]);

  const fault = "staging:fjord/staging=lost";
  const red = await simulate("--base", "HEAD^", "--fail", fault, "--format", "json");
  assert.equal(red.code, 1);
  const { green, releases } = JSON.parse(red.out);
  assert.equal(green, false);
  const [staging, kelp, glacier] = ["staging", "kelp", "glacier"].map((name) =>
    releases.find(({ cluster, hub }: Record<string, string>) => cluster === "fjord" && hub === name)
  );
  assert.deepEqual([staging.status, staging.why], ["failed", "the upgrade lost its runner"]);
  assert.equal(kelp.status, "blocked");
  assert.match(kelp.why, /^the canary recorded no verdict: its runner was lost/);
  assert.equal(glacier.status, "not planned");

  const unused = ["--fail=prod:fjord/glacier", "--fail=job:comment=lost"];
  const nothing = await simulate("--base=HEAD", ...unused, "--format=mermaid");
  assert.equal(nothing.code, 0);
  assert.match(nothing.out, /^flowchart LR\n/);
});

Deno.test("hubwright simulate refuses what it cannot simulate, in one line", async () => {
  await using repository = await exampleRepository();
  await using empty = await Sandbox.create();
  const simulate = async (repo: string, ...args: readonly string[]) => {
    const { code, err } = await hubwright(["simulate", "--repo", repo, ...args]);
    return `${code} ${err}`;
  };
  const { path } = repository;
  const base = "--base=HEAD";
  const unused =
    /^1 Cannot skip the action "actions\/checkouts": no step uses it, .*; did you mean "actions\/checkout"\?\n$/;
  const misspelt =
    /^1 Cannot let "support:lak" go wrong: expected support:fjord, .*did you mean "support:lake"\?/;
  for (
    const [wanted, repo, ...args] of [
      [
        /^2 Cannot tell what changed: expected one of --base REF, --before REF, --push and --step\n/,
        path,
      ],
      [/^1 Cannot find the commit --base "nowhere"/, path, "--base", "nowhere"],
      [/^2 Cannot read the step "fly": expected push/, path, "--step", "fly"],
      [/^2 Cannot use --fail with --push: a step says/, path, "--push=A..B", "--fail=prod:a/b"],
      [/^2 Cannot tell the order of --push and --step/, path, "--push=A..B", "--step=schedule"],
      [/^1 Cannot simulate the step "schedule": expected push BASE/, path, "--step=schedule"],
      [/^2 Cannot read --fail "x": expected/, path, base, "--fail=x"],
      [misspelt, path, base, "--fail=support:lak"],
      [unused, path, base, "--skip-action=actions/checkouts"],
      [/^1 Cannot simulate in .*not a git repository/, empty.path, base],
      [/^1 Cannot find the repository "\/nowhere"/, "/nowhere", base],
      [/^1 Cannot simulate in .*expected the root of a git repository/, `${path}/config`, base],
    ] as const
  ) assert.match(await simulate(repo, ...args), wanted);
  await repository.git("rm", "--quiet", "-r", ".github/workflows");
  await repository.commit("No workflows");
  assert.match(
    await simulate(path, "--base=HEAD^"),
    /^1 \.github\/workflows: Cannot find generated workflows in the commit \w+: generate and commit them\n$/,
  );
});

Deno.test("hubwright simulate merges into a base that has moved on, and leaves out what is not committed", async () => {
  await using repository = await exampleRepository();
  await repository.git("checkout", "--quiet", "-b", "base");
  await change(repository, "config/clusters/lake/plankton.values.yaml");
  await repository.git("checkout", "--quiet", "main");
  await change(repository, "config/clusters/fjord/kelp.values.yaml");
  await repository.write("config/clusters/fjord/staging.values.yaml", "a: 1\n");
  const { out, err } = await hubwright([
    ...["simulate", "--repo", repository.path, "--base", "base", "--format", "json"],
  ]);
  const { releases, notices } = JSON.parse(out);
  const hubs = releases.filter(({ status }: Record<string, string>) => status === "deployed")
    .map(({ cluster, hub }: Record<string, string>) => `${cluster}/${hub}`);
  assert.deepEqual(hubs.sort(), ["fjord/kelp", "fjord/staging"]);
  assert.match(notices.join(), /the base has moved on: what is simulated is the merge/);
  assert.match(err, /^What is not committed is left out, config/);
});

Deno.test("hubwright simulate leaves the repository and the temporary folder as they were", async () => {
  await using repository = await exampleRepository();
  await change(repository, "config/clusters/fjord/kelp.values.yaml");
  await using temporary = await Sandbox.create();
  const before = [await repository.snapshot(), await repository.git("count-objects", "-v")];
  const { code, err } = await runDeno([
    ...["run", "-P=hubwright", "src/cli/main.ts", "simulate", "--repo", repository.path],
    ...["--base", "HEAD^", "--event", "pull_request"],
  ], { env: { TMPDIR: temporary.path } });
  assert.equal(code, 0, err);
  assert.deepEqual(
    [await repository.snapshot(), await repository.git("count-objects", "-v")],
    before,
  );
  assert.deepEqual(await temporary.snapshot(), {});
});

Deno.test("hubwright simulate runs pushes one after the other, and fails where one is forgotten", async () => {
  await using repository = await exampleRepository();
  await change(repository, "config/clusters/lake/plankton.values.yaml");
  await change(repository, "config/clusters/fjord/kelp.values.yaml");
  const simulate = (...args: readonly string[]) =>
    hubwright(["simulate", "--repo", repository.path, ...args]);
  const nothing = await simulate("--push", "HEAD..HEAD");
  assert.deepEqual([nothing.code, nothing.err], [0, ""]);
  assert.match(nothing.out, /^1\. push HEAD\.\.HEAD: no run\n[^]*Nothing is wrong/m);
  const failing = ["--push", "HEAD~2..HEAD~1 fail=staging:lake/staging", "--push", "HEAD"];
  const json = await simulate(...failing, "--format", "json");
  const [first, second] = JSON.parse(json.out);
  assert.deepEqual([json.code, first.runs[0].conclusion, second.runs[0].conclusion], [
    ...[1, "failure", "success"],
  ]);
  assert.match(second.wrong.join("\n"), /^lake\/plankton needs an upgrade since/m);
  const cancelled = ["--push", "HEAD~2..HEAD~1 cancel", "--push", "HEAD cancel"];
  const mermaid = await simulate(...cancelled, "--format", "mermaid");
  assert.match(mermaid.out, /^flowchart LR\n[^]*^ {2}run0 --> run1\n/m);
});
