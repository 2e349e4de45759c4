import assert from "node:assert/strict";
import type { Cluster } from "../../src/plan/cluster.ts";
import {
  clusterOf,
  jobOf,
  type Repository,
  repositoryOf,
  stepOf,
  type StepText,
} from "./repositories.ts";
import { runStep } from "./shell.ts";
import { type Contexts, pushTo, runs } from "./world.ts";

const LAKE = clusterOf("lake", 2, 3);

const CLUSTERS: readonly Cluster[] = [{
  ...LAKE,
  support: { valuesFiles: [], upgrade: "echo own support of CLUSTER" },
  addons: [
    { name: "ingress", valuesFiles: [], upgrade: "echo ingress" },
    { name: "pods", valuesFiles: [], upgrade: "cat <<END\npods\nEND" },
  ],
  hubs: LAKE.hubs.map((hub) => {
    switch (hub.name) {
      case "staging-0":
        return { ...hub, upgrade: "echo own CLUSTER HUB", check: "echo own check" };
      case "prod-0":
        return { ...hub, check: null };
      case "prod-1":
        return { ...hub, upgrade: 'echo "$HUB" own # said' };
      default:
        return hub;
    }
  }),
}, clusterOf("sea", 1, 1)];

const commands = {
  upgradeSupport: "echo support CLUSTER",
  upgradeHub: "echo upgrade CLUSTER HUB",
  healthCheck: "echo check CLUSTER HUB",
};

const REPOSITORY = repositoryOf("releases with commands of their own", { commands }, CLUSTERS);

function contextsOf(jobs: Contexts): Contexts {
  return { github: pushTo("refs/heads/main"), matrix: { jobs }, job: { status: "success" } };
}

/** What the steps say that deploy something in a leg. */
async function said({ deploy }: Repository, id: string, jobs: Contexts) {
  const contexts = contextsOf(jobs);
  const lines: string[] = [];
  const isRun = (step: StepText) =>
    /^(?:Upgrade|Check) (?:the (?:s|hub)|staging|add-on)/.test(step.name) &&
    runs(step, contexts, { success: true, cancelled: false });
  for (const step of jobOf(deploy, id).steps.filter(isRun)) {
    const { code, out, err } = await runStep(step, contexts, { cwd: "/" });
    assert.equal(code, 0, err);
    lines.push(...out.split("\n").filter(Boolean));
  }
  return lines;
}

function canary(cluster_name: string, addons: string[], staging_hubs: string[]): Contexts {
  return { cluster_name, provider: "gcp", upgrade_support: true, staging_hubs, addons };
}

Deno.test("deploy-hubs.yaml upgrades and checks releases with commands of their own, and others with the config's", async () => {
  const id = "upgrade-support-and-staging";
  const of = (jobs: Contexts) => said(REPOSITORY, id, jobs);
  assert.deepEqual(await of(canary("lake", ["ingress", "pods"], ["staging-0", "staging-1"])), [
    "own support of lake",
    "ingress",
    "pods",
    ...["own lake staging-0", "own check", "upgrade lake staging-1", "check lake staging-1"],
  ]);
  assert.deepEqual(await of(canary("sea", [], ["staging-0"])), [
    ...["support sea", "upgrade sea staging-0", "check sea staging-0"],
  ]);
});

const prod = (repository: Repository, cluster_name: string, hub_name: string) =>
  said(repository, "upgrade-prod-hubs", { cluster_name, provider: "gcp", hub_name });

Deno.test("deploy-hubs.yaml checks no prod hub that says so, and others", async () => {
  const cases = [
    [["lake", "prod-0"], ["upgrade lake prod-0"]],
    [["lake", "prod-1"], ["prod-1 own", "check lake prod-1"]],
    [["sea", "prod-0"], ["upgrade sea prod-0", "check sea prod-0"]],
  ] as const;
  for (const [[cluster, hub], lines] of cases) {
    assert.deepEqual(await prod(REPOSITORY, cluster, hub), lines);
  }
});

Deno.test("deploy-hubs.yaml stops a leg with an add-on that it does not know", async () => {
  const job = jobOf(REPOSITORY.deploy, "upgrade-support-and-staging");
  const step = stepOf(job, "Upgrade add-on 1");
  const { code, out } = await runStep(step, contextsOf(canary("sea", ["pods"], [])), { cwd: "/" });
  assert.equal(code, 1);
  assert.match(out, /::error::This workflow is out of date/);
  const guard = stepOf(job, "Make sure that there is a step for every add-on");
  const isRun = (...addons: string[]) =>
    runs(guard, contextsOf(canary("lake", addons, [])), { success: true, cancelled: false });
  assert.deepEqual([isRun("a", "b"), isRun("a", "b", "c")], [false, true]);
});

Deno.test("deploy-hubs.yaml has no step that checks where the config has no health check", () => {
  const { deploy } = repositoryOf("no health check", {
    commands: { ...commands, healthCheck: null },
  }, [clusterOf("lake", 1)]);
  for (const { steps } of Object.values(deploy.workflow.jobs)) {
    assert.deepEqual(steps.filter(({ name }) => /^Check (?:staging|the hub)/.test(name)), []);
  }
});

/** Texts that would end the branch that they are in, or never end it. */
const LEAKING = [
  "true ;; *) echo leaked",
  "true\n;;\n*)\necho leaked",
  "true\nesac\necho leaked\ncase x in",
  'echo "open',
  "echo 'open",
  "if true; then",
  "cat <<END\nopen",
  "echo $(",
  "echo \\",
  "true )",
];

for (const upgrade of LEAKING) {
  Deno.test(`deploy-hubs.yaml upgrades other hubs as ever beside the command ${JSON.stringify(upgrade)}`, async () => {
    const hubs = LAKE.hubs.map((hub) => hub.name === "prod-0" ? { ...hub, upgrade } : hub);
    const odd = { name: "odd", upgrade: "echo own", staging: false, valuesFiles: [] };
    const clusters = [{ ...LAKE, hubs: [...hubs, odd] }, clusterOf("sea", 1, 1)];
    const repository = repositoryOf(upgrade, { commands }, clusters);
    assert.deepEqual(await prod(repository, "lake", "prod-1"), [
      "upgrade lake prod-1",
      "check lake prod-1",
    ]);
    assert.deepEqual(await prod(repository, "lake", "odd"), ["own", "check lake odd"]);
  });
}
