import { packLedger } from "../../src/ledger/packed_ledger.ts";
import { copyExample, type Sandbox } from "../cli/sandbox.ts";
import { EMPTY_REPOSITORY } from "../git/temp_repository.ts";
import type { FakeGitHub } from "../github/fake_github.ts";
import { owedUpgrade } from "../ledger/fleets.ts";
import {
  type Contexts,
  pullRequest,
  pullRequestTarget,
  pushTo,
  SHA,
  workflowRun,
} from "../workflows/world.ts";
import { type Call, TASK } from "./call.ts";
import type { Around } from "./run.ts";

/** A run of a step that shows something that the step needs. */
export interface Scenario extends Around {
  readonly name: string;
  /** How it ends. */
  readonly code: number;
}

type Row = Omit<Scenario, "checkout">;

const CONFIG = "hubwright.config.ts";
const OTHER = "b".repeat(40);
const LEG = { cluster_name: "lake", provider: "gcp" };
const PLAN = JSON.stringify({
  version: 1,
  base: "",
  head: "",
  support_and_staging: [],
  prod: [{ ...LEG, hub_name: "plankton", reason: "x" }],
  notices: [],
});

/** Makes runs of a step that between them do everything that it has to be able to do. */
export async function makeScenarios(
  stack: AsyncDisposableStack,
  command: Call["command"],
): Promise<readonly Scenario[]> {
  const checkout = stack.use(await copyExample("infrastructure", EMPTY_REPOSITORY));
  const rows = command === "plan"
    ? await planRows(checkout)
    : command === "plan with a ledger"
    ? await ledgerRows(checkout)
    : command === "task"
    ? await taskRows(checkout)
    : ROWS[command];
  return rows.map((row) => ({ checkout, ...row }));
}

async function taskRows(checkout: Sandbox): Promise<readonly Row[]> {
  await checkout.write(CONFIG, `export default { tasks: ${JSON.stringify([TASK])} };\n`);
  const event = await commitChange(checkout);
  const push = (sha: string) => ({ github: pushTo("refs/heads/main", { sha, event }) });
  return [
    { name: "a push", code: 0, contexts: push(event.after) },
    {
      name: "a pull request",
      code: 0,
      contexts: { github: pullRequest([], { sha: event.after }) },
    },
    { name: "a commit that is not there", code: 1, contexts: push(OTHER) },
  ];
}

async function planRows(checkout: Sandbox): Promise<readonly Row[]> {
  const { before, after } = await commitChange(checkout);
  const event = { ref: "refs/heads/main", forced: false, before, after };
  const push = (sha: string) => ({ github: pushTo("refs/heads/main", { sha, event }) });
  return [
    {
      name: "a push whose pull request had a label",
      code: 0,
      contexts: push(after),
      // A commit of which GitHub knows no pull request is asked about again.
      prepare: (api) => {
        const labels = ["deployer:deploy-support"];
        api.addPullRequest({ number: 7, mergeCommitSha: after, commits: [after], labels });
      },
    },
    {
      name: "a pull request",
      code: 0,
      contexts: { github: pullRequest(["deployer:skip-deploy-hubs"], { sha: after }) },
    },
    { name: "a commit that is not there", code: 1, contexts: push(OTHER) },
  ];
}

/** Runs of `plan` with a ledger that begins at the commit before. */
async function ledgerRows(checkout: Sandbox): Promise<readonly Row[]> {
  const text = await checkout.read(CONFIG);
  const before = await checkout.commit("Before");
  const ledger = `defineConfig({\n  ledger: { since: "${before}" },`;
  await checkout.write(CONFIG, text.replace("defineConfig({", ledger));
  const { after } = await commitChange(checkout);
  const run = (run_attempt: string) => ({
    github: pushTo("refs/heads/main", {
      sha: after,
      run_attempt,
      event: { ref: "refs/heads/main", forced: false, before, after, inputs: null },
    }),
  });
  const prepare = (api: FakeGitHub) => {
    api.addPullRequest({ number: 7, mergeCommitSha: after, commits: [after] });
    api.commits.add(before);
    api.runs.push({ id: 123, run_number: 1 });
  };
  const byHand = (inputs: Contexts) => {
    const { github } = run("1");
    const event = { ...github.event as Contexts, before: null, inputs };
    return { github: { ...github, event_name: "workflow_dispatch", event } };
  };
  const asked = { releases: "lake/plankton", phase: "prod", "dry-run": "true" };
  const labeled = pullRequest(["deployer:skip-deploy-hubs"], { sha: after });
  const event = { ...labeled.event as Contexts, inputs: null };
  return [
    // What most of them need comes first: a run after that is not needed.
    { name: "a start by hand", code: 0, contexts: byHand(asked), prepare },
    {
      name: "a push that is run again after a later one",
      code: 0,
      contexts: run("2"),
      prepare: (api) => {
        prepare(api);
        api.runs.push({ id: 124, run_number: 2 });
      },
    },
    { name: "a push", code: 0, contexts: run("1"), prepare },
    { name: "a pull request", code: 0, contexts: { github: { ...labeled, event } } },
  ];
}

