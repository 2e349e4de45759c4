import assert from "node:assert/strict";
import { CUSTOM } from "./all_repositories.ts";
import { EXAMPLE } from "./example.ts";
import { jobOf, type Repository } from "./repositories.ts";
import {
  type Contexts,
  fill,
  FINE,
  mergeGroup,
  pullRequest,
  pullRequestTarget,
  pushTo,
  runs,
  workflowRun,
} from "./world.ts";

const JOBS = [
  "generate-jobs",
  "upgrade-support-and-staging",
  "filter-generate-jobs",
  "upgrade-prod-hubs",
];
const LEGS = '[{"cluster_name":"lake","provider":"gcp","hub_name":"plankton"}]';
const push = pushTo("refs/heads/main");

/** What happens in a run: how its jobs end where they run, and what they say. */
interface Story {
  readonly github: Contexts;
  /** The job in which the run is cancelled. */
  readonly cancelled?: number;
  readonly generate?: string;
  /** `null`: the output is not there, as after a failure. */
  readonly canaries?: string | null;
  readonly prod?: string | null;
  readonly canary?: string;
  readonly filter?: string;
  readonly passed?: string | null;
}

/** The jobs that run, in order. */
function jobsThatRun({ deploy }: Repository, story: Story): string[] {
  const { github, generate = "success", canary = "success", filter = "success" } = story;
  const { canaries = LEGS, prod = LEGS, passed = LEGS, cancelled = 9 } = story;
  const did: string[] = [];
  const ends = (index: number, needs: Contexts, success: boolean, result: string) => {
    const [id = ""] = JOBS.slice(index);
    const contexts = { github, needs, vars: {} };
    if (!runs(jobOf(deploy, id), contexts, { success, cancelled: cancelled < index })) {
      return "skipped";
    }
    did.push(id);
    return result;
  };
  const outputs = { "support-and-staging-matrix-jobs": canaries, "prod-hub-matrix-jobs": prod };
  const generated = { result: ends(0, {}, true, generate), outputs };
  const planned = generated.result === "success";
  const canaryResult = ends(1, { "generate-jobs": generated }, planned, canary);
  const filterResult = ends(
    2,
    {
      "generate-jobs": generated,
      "upgrade-support-and-staging": { result: canaryResult, outputs: {} },
    },
    planned && canaryResult === "success",
    filter,
  );
  const lets = { "prod-hub-matrix-jobs": filterResult === "skipped" ? null : passed };
  const filtered = { "filter-generate-jobs": { result: filterResult, outputs: lets } };
  ends(3, filtered, filterResult === "success", "success");
  return did;
}

/** All combinations of one value from each list. */
function combinations<T extends object>(
  lists: { readonly [Key in keyof T]: readonly T[Key][] },
): readonly T[] {
  return Object.entries<readonly unknown[]>(lists).reduce<object[]>(
    (all, [key, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [key]: value }))),
    [{}],
  ) as T[];
}

const ENDS = ["success", "failure"];
const RESULTS = [...ENDS, "cancelled"];
// GitHub drops an output that holds a secret: then it is empty.
const LISTS = [LEGS, "[]", "", null];

Deno.test("deploy-hubs.yaml deploys only what is planned and let through, whatever happens", () => {
  const stories = combinations<Required<Story>>({
    ...{ github: [push], generate: RESULTS, canary: ENDS, filter: ENDS },
    ...{ canaries: LISTS, prod: LISTS, passed: LISTS, cancelled: [0, 1, 2, 9] },
  });
  assert.equal(stories.length, 3 * 2 ** 2 * 4 ** 4);
  for (const story of stories) {
    const { generate, canaries, prod, filter, passed, cancelled } = story;
    const may = generate === "success" && cancelled > 0;
    const filters = may && cancelled > 1 && prod !== "[]";
    const deploys = filters && cancelled > 2 && passed !== "[]" &&
      (passed === LEGS || filter === "success");
    const expected = [true, may && canaries !== "[]", filters, deploys];
    assert.deepEqual(
      jobsThatRun(EXAMPLE, story),
      JOBS.filter((_, index) => expected[index]),
      JSON.stringify(story),
    );
  }
});

Deno.test("deploy-hubs.yaml deploys nothing but a push to the default branch, whichever that is", () => {
  const pushes = [pushTo("refs/heads/main-2"), pushTo("refs/tags/main")];
  const dispatch = { ...push, event_name: "workflow_dispatch" };
  for (const github of [pullRequest(), mergeGroup(), ...pushes, dispatch]) {
    for (const result of [undefined, "failure"]) {
      const story = { github, ...(result && { canary: result, filter: result }) };
      assert.deepEqual(jobsThatRun(EXAMPLE, story), JOBS.slice(0, 1));
    }
  }
  const github = pushTo("refs/heads/release/2026");
  assert.deepEqual(jobsThatRun(CUSTOM, { github }), JOBS);
  assert.deepEqual(jobsThatRun(CUSTOM, { github: push }), JOBS.slice(0, 1));
});

Deno.test("deploy-hubs.yaml queues deployments and gives each pull request its own group", () => {
  const { concurrency } = EXAMPLE.deploy.workflow;
  const group = (github: Contexts) => fill(concurrency.group ?? "", { github });
  assert.equal(group(push), "deploy-hubs");
  assert.equal(group(pushTo("refs/heads/other")), "deploy-hubs");
  assert.equal(group(pullRequest()), "deploy-hubs-pull-request-7");
  assert.equal(group(mergeGroup()), "deploy-hubs-merge-refs/heads/gh-readonly-queue/main/pr-7");
});

// What is not in the payload of an event is null to GitHub.
const event = pullRequestTarget().event as Contexts;
const BESIDE = pullRequestTarget({ event: { ...event, workflow_run: null } });

Deno.test("comment-deployment-plan-pr.yaml runs only for a pull request's plan that succeeded, marks only beside one", () => {
  const ran = (github: Contexts) =>
    ["comment", "outdate"].filter((id) => runs(jobOf(EXAMPLE.comment, id), { github }, FINE));
  assert.deepEqual(ran(workflowRun("pull_request", "success")), ["comment"]);
  assert.deepEqual(ran(BESIDE), ["outdate"]);
  for (const conclusion of ["failure", "cancelled", "skipped", "timed_out", "action_required"]) {
    assert.deepEqual(ran(workflowRun("pull_request", conclusion)), []);
  }
  for (const event of ["push", "pull_request_target", "workflow_dispatch", "schedule"]) {
    assert.deepEqual(ran(workflowRun(event, "success")), []);
  }
});

Deno.test("comment-deployment-plan-pr.yaml has a group for each branch, whichever event it is for", () => {
  const { group = "" } = EXAMPLE.comment.workflow.concurrency;
  const name = (head_branch: string, full_name = "ada/infrastructure") => {
    const run = { head_branch, head_repository: { full_name } };
    return fill(group, { github: workflowRun("pull_request", "success", run) });
  };
  assert.equal(name("patch-1"), "comment-deployment-plan-ada/infrastructure:patch-1");
  const names = [name("patch-1"), name("patch-2"), name("patch-1", "bob/infrastructure")];
  assert.equal(new Set([...names, name("b-c", "ada/a"), name("c", "ada/a-b")]).size, 5);
  assert.equal(fill(group, { github: BESIDE }), name("patch-1"));
});
