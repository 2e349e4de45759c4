import assert from "node:assert/strict";
import { FakeGitHub, type FakePullRequest, TOKEN } from "../github/fake_github.ts";
import { hubwright, type Ran } from "./fake_io.ts";
import { committedRepository, earth } from "./repository.ts";
import { Sandbox } from "./sandbox.ts";

/** What a test changes of the usual push of a merged pull request. */
interface Push {
  readonly pullRequest?: Partial<FakePullRequest>;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** What goes wrong in the API. */
  readonly arrange?: (github: FakeGitHub) => void;
}

/** Plans a push that changes the values of a prod hub; the label asks for nothing to be deployed. */
async function planPush({ pullRequest, env, args = [], arrange }: Push = {}): Promise<
  Ran & { readonly prod: readonly unknown[]; readonly calls: number; readonly written: unknown }
> {
  await using folder = await committedRepository(earth("prod.values.yaml"));
  const { before, after } = folder;
  await using temp = await Sandbox.create({ output: "" });
  await using github = new FakeGitHub();
  github.addPullRequest({
    number: 7,
    mergeCommitSha: after,
    commits: [after],
    labels: ["deployer:skip-deploy"],
    ...pullRequest,
  });
  arrange?.(github);
  const ran = await hubwright([
    ...["plan", "--repo", folder.path, "--format", "json"],
    ...["--base", before, "--head", after, ...args],
  ], {
    env: {
      GITHUB_API_URL: github.url,
      GITHUB_EVENT_NAME: "push",
      GITHUB_OUTPUT: temp.join("output"),
      GITHUB_REPOSITORY: github.repository,
      GITHUB_TOKEN: TOKEN,
      ...env,
    },
  });
  const prod = ran.out === "" ? [] : JSON.parse(ran.out).prod;
  return { ...ran, prod, calls: github.requests.length, written: await temp.snapshot() };
}

/** What is different of a push, how many prod hubs it upgrades then, and how often GitHub is asked. */
const PUSHES: readonly (readonly [when: string, push: Push, prod: number, calls: number])[] = [
  ["on a push", {}, 0, 1],
  ["where there are none", { pullRequest: { labels: [] } }, 1, 1],
  ["not of a pull request to another branch", { pullRequest: { baseRef: "next" } }, 1, 2],
  ["not where they are given", { args: ["--labels", "[]"] }, 1, 0],
  ["where they are given as empty text", { args: ["--labels", ""] }, 0, 1],
  ["not where the event is no push", { env: { GITHUB_EVENT_NAME: "pull_request" } }, 1, 0],
];

for (const [when, push, prod, calls] of PUSHES) {
  Deno.test(`plan looks the labels of the merged pull request up ${when}`, async () => {
    const ran = await planPush(push);
    assert.deepEqual({ code: ran.code, err: ran.err }, { code: 0, err: "" });
    assert.deepEqual({ prod: ran.prod.length, calls: ran.calls }, { prod, calls });
  });
}

Deno.test("plan plans nothing on a push where GitHub cannot be asked for the labels, and says how to go on", async () => {
  for (const name of ["GITHUB_TOKEN", "GITHUB_API_URL", "GITHUB_REPOSITORY"]) {
    const { code, out, err, written } = await planPush({ env: { [name]: "" } });
    assert.deepEqual({ code, out, written }, { code: 1, out: "", written: { output: "" } });
    assert.equal(
      err,
      `Cannot read the labels of the merged pull request: ${name} is not set; set it, or give the ` +
        "labels with --labels, '[]' for none\n",
    );
  }
});

Deno.test("plan takes labels in any case, and warns of one that is a slip away", async () => {
  const upper = await planPush({ pullRequest: { labels: ["DEPLOYER:skip-deploy"] } });
  assert.deepEqual(upper.prod, []);
  const slip = await planPush({ pullRequest: { labels: ["deployer:skip-deploys"] } });
  assert.equal(slip.prod.length, 1);
  assert.deepEqual(JSON.parse(slip.out).notices, [{
    level: "warning",
    message: "The label deployer:skip-deploys asks for nothing; did you mean deployer:skip-deploy?",
  }]);
});

for (
  const [when, arrange, message] of [
    [
      "the token lacks the permission",
      (github: FakeGitHub) => void github.tokens.set(TOKEN, new Set()),
      /403 \(Resource not accessible by integration\); give the job "pull-requests: read"/,
    ],
    [
      "the token is not valid",
      (github: FakeGitHub) => void github.tokens.delete(TOKEN),
      /401 \(Bad credentials\); pass a valid token/,
    ],
    [
      "GitHub does not know the commit",
      (github: FakeGitHub) => github.pullRequests.clear(),
      /422 \(No commit found for SHA: [0-9a-f]{40}\); expected a commit that was pushed to octo\//,
    ],
    [
      "GitHub answers something else",
      (github: FakeGitHub) => github.fail({ fault: { kind: "answer", body: "<html>" } }),
      /unknown answer/,
    ],
  ] as const
) {
  Deno.test(`plan sets no output where labels cannot be looked up since ${when}`, async () => {
    const { code, out, err, written } = await planPush({ arrange });
    assert.deepEqual({ code, out, written }, { code: 1, out: "", written: { output: "" } });
    assert.match(err, /^Cannot read the labels of the pull request behind commit [0-9a-f]{40}: /);
    assert.match(err, message);
    assert.equal(err.split("\n").length, 2);
    assert.equal(err.includes(TOKEN), false);
  });
}
