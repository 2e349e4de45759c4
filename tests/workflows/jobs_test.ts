import assert from "node:assert/strict";
import { CUSTOM, EXAMPLE, jobOf, type Repository } from "./repositories.ts";
import {
  type Contexts,
  fill,
  matrixOf,
  pullRequest,
  pushTo,
  type Result,
  runs,
  workflowRun,
} from "./world.ts";

const CANARIES = '[{"cluster_name":"lake","provider":"gcp"}]';
const PROD = '[{"cluster_name":"lake","provider":"gcp","hub_name":"plankton"}]';

/** What happens in a run: how its jobs end where they run, and what they say. */
interface Story {
  readonly github: Contexts;
  /** Whether the run is cancelled, from here on. */
  readonly cancelled?: "while planning" | "in the canaries" | "in the filter";
  readonly generate?: Result;
  /** `null`: the output is not there, as after a failure. */
  readonly canaries?: string | null;
  readonly prod?: string | null;
  readonly canary?: Result;
  readonly filter?: Result;
  readonly passed?: string | null;
}

/** The jobs that run, in order. */
function jobsThatRun({ deploy }: Repository, story: Story): string[] {
  const { github, generate = "success", canary = "success", filter = "success" } = story;
  const { canaries = CANARIES, prod = PROD, passed = PROD, cancelled } = story;
  const did: string[] = [];
  const ran = (id: string, needs: Contexts, success: boolean, late: boolean) => {
    const yes = runs(jobOf(deploy, id), { github, needs, vars: {} }, { success, cancelled: late });
    if (yes) did.push(id);
    return yes;
  };
  const outputs = { "support-and-staging-matrix-jobs": canaries, "prod-hub-matrix-jobs": prod };
  const generated = {
    result: ran("generate-jobs", {}, true, false) ? generate : "skipped",
    outputs,
  };
  const planned = generated.result === "success";
  const canaryRan = ran(
    "upgrade-support-and-staging",
    { "generate-jobs": generated },
    planned,
    cancelled === "while planning",
  );
  const canaryResult = canaryRan ? canary : "skipped";
  const filterRan = ran(
    "filter-generate-jobs",
    {
      "generate-jobs": generated,
      "upgrade-support-and-staging": { result: canaryResult, outputs: {} },
    },
    planned && canaryResult === "success",
    cancelled === "while planning" || cancelled === "in the canaries",
  );
  const filterResult = filterRan ? filter : "skipped";
  ran(
    "upgrade-prod-hubs",
    {
      "filter-generate-jobs": {
        result: filterResult,
        outputs: { "prod-hub-matrix-jobs": filterRan ? passed : null },
      },
    },
    filterResult === "success",
    cancelled !== undefined,
  );
  return did;
}

const JOBS = [
  "generate-jobs",
  "upgrade-support-and-staging",
  "filter-generate-jobs",
  "upgrade-prod-hubs",
];
const ALL = JOBS;
const [GENERATE = ""] = JOBS;
const push = pushTo("refs/heads/main");

const TABLE: readonly (readonly [when: string, story: Story, expected: readonly string[]])[] = [
  ["a push plans both kinds and all goes well", { github: push }, ALL],
  ["a canary fails and another cluster's hubs pass", {
    github: push,
    canary: "failure",
    filter: "failure",
  }, ALL],
  ["the canary job is cancelled by its time limit", {
    github: push,
    canary: "cancelled",
    filter: "failure",
  }, ALL],
  ["the filter blocks every hub", {
    github: push,
    canary: "failure",
    filter: "failure",
    passed: "[]",
  }, JOBS.slice(0, 3)],
  ["the filter fails before it says anything", {
    github: push,
    filter: "failure",
    passed: null,
  }, JOBS.slice(0, 3)],
  ["the filter fails and says nothing", {
    github: push,
    filter: "failure",
    passed: "",
  }, JOBS.slice(0, 3)],
  // What reads the output then fails: a run in which hubs are dropped is red.
  ["GitHub drops what the filter wrote", { github: push, passed: "" }, JOBS],
  ["only prod hubs are planned, of clusters without canary", {
    github: push,
    canaries: "[]",
  }, [GENERATE, "filter-generate-jobs", "upgrade-prod-hubs"]],
  ["only canaries are planned", { github: push, prod: "[]" }, JOBS.slice(0, 2)],
  ["nothing is planned", { github: push, canaries: "[]", prod: "[]" }, [GENERATE]],
  ["planning fails", { github: push, generate: "failure", canaries: null, prod: null }, [GENERATE]],
  ["planning fails after it said something", { github: push, generate: "failure" }, [GENERATE]],
  ["planning takes too long", { github: push, generate: "cancelled" }, [GENERATE]],
  ["GitHub drops what planning wrote", { github: push, canaries: "", prod: "" }, JOBS],
  ["the run is cancelled while planning", {
    github: push,
    cancelled: "while planning",
  }, [GENERATE]],
  ["the run is cancelled in the canaries", {
    github: push,
    cancelled: "in the canaries",
    canary: "cancelled",
  }, JOBS.slice(0, 2)],
  ["the run is cancelled in the filter", {
    github: push,
    cancelled: "in the filter",
    filter: "cancelled",
  }, JOBS.slice(0, 3)],
  ["a pull request plans both kinds", { github: pullRequest() }, [GENERATE]],
  ["a push goes to another branch", { github: pushTo("refs/heads/main-2") }, [GENERATE]],
  ["a tag has the name of the branch", { github: pushTo("refs/tags/main") }, [GENERATE]],
  ["another event runs on the default branch", {
    github: { ...push, event_name: "workflow_dispatch" },
  }, [GENERATE]],
];

