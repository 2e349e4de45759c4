/** A pull request's run and the run that follows it, up to the comment. */
import assert from "node:assert/strict";
import { realMachines } from "../../src/simulate/machine.ts";
import type { Simulation } from "../../src/simulate/record.ts";
import type { Sandbox } from "../cli/sandbox.ts";
import { FakeGitHub, TOKEN } from "../github/fake_github.ts";
import { change, exampleRepository, simulatorOf } from "./example.ts";
import { fastMachines } from "./fast_machines.ts";

const NUMBER = 1;
const TEMPLATE = "config/clusters/templates/hub.values.yaml";

/** A pull request on GitHub. */
class PullRequest implements AsyncDisposable {
  readonly github = new FakeGitHub();

  private constructor(readonly repository: Sandbox) {}

  static async open(): Promise<PullRequest> {
    const repository = await exampleRepository();
    await repository.git("branch", "base");
    return new PullRequest(repository);
  }

  /** What happens after a push to it. */
  async pushed(labels: readonly string[] = [], machines = fastMachines): Promise<Simulation> {
    const headSha = await this.repository.git("rev-parse", "HEAD");
    this.github.addPullRequest({ number: NUMBER, headSha });
    await using simulator = await simulatorOf(this.repository, {
      api: { url: this.github.url, tokenFor: () => TOKEN },
      repository: this.github.repository,
      machines,
    });
    return await simulator.simulate({ base: "base", event: "pull_request", labels });
  }

  get comment(): string | undefined {
    assert.ok(this.github.comments.length < 2);
    return this.github.comments[0]?.body;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.github[Symbol.asyncDispose]();
    await this.repository[Symbol.asyncDispose]();
  }
}

function conclusions({ runs }: Simulation): string[] {
  return runs.map(({ event, conclusion }) => `${event}: ${conclusion}`);
}

Deno.test("a pull request's first plan creates the comment, the second and an empty one update it", async () => {
  await using pullRequest = await PullRequest.open();
  const { repository, github } = pullRequest;
  // The base branch moves on: what it brings is no part of the pull request's plan.
  await repository.git("checkout", "--quiet", "base");
  await change(repository, "config/clusters/summit/workshop.values.yaml");
  await repository.git("checkout", "--quiet", "main");

  await change(repository, "config/clusters/fjord/kelp.values.yaml");
  const first = await pullRequest.pushed([], realMachines);
  assert.deepEqual(conclusions(first), ["pull_request: success", "workflow_run: success"]);
  assert.deepEqual([first.green, first.comments], [true, []]);
  assert.match(pullRequest.comment ?? "", /^<!-- deployment-plan -->\n[\s\S]*<code>kelp<\/code>/);
  assert.doesNotMatch(pullRequest.comment ?? "", /workshop/);
  assert.equal(
    first.releases.filter(({ status }) => status === "planned").map(({ hub }) => hub).join(),
    "staging,kelp",
  );
  assert.match(pullRequest.comment ?? "", new RegExp(`actions/runs/${first.runs[0]?.id}\\)`));

  await change(repository, "config/clusters/lake-west/enc-ripple.secret.values.yaml");
  await pullRequest.pushed();
  assert.match(pullRequest.comment ?? "", /<code>kelp<\/code>[\s\S]*<code>ripple<\/code>/);

  const empty = await pullRequest.pushed(["deployer:skip-deploy"]);
  assert.equal(empty.green, true);
  assert.doesNotMatch(pullRequest.comment ?? "", /kelp<\/code>|ripple<\/code>/);
  assert.match(pullRequest.comment ?? "", /Merging this deploys nothing\./);
  assert.deepEqual(github.writes().map((write) => write.split(" ")[0]), ["POST", "PATCH", "PATCH"]);
});

Deno.test("a pull request that plans nothing and has no comment gets none", async () => {
  await using pullRequest = await PullRequest.open();
  await change(pullRequest.repository, TEMPLATE);
  const simulation = await pullRequest.pushed();
  assert.deepEqual(conclusions(simulation), ["pull_request: success", "workflow_run: success"]);
  assert.deepEqual(pullRequest.github.writes(), []);
});

Deno.test("a pull request whose plan fails gets no comment, and the run is red", async () => {
  await using pullRequest = await PullRequest.open();
  const { repository } = pullRequest;
  await repository.write("config/clusters/fjord/cluster.yaml", "name: fjord\nhubs: 3\n");
  await repository.commit("Break it");
  const simulation = await pullRequest.pushed();
  assert.deepEqual(conclusions(simulation), ["pull_request: failure", "workflow_run: skipped"]);
  assert.deepEqual([simulation.green, pullRequest.github.writes()], [false, []]);
  assert.match(simulation.notices.join(), /cannot be planned: .*fjord\/cluster\.yaml/);
});

Deno.test("a pull request that touches no path of the rules starts nothing", async () => {
  await using pullRequest = await PullRequest.open();
  await change(pullRequest.repository, "README.md");
  const simulation = await pullRequest.pushed();
  assert.deepEqual([simulation.runs, simulation.green], [[], true]);
});
