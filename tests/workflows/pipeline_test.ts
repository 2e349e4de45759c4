/**
 * The scripts of the generated workflows, run for real: bash, Deno with the permissions that the
 * workflow gives, git, and a stand-in for GitHub's API.
 */
import assert from "node:assert/strict";
import { PLAN_ARTIFACT } from "../../src/github/artifact.ts";
import { Plan } from "../../src/plan/schema.ts";
import { copyExample, Sandbox } from "../cli/sandbox.ts";
import { FakeGitHub, TOKEN } from "../github/fake_github.ts";
import { EXAMPLE, jobOf, stepOf } from "./repositories.ts";
import { parseOutputs, runStep, type ShellResult } from "./shell.ts";
import { type Contexts, fillAll, pullRequest, pushTo, workflowRun } from "./world.ts";

const CANARIES = "support-and-staging-matrix-jobs";
const PROD = "prod-hub-matrix-jobs";

const generate = jobOf(EXAMPLE.deploy, "generate-jobs");
const filter = jobOf(EXAMPLE.deploy, "filter-generate-jobs");
const comment = jobOf(EXAMPLE.comment, "comment");

/** A runner: a checkout, a folder for temporary files, and GitHub's API. */
class Runner implements AsyncDisposable {
  readonly github = new FakeGitHub();

  private constructor(readonly checkout: Sandbox, readonly temp: Sandbox) {}

  /** Checks out a copy of the example, with one commit. */
  static async create(): Promise<Runner> {
    const checkout = await copyExample();
    await checkout.git("init", "--quiet");
    await checkout.write(".git/info/exclude", ".hubwright\n");
    await checkout.commit("Base");
    return new Runner(checkout, await Sandbox.create());
  }

  /** Commits a change of a file; answers with the commits before and after. */
  async change(path: string): Promise<{ readonly before: string; readonly sha: string }> {
    const before = await this.checkout.git("rev-parse", "HEAD");
    await this.checkout.write(path, `${await this.checkout.read(path)}\n# changed\n`);
    return { before, sha: await this.checkout.commit("Change") };
  }

  /** Runs a step. What it says is in the files that the methods below read. */
  async run(job: typeof generate, name: string, contexts: Contexts): Promise<ShellResult> {
    await this.temp.write("output", "");
    await this.temp.write("summary", "");
    const github = contexts.github as Contexts;
    return await runStep(stepOf(job, name), {
      ...contexts,
      github: { ...github, token: TOKEN },
      runner: { temp: this.temp.path },
    }, {
      cwd: this.checkout.path,
      env: {
        GITHUB_ACTIONS: "true",
        GITHUB_API_URL: this.github.url,
        GITHUB_EVENT_NAME: String(github.event_name),
        GITHUB_OUTPUT: this.temp.join("output"),
        GITHUB_REPOSITORY: this.github.repository,
        GITHUB_STEP_SUMMARY: this.temp.join("summary"),
      },
    });
  }

  /** The outputs that the last step set. */
  async outputs(): Promise<Record<string, string>> {
    return parseOutputs(await this.temp.read("output"));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.github[Symbol.asyncDispose]();
    await this.checkout[Symbol.asyncDispose]();
    await this.temp[Symbol.asyncDispose]();
  }
}

function assertWell({ code, err }: ShellResult): void {
  assert.deepEqual({ code, err }, { code: 0, err: "" });
}