for (const [when, story, expected] of TABLE) {
  Deno.test(`deploy-hubs.yaml runs the right jobs where ${when}`, () => {
    assert.deepEqual(jobsThatRun(EXAMPLE, story), expected);
  });
}

const RESULTS: readonly Result[] = ["success", "failure", "cancelled"];
const LISTS = [PROD, "[]", "", null];

Deno.test("deploy-hubs.yaml deploys only what is planned and let through, whatever happens", () => {
  let stories = 0;
  for (const github of [push, pullRequest(), pushTo("refs/heads/other")]) {
    for (const generate of RESULTS) {
      for (const canaries of LISTS) {
        for (const prod of LISTS) {
          for (const canary of RESULTS) {
            for (const filter of RESULTS) {
              for (const passed of LISTS) {
                stories++;
                const story = { github, generate, canaries, prod, canary, filter, passed };
                const may = github === push && generate === "success";
                const canaryRuns = may && canaries !== "[]";
                const filterRuns = may && prod !== "[]";
                const prodRuns = filterRuns && passed !== "[]" &&
                  (passed === PROD || filter === "success");
                const expected = [true, canaryRuns, filterRuns, prodRuns];
                assert.deepEqual(
                  jobsThatRun(EXAMPLE, story),
                  JOBS.filter((_, index) => expected[index]),
                  JSON.stringify(story),
                );
              }
            }
          }
        }
      }
    }
  }
  assert.equal(stories, 3 * 3 * 4 * 4 * 3 * 3 * 4);
});

Deno.test("deploy-hubs.yaml deploys the configured branch and no other", () => {
  const github = pushTo("refs/heads/release/2026");
  assert.deepEqual(jobsThatRun(CUSTOM, { github }), ALL);
  assert.deepEqual(jobsThatRun(CUSTOM, { github: push }), [GENERATE]);
});

Deno.test("deploy-hubs.yaml makes a leg of every item of its list", () => {
  const canaries = jobOf(EXAMPLE.deploy, "upgrade-support-and-staging");
  const outputs = { "support-and-staging-matrix-jobs": CANARIES, "prod-hub-matrix-jobs": PROD };
  assert.deepEqual(
    matrixOf(canaries, { github: push, needs: { "generate-jobs": { outputs } } }),
    JSON.parse(CANARIES),
  );
  const prod = jobOf(EXAMPLE.deploy, "upgrade-prod-hubs");
  const filtered = { outputs: { "prod-hub-matrix-jobs": PROD } };
  assert.deepEqual(
    matrixOf(prod, { github: push, needs: { "filter-generate-jobs": filtered } }),
    JSON.parse(PROD),
  );
});

Deno.test("deploy-hubs.yaml names legs after their cluster and hub", () => {
  const matrix = { jobs: { cluster_name: "kube.delta", hub_name: "estuary" } };
  const name = (id: string) => fill(jobOf(EXAMPLE.deploy, id).name, { matrix });
  assert.equal(name("upgrade-support-and-staging"), "Canary: kube.delta");
  assert.equal(name("upgrade-prod-hubs"), "kube.delta: estuary");
});

Deno.test("deploy-hubs.yaml queues deployments and gives each pull request its own group", () => {
  const { concurrency } = EXAMPLE.deploy.workflow;
  const group = (github: Contexts) => fill(concurrency.group ?? "", { github });
  assert.equal(group(push), "deploy-hubs");
  assert.equal(group(pushTo("refs/heads/other")), "deploy-hubs");
  assert.equal(group(pullRequest()), "deploy-hubs-pull-request-7");
});

Deno.test("comment-deployment-plan-pr.yaml runs only for a pull request's plan that succeeded", () => {
  const job = jobOf(EXAMPLE.comment, "comment");
  const status = { success: true, cancelled: false };
  const follows = (event: string, conclusion: string) =>
    runs(job, { github: workflowRun(event, conclusion) }, status);
  assert.equal(follows("pull_request", "success"), true);
  for (const conclusion of ["failure", "cancelled", "skipped", "timed_out", "action_required"]) {
    assert.equal(follows("pull_request", conclusion), false);
  }
  for (const event of ["push", "pull_request_target", "workflow_dispatch", "schedule"]) {
    assert.equal(follows(event, "success"), false);
  }
});

Deno.test("comment-deployment-plan-pr.yaml has a group for each branch", () => {
  const { group = "" } = EXAMPLE.comment.workflow.concurrency;
  const name = (head_branch: string) =>
    fill(group, { github: workflowRun("pull_request", "success", { head_branch }) });
  assert.equal(name("patch-1"), "comment-deployment-plan-patch-1");
  assert.notEqual(name("patch-2"), name("patch-1"));
});
