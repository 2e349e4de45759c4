import assert from "node:assert/strict";
import fc from "fast-check";
import { parseCommandFile } from "../../../src/simulate/command_file.ts";
import { matrixJobs } from "../../../src/plan/matrix.ts";
import { hubwright } from "../../cli/fake_io.ts";
import type { CaseFolder } from "../case_folder.ts";
import { clusterFolders, CLUSTERS_DIR } from "../cluster_case.ts";
import { HOSTILE_TEXTS } from "../hostile.ts";
import { checkPrinted, namesOneOf, orderly } from "../orderly.ts";
import { checkPlan, readableClusters, readPrintedPlan } from "../plan_promises.ts";
import { type ClusterSeeds, EXAMPLE_CLUSTERS, SMALL_CLUSTERS } from "../seeds.ts";
import { type Target, target } from "../target.ts";

/** Paths that rules are about, those of the clusters among them, and others. */
const changedPath = (seeds: ClusterSeeds) => {
  const inFolders = Object.entries(seeds).flatMap(([name, text]) =>
    ["cluster.yaml", ...text.match(/[\w./-]+\.values\.yaml/g) ?? []].map((file) =>
      new URL(file, `file:///${CLUSTERS_DIR}/${name}/`).pathname.slice(1)
    )
  );
  return fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...inFolders) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        "deployer/a.py",
        "helm-charts/basehub/values.yaml",
        "helm-charts/support/values.yaml",
        "docs/index.md",
        `${CLUSTERS_DIR}/templates/cluster.yaml`,
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...HOSTILE_TEXTS).map((text) =>
        `${CLUSTERS_DIR}/earth/${text.replaceAll("\0", "")}`
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom(...HOSTILE_TEXTS).map((text) => text.split("\0")[0]) },
  ).map((path) => path ?? "");
};

const LABELS = [
  ...["deployer:skip-deploy", "deployer:skip-deploy-hubs"],
  ...["deployer:deploy-support", "deployer:deploy-hubs", "documentation"],
];

/** Folders of clusters, changed files and labels, for `plan`. */
export function planTarget(
  seeds: ClusterSeeds = { ...EXAMPLE_CLUSTERS, ...SMALL_CLUSTERS },
  share = 20,
): Target {
  return target({
    name: "cluster files, for plan",
    share,
    cases: fc.record({
      clusters: clusterFolders(seeds),
      changed: fc.array(changedPath(seeds), { minLength: 1, maxLength: 5 }),
      labels: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.subarray(LABELS) },
      ),
      inWorkflow: fc.boolean(),
    }),
    open: (folders) => async ({ clusters, changed, labels, inWorkflow }) => {
      using folder = folders.next();
      using turned = folders.next();
      folder.writeClusters(clusters);
      turned.writeClusters(clusters.toReversed());
      const step = stepOf(folder, inWorkflow);
      const run = (format: string, paths: readonly string[], { path } = folder) =>
        hubwright([
          ...["plan", "--repo", path, "--changed-files-from=-", "--format", format],
          ...["--labels", JSON.stringify(labels), "--plan-file", step.planFile],
        ], { env: step.env, input: paths.map((path) => `${path}\0`).join("") });
      const places = namesOneOf(
        clusters.flatMap(({ name }) => [
          `${CLUSTERS_DIR}/${name}`,
          `${CLUSTERS_DIR}/${name}/cluster.yaml`,
        ]),
      );
      const ran = await run("json", changed);
      const ended = orderly(ran, {
        names: (line) => places(line) || line.startsWith("Cannot use the changed file "),
      });
      if (ended === "refused") {
        step.checkNothingWritten();
        return ended;
      }
      const plan = readPrintedPlan(ran.out);
      checkPlan(plan, readableClusters(clusters));
      step.checkWritten(plan);
      const again = await run("json", [...changed, ...changed].reverse(), turned);
      assert.equal(again.out, ran.out, "the order of files decides nothing");
      // A name that YAML may write in many ways makes hubwright read every file.
      const whole = await run("json", [...changed, "docs/a b.md"]);
      if (whole.code === 0) {
        assert.equal(whole.out, ran.out, "what is passed over is no matter");
      }
      checkPrinted((await run("table", changed)).out);
      return ended;
    },
  });
}

/** The files through which a step says something, and the plan file. */
function stepOf(folder: CaseFolder, inWorkflow: boolean) {
  const path = (name: string) => `${folder.path}/${name}`;
  const [planFile, output, summary] = [path("plan.json"), path("output"), path("summary")];
  const env: Record<string, string> = inWorkflow
    ? { GITHUB_ACTIONS: "true", GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary }
    : {};
  return {
    planFile,
    env,
    checkNothingWritten: () => {
      for (const file of [planFile, output, summary]) assert.equal(sizeOf(file), 0);
    },
    checkWritten: (plan: ReturnType<typeof readPrintedPlan>) => {
      assert.deepEqual(readPrintedPlan(Deno.readTextFileSync(planFile)), plan);
      if (!inWorkflow) return;
      const outputs = parseCommandFile(Deno.readTextFileSync(output));
      const { canaries, prod } = matrixJobs(plan);
      assert.deepEqual(Object.fromEntries(outputs), {
        "support-and-staging-matrix-jobs": JSON.stringify(canaries),
        "prod-hub-matrix-jobs": JSON.stringify(prod),
        "canary-clusters": JSON.stringify(canaries.map(({ cluster_name }) => cluster_name)),
        ledger: "",
      });
      assert.ok(sizeOf(summary) > 0);
    },
  };
}

function sizeOf(file: string): number {
  try {
    return Deno.statSync(file).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