Deno.test("deploy-hubs.yaml, comment-deployment-plan-pr.yaml bring a pull request's plan into a comment", async () => {
  await using runner = await Runner.create();
  const { sha: head } = await runner.change("config/clusters/fjord/kelp.values.yaml");
  // GitHub checks out a merge of the pull request: its first parent is the base.
  await runner.checkout.git("checkout", "--quiet", "-b", "merge", "HEAD^");
  await runner.checkout.git("merge", "--quiet", "--no-ff", "--message", "Merge", head);
  const sha = await runner.checkout.git("rev-parse", "HEAD");
  runner.github.addPullRequest({ number: 7, headSha: head });
  const github = pullRequest(["documentation"], { sha });

  const planned = await runner.run(generate, "Plan", { github });
  assertWell(planned);
  assert.match(planned.out, /│ fjord +│ aws +│ kelp +│/);
  const outputs = await runner.outputs();
  assert.deepEqual(Object.keys(outputs), [CANARIES, PROD]);
  assert.deepEqual(JSON.parse(outputs[CANARIES] ?? ""), [
    { cluster_name: "fjord", provider: "aws", upgrade_support: false, staging_hubs: ["staging"] },
  ]);
  assert.deepEqual(JSON.parse(outputs[PROD] ?? ""), [
    { cluster_name: "fjord", provider: "aws", hub_name: "kelp" },
  ]);
  const summary = await runner.temp.read("summary");
  assert.match(summary, /^## Deployment plan\n/);
  assert.match(summary, /```mermaid\nflowchart LR\n/);
  const planFile = await runner.temp.read("plan.json");
  const plan = Plan.parse(JSON.parse(planFile));
  assert.equal(plan.head, sha);
  assert.deepEqual(plan.prod.map(({ hub_name }) => hub_name), ["kelp"]);
  assert.deepEqual(runner.github.requests, [], "the labels are in the event");

  const together = "Put the plan and the pull request's number together";
  assertWell(await runner.run(generate, together, { github }));
  const { output: _, summary: __, ...left } = await runner.temp.snapshot();
  assert.deepEqual(left, {
    [`${PLAN_ARTIFACT.name}/${PLAN_ARTIFACT.number}`]: "7\n",
    [`${PLAN_ARTIFACT.name}/${PLAN_ARTIFACT.plan}`]: planFile,
  });

  const follows = workflowRun("pull_request", "success", { head_sha: head });
  const commented = await runner.run(comment, "Comment", { github: follows });
  assertWell(commented);
  assert.equal(commented.out, "Pull request 7: Created the comment.\n");
  const [body = ""] = runner.github.comments.map(({ body }) => body);
  assert.match(body, /^<!-- deployment-plan -->\n## Deployment plan\n/);
  assert.match(body, /<code>kelp<\/code>/);
  assert.match(
    body,
    /\[this run\]\(https:\/\/github\.com\/octo\/infrastructure\/actions\/runs\/456\)/,
  );
});

Deno.test("deploy-hubs.yaml plans a push with the labels of its pull request, then filters", async () => {
  await using runner = await Runner.create();
  const { before, sha } = await runner.change("helm-charts/basehub/values.yaml");
  runner.github.addPullRequest({
    number: 7,
    mergeCommitSha: sha,
    commits: [sha],
    labels: ["deployer:deploy-support"],
  });
  const push = pushTo("refs/heads/main");
  const github = { ...push, sha, event: { ...push.event as Contexts, before, after: sha } };

  assertWell(await runner.run(generate, "Plan", { github }));
  const outputs = await runner.outputs();
  const canaries = JSON.parse(outputs[CANARIES] ?? "");
  const prod: { cluster_name: string }[] = JSON.parse(outputs[PROD] ?? "");
  assert.deepEqual(
    canaries.map((leg: Contexts) => leg.cluster_name),
    EXAMPLE.clusters.filter((cluster) =>
      cluster.support !== null || cluster.hubs.some((hub) => hub.staging)
    ).map(({ name }) => name),
  );
  assert.ok(canaries.some((leg: Contexts) => leg.upgrade_support));
  assert.equal(runner.github.requests.length, 1, "the labels are looked up");

  // Each leg records its verdict; of one the runner is lost, of another a step fails.
  const verdict = jobOf(EXAMPLE.deploy, "upgrade-support-and-staging");
  const recorded: Record<string, string> = {};
  for (const jobs of canaries.filter((leg: Contexts) => leg.cluster_name !== "meadow")) {
    const job = { status: jobs.cluster_name === "lake" ? "failure" : "success" };
    assertWell(await runner.run(verdict, "Record the verdict", { github, matrix: { jobs }, job }));
    const steps = { verdict: { outputs: filled(verdict.outputs, await runner.outputs()) } };
    const said = Object.entries(fillAll(verdict.outputs, { steps })).filter(([, text]) => text);
    Object.assign(recorded, Object.fromEntries(said));
  }
  assert.equal(recorded.success_lake, "failure");
  assert.equal(recorded["success_kube-delta"], "true");
  assert.equal("success_meadow" in recorded, false);

  const needs = {
    "generate-jobs": { result: "success", outputs },
    "upgrade-support-and-staging": { result: "failure", outputs: recorded },
  };
  const { code, out, err } = await runner.run(filter, "Filter", { github, needs });
  assert.equal(code, 1, "the run is red where a hub is blocked");
  const passed = JSON.parse((await runner.outputs())[PROD] ?? "");
  const blockedClusters = ["lake", "meadow"];
  assert.deepEqual(passed, prod.filter((leg) => !blockedClusters.includes(leg.cluster_name)));
  assert.ok(passed.some((leg: Contexts) => leg.cluster_name === "lake-west"));
  const blocked = prod.filter((leg) => blockedClusters.includes(leg.cluster_name));
  assert.equal(err.split("\n").length - 1, blocked.length);
  assert.match(err, /^::error::The prod hub \S+ of lake is blocked: the canary failed$/m);
  assert.match(err, /^::error::The prod hub \S+ of meadow is blocked: .* no verdict/m);
  assert.match(out, new RegExp(`Prod hubs that are blocked: ${blocked.length}\\b`));
  assert.match(
    await runner.temp.read("summary"),
    new RegExp(`^## Prod hubs\n\n${passed.length} may deploy, ${blocked.length} blocked\\.\n`),
  );
});

Deno.test("deploy-hubs.yaml lets everything through where every canary passed", async () => {
  await using runner = await Runner.create();
  const prod = JSON.stringify([{ cluster_name: "kube.delta", provider: "gcp", hub_name: "x" }]);
  const canaries = JSON.stringify([
    { cluster_name: "kube.delta", provider: "gcp", upgrade_support: true, staging_hubs: [] },
  ]);
  const result = await runner.run(filter, "Filter", {
    github: pushTo("refs/heads/main"),
    needs: {
      "generate-jobs": { result: "success", outputs: { [CANARIES]: canaries, [PROD]: prod } },
      "upgrade-support-and-staging": {
        result: "success",
        outputs: { "success_kube-delta": "true" },
      },
    },
  });
  assertWell(result);
  assert.deepEqual(await runner.outputs(), { [PROD]: prod });
});

Deno.test("deploy-hubs.yaml plans everything on a new branch, where there is no commit before", async () => {
  await using runner = await Runner.create();
  const sha = await runner.checkout.git("rev-parse", "HEAD");
  runner.github.commits.add(sha);
  const push = pushTo("refs/heads/main");
  const event = { ...push.event as Contexts, before: "0".repeat(40), after: sha };
  assertWell(await runner.run(generate, "Plan", { github: { ...push, sha, event } }));
  const legs = JSON.parse((await runner.outputs())[PROD] ?? "");
  const hubs = EXAMPLE.clusters.flatMap((cluster) => cluster.hubs.filter((hub) => !hub.staging));
  assert.equal(legs.length, hubs.length);
  assert.match(await runner.temp.read("summary"), /the branch is new/);
});

Deno.test("deploy-hubs.yaml sets no output where the plan fails", async () => {
  await using runner = await Runner.create();
  const { sha } = await runner.change("config/clusters/fjord/cluster.yaml");
  await runner.checkout.write(
    "config/clusters/fjord/cluster.yaml",
    "name: fjord\n\tprovider: aws\n",
  );
  const { code, out, err } = await runner.run(generate, "Plan", {
    github: pullRequest([], { sha }),
  });
  assert.equal(code, 1);
  assert.equal(out, "");
  assert.match(err, /^::error file=config\/clusters\/fjord\/cluster\.yaml,line=2,col=1::/);
  assert.deepEqual(await runner.temp.snapshot(), { output: "", summary: "" });
});

/** The outputs that a step did not set are empty text. */
function filled(
  names: Readonly<Record<string, string>> = {},
  outputs: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(Object.keys(names).map((name) => [name, outputs[name] ?? ""]));
}
