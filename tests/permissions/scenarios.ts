import { copyExample, type Sandbox } from "../cli/sandbox.ts";
import {
  type Contexts,
  pullRequest,
  pullRequestTarget,
  pushTo,
  workflowRun,
} from "../workflows/world.ts";
import type { Call } from "./call.ts";
import type { Around } from "./run.ts";

/** A run of a step that shows something that the step needs. */
export interface Scenario extends Around {
  readonly name: string;
  readonly command: Call["command"];
  /** How it ends. */
  readonly code: number;
}

const LAKE = "config/clusters/lake";
const LEG = { cluster_name: "lake", provider: "gcp" };

/** Makes runs of the steps that between them do everything that a step has to be able to do. */
export async function makeScenarios(
  stack: AsyncDisposableStack,
  only?: Call["command"],
): Promise<readonly Scenario[]> {
  const [checkout, broken] = await Promise.all([copyExample(), copyExample()]);
  stack.use(checkout);
  stack.use(broken);
  const [{ before, after }, mistake] = await Promise.all([
    commitChange(checkout, `${LAKE}/cluster.yaml`, (text) => text),
    commitChange(broken, `${LAKE}/cluster.yaml`, () => "name: []\n"),
  ]);
  const push = (change: { before: string; after: string }) => ({
    github: pushTo("refs/heads/main", {
      sha: change.after,
      event: { ref: "refs/heads/main", forced: false, ...change },
    }),
  });
  const sha = "a".repeat(40);
  const plan = JSON.stringify({
    version: 1,
    base: "",
    head: "",
    support_and_staging: [],
    prod: [{ ...LEG, hub_name: "plankton", reason: "x" }],
    notices: [],
  });
  const artifact = { "pr/plan.json": plan, "pr/number": "7\n" };
  const run = { github: workflowRun("pull_request", "success") };
  const scenarios: readonly Scenario[] = [
    {
      name: "a push whose pull request had a label",
      command: "plan",
      code: 0,
      checkout,
      contexts: push({ before, after }),
      prepare: (api) =>
        api.addPullRequest({
          number: 7,
          mergeCommitSha: after,
          commits: [after],
          labels: ["deployer:deploy-support"],
        }),
    },
    {
      name: "a pull request",
      command: "plan",
      code: 0,
      checkout,
      contexts: { github: pullRequest(["deployer:skip-deploy-hubs"], { sha: after }) },
    },
    {
      name: "a mistake in a cluster.yaml",
      command: "plan",
      code: 1,
      checkout: broken,
      contexts: push(mistake),
      prepare: (api) => void api.commits.add(mistake.after),
    },
    {
      name: "a canary that failed",
      command: "filter",
      code: 1,
      checkout,
      contexts: { ...push({ before, after }), needs: needsOf("failure@1") },
    },
    {
      name: "a canary that succeeded when it was run again",
      command: "filter",
      code: 0,
      checkout,
      contexts: {
        github: { ...push({ before, after }).github, run_attempt: "2" },
        needs: needsOf("success@2"),
      },
      prepare: (api) => void api.jobs.push({ name: "Canary (lake, gcp, true)", run_attempt: 2 }),
    },
    {
      name: "the plan of a pull request",
      command: "comment",
      code: 0,
      checkout,
      contexts: run,
      files: artifact,
      prepare: (api) => api.addPullRequest({ number: 7, headSha: sha }),
    },
    {
      name: "the plan of another commit",
      command: "comment",
      code: 0,
      checkout,
      contexts: run,
      files: artifact,
      prepare: (api) => api.addPullRequest({ number: 7, headSha: "b".repeat(40) }),
    },
    {
      name: "an artifact without a number",
      command: "comment",
      code: 1,
      checkout,
      contexts: run,
      files: { "pr/plan.json": plan },
    },
    {
      name: "a pull request that has moved on",
      command: "outdate",
      code: 0,
      checkout,
      contexts: { github: pullRequestTarget() },
      prepare: (api) => {
        api.addPullRequest({ number: 7, headSha: "b".repeat(40) });
        api.addComment(7, `<!-- deployment-plan -->\n<!-- ${sha} main -->\nA plan`);
      },
    },
    {
      name: "a pull request that is gone",
      command: "outdate",
      code: 1,
      checkout,
      contexts: { github: pullRequestTarget() },
    },
  ];
  return scenarios.filter(({ command }) => only === undefined || command === only);
}

/** What the filter reads of the jobs before it. */
function needsOf(verdict: string): Contexts {
  return {
    "generate-jobs": {
      outputs: {
        "canary-clusters": JSON.stringify([LEG.cluster_name]),
        "prod-hub-matrix-jobs": JSON.stringify([
          { ...LEG, hub_name: "plankton" },
          { cluster_name: "summit", provider: "aws", hub_name: "ridge" },
        ]),
      },
    },
    "upgrade-support-and-staging": { result: "failure", outputs: { success_lake: verdict } },
  };
}

/** Commits the folder, then a change of a file. */
async function commitChange(
  folder: Sandbox,
  path: string,
  change: (text: string) => string,
): Promise<{ before: string; after: string }> {
  await folder.git("init", "--quiet");
  const before = await folder.commit("Before");
  await folder.write(path, `${change(await folder.read(path))}# changed\n`);
  return { before, after: await folder.commit("After") };
}