const LEDGER = JSON.stringify(packLedger({
  ...{ environment: "hubs", head: SHA, record: null, as_of: OTHER, bases: {}, canaries: [] },
  prod: [{ ...LEG, hub_name: "plankton" }],
  ...{ held: [], settled: [] },
}));
const PLANNED = { needs: { "generate-jobs": { outputs: { ledger: LEDGER } } } };

const FOLLOWS = { github: workflowRun("pull_request", "success") };
const ARTIFACT = { "pr/plan.json": PLAN, "pr/number": "7\n" };

const ROWS: Readonly<
  Record<Exclude<Call["command"], "plan" | "plan with a ledger" | "task">, readonly Row[]>
> = {
  filter: [
    { name: "a canary that failed", code: 1, contexts: filterContexts("failure@1") },
    {
      name: "a canary that succeeded when it was run again",
      code: 0,
      contexts: filterContexts("success@2", { run_attempt: "2" }),
      prepare: (api) => void api.jobs.push({ name: "Canary (lake, gcp, true)", run_attempt: 2 }),
    },
  ],
  comment: [
    {
      name: "the plan of a pull request",
      code: 0,
      contexts: FOLLOWS,
      files: ARTIFACT,
      prepare: (api) => api.addPullRequest({ number: 7, headSha: SHA }),
    },
    {
      name: "the plan of another commit",
      code: 0,
      contexts: FOLLOWS,
      files: ARTIFACT,
      prepare: (api) => api.addPullRequest({ number: 7, headSha: OTHER }),
    },
  ],
  "comment with a ledger": [
    {
      name: "the plan of a pull request, where something is owed",
      code: 0,
      contexts: FOLLOWS,
      files: ARTIFACT,
      prepare: (api) => {
        api.addPullRequest({ number: 7, headSha: SHA });
        const owed = [owedUpgrade("lake/krill")];
        api.deployments.add({ version: 1, as_of: SHA, owed });
      },
    },
  ],
  guard: [
    {
      name: "a leg that may go on",
      code: 0,
      contexts: { github: pushTo("refs/heads/main"), ...PLANNED },
      prepare: (api) => void api.runs.push({ id: 123, run_number: 1 }),
    },
    {
      name: "a leg after a later run",
      code: 1,
      contexts: { github: pushTo("refs/heads/main"), ...PLANNED },
      prepare: (api) => void api.runs.push({ id: 123, run_number: 1 }, { id: 124, run_number: 2 }),
    },
  ],
  report: [
    {
      name: "a hub that failed",
      code: 0,
      contexts: { github: pushTo("refs/heads/main"), ...PLANNED },
      prepare: (api) => {
        api.addPullRequest({ number: 7, mergeCommitSha: SHA, commits: [SHA] });
        api.jobs.push({
          name: "Prod hub (lake, gcp, plankton)",
          run_attempt: 1,
          conclusion: "failure",
          steps: [{ name: "Upgrade the hub", conclusion: "failure" }],
        });
      },
    },
    {
      name: "a run that is run again",
      code: 0,
      contexts: { github: pushTo("refs/heads/main", { run_attempt: "2" }), ...PLANNED },
      prepare: (api) => {
        api.addPullRequest({ number: 7, mergeCommitSha: SHA, commits: [SHA] });
        api.runs.push({ id: 123, run_number: 1 });
      },
    },
    {
      name: "a record that cannot be read",
      code: 1,
      contexts: { github: pushTo("refs/heads/main"), ...PLANNED },
      prepare: (api) => {
        api.commits.add(SHA);
        api.deployments.add("deploy main");
      },
    },
  ],
  outdate: [
    {
      name: "a pull request that has moved on",
      code: 0,
      contexts: { github: pullRequestTarget() },
      prepare: (api) => {
        api.addPullRequest({ number: 7, headSha: OTHER });
        api.addComment(7, `<!-- deployment-plan -->\n<!-- ${SHA} main -->\nA plan`);
      },
    },
    { name: "a pull request that is gone", code: 1, contexts: { github: pullRequestTarget() } },
  ],
};

/** What the filter reads of the jobs before it. */
function filterContexts(verdict: string, change: Contexts = {}): Around["contexts"] {
  const outputs = {
    "canary-clusters": JSON.stringify([LEG.cluster_name]),
    "prod-hub-matrix-jobs": JSON.stringify([
      { ...LEG, hub_name: "plankton" },
      { cluster_name: "summit", provider: "aws", hub_name: "ridge" },
    ]),
  };
  return {
    github: pushTo("refs/heads/main", change),
    needs: {
      "generate-jobs": { outputs },
      "upgrade-support-and-staging": { result: "failure", outputs: { success_lake: verdict } },
    },
  };
}

/** Commits the folder, then a change of a cluster's file. */
async function commitChange(folder: Sandbox): Promise<{ before: string; after: string }> {
  const path = "config/clusters/lake/cluster.yaml";
  const before = await folder.commit("Before");
  await folder.write(path, `${await folder.read(path)}# changed\n`);
  return { before, after: await folder.commit("After") };
}
