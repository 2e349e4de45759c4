import assert from "node:assert/strict";
import fc from "fast-check";
import { parseCommandFile } from "../../../src/simulate/script_output.ts";
import type { Cluster } from "../../../src/plan/cluster.ts";
import { matrixJobs } from "../../../src/plan/matrix.ts";
import { NO_CLUSTER_LEGS } from "../../../src/plan/rollout.ts";
import type { Plan } from "../../../src/plan/schema.ts";
import { hubwright } from "../../cli/fake_io.ts";
import type { CaseFolder } from "../case_folder.ts";
import { clusterFolders, CLUSTERS_DIR, type ClusterSeeds, SEEDS } from "../cluster_case.ts";
import { HOSTILE_TEXTS } from "../hostile.ts";
import { checkPrinted, namesOneOf, orderly } from "../orderly.ts";
import { checkPlan, readableClusters, readPrintedPlan } from "../plan_promises.ts";
import { type Target, target } from "../target.ts";
import { jsonTexts, mutatedValues } from "../values.ts";

/** Paths that rules are about, those of the clusters among them, and others. */
const changedPath = (seeds: ClusterSeeds) => {
  const inFolders = Object.entries(seeds).flatMap(([name, text]) =>
    ["cluster.yaml", ...text.match(/[\w./-]+\.values\.yaml/g) ?? []].map((file) =>
      new URL(file, `file:///${CLUSTERS_DIR}/${name}/`).pathname.slice(1)
    )
  );
  const elsewhere = [
    ...["deployer/a.py", "helm-charts/basehub/values.yaml", "helm-charts/support/values.yaml"],
    ...["docs/index.md", `${CLUSTERS_DIR}/templates/cluster.yaml`],
  ];
  const hostile = fc.constantFrom(...HOSTILE_TEXTS);
  return fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...inFolders) },
    { weight: 2, arbitrary: fc.constantFrom(...elsewhere) },
    {
      weight: 1,
      arbitrary: hostile.map((text) => `${CLUSTERS_DIR}/earth/${text.replaceAll("\0", "")}`),
    },
    { weight: 1, arbitrary: hostile.map((text) => text.split("\0")[0] ?? "") },
  );
};

const labelLists = fc.subarray([
  ...["deployer:skip-deploy", "deployer:skip-deploy-hubs"],
  ...["deployer:deploy-support", "deployer:deploy-hubs", "documentation"],
]);

/** Folders of clusters, changed files and labels, for `plan`. */
export function planTarget(seeds: ClusterSeeds = SEEDS, share = 24): Target {
  return target({
    name: "cluster files and labels, for plan",
    share,
    cases: fc.record({
      clusters: clusterFolders(seeds),
      changed: fc.array(changedPath(seeds), { minLength: 1, maxLength: 5 }),
      labels: fc.oneof(
        { weight: 3, arbitrary: fc.constant("[]") },
        { weight: 2, arbitrary: labelLists.map((labels) => JSON.stringify(labels)) },
        { weight: 1, arbitrary: jsonTexts(mutatedValues(labelLists)) },
      ),
      inWorkflow: fc.boolean(),
    }),
    open: (folders) => async ({ clusters: files, changed, labels, inWorkflow }) => {
      using folder = folders.next();
      using turned = folders.next();
      folder.writeClusters(files);
      turned.writeClusters(files.toReversed());
      const step = stepOf(folder, inWorkflow);
      const run = (format: string, paths: readonly string[], { path } = folder) =>
        hubwright([
          ...["plan", "--repo", path, "--changed-files-from=-", "--format", format],
          ...[`--labels=${labels}`, "--plan-file", step.planFile],
        ], { env: step.env, input: paths.map((path) => `${path}\0`).join("") });
      const places = namesOneOf(files.flatMap(({ name }) => [
        `${CLUSTERS_DIR}/${name}`,
        `${CLUSTERS_DIR}/${name}/cluster.yaml`,
      ]));
      const names = (line: string) =>
        places(line) || /^Cannot (?:use the changed file |read "--labels)/.test(line);
      const ran = await run("json", changed);
      if (orderly(ran, { names }) === "refused") {
        step.checkNothingWritten();
        return "refused";
      }
      const plan = readPrintedPlan(ran.out);
      const clusters = readableClusters(files);
      checkPlan(plan, clusters);
      checkLabels(labels, plan, clusters);
      step.checkWritten(plan);
      const again = await run("json", [...changed, ...changed].reverse(), turned);
      assert.equal(again.out, ran.out, "the order of files decides nothing");
      // A name that YAML may write in many ways makes hubwright read every file.
      const whole = await run("json", [...changed, "docs/a b.md"]);
      if (whole.code === 0) assert.equal(whole.out, ran.out, "what is passed over is no matter");
      checkPrinted((await run("table", changed)).out);
      return "accepted";
    },
  });
}

function checkLabels(text: string, plan: Plan, clusters: ReadonlyMap<string, Cluster>): void {
  const labels: readonly unknown[] = text === "" ? [] : JSON.parse(text);
  assert.ok(labels.every((label) => typeof label === "string"), "labels are texts");
  const asks = (name: string) => labels.includes(`deployer:${name}`);
  const legs = [...plan.support_and_staging, ...plan.prod];
  const hubs = [...plan.prod, ...plan.support_and_staging.flatMap((leg) => leg.staging_hubs)];
  if (asks("skip-deploy")) assert.deepEqual(legs, []);
  else if (asks("skip-deploy-hubs")) assert.deepEqual(hubs, []);
  else if (asks("deploy-hubs")) {
    assert.equal(hubs.length, [...clusters.values()].flatMap(({ hubs }) => hubs).length);
  }
}

/** The files through which a step says something, and the plan file. */
function stepOf(folder: CaseFolder, inWorkflow: boolean) {
  const path = (name: string) => `${folder.path}/${name}`;
  const [planFile, output, summary] = [path("plan.json"), path("output"), path("summary")];
  const env: Record<string, string> = inWorkflow
    ? { GITHUB_ACTIONS: "true", GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary }
    : {};
  const read = (file: string) => {
    try {
      return Deno.readTextFileSync(file);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return "";
      throw error;
    }
  };
  return {
    planFile,
    env,
    checkNothingWritten: () => assert.equal([planFile, output, summary].map(read).join(""), ""),
    checkWritten: (plan: Plan) => {
      assert.deepEqual(readPrintedPlan(read(planFile)), plan);
      if (!inWorkflow) return;
      const { canaries, prod } = matrixJobs(plan);
      assert.deepEqual(Object.fromEntries(parseCommandFile(read(output))), {
        "support-and-staging-matrix-jobs": JSON.stringify(canaries),
        "prod-hub-matrix-jobs": JSON.stringify(prod),
        "canary-clusters": JSON.stringify(canaries.map(({ cluster_name }) => cluster_name)),
        waves: "[]",
        clusters: JSON.stringify(NO_CLUSTER_LEGS),
        ledger: "",
      });
      assert.notEqual(read(summary), "");
    },
  };
}
