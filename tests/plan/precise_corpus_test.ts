import assert from "node:assert/strict";
import { compareClusterFiles } from "../../src/config/cluster_change.ts";
import { defaultSettings } from "../../src/config/settings.ts";
import { buildChartGraph } from "../../src/plan/charts.ts";
import { decide } from "../../src/plan/decide.ts";
import { buildRules } from "../../src/plan/rules.ts";
import { CLUSTERS_DIR, NO_LABELS } from "./arbitraries.ts";
import { type Corpus, CORPUS_RULES, needsCorpus, type Push, readCorpus } from "./corpus.ts";

const { inertKeys, inertHubKeys } = defaultSettings("").rules;

/** That repository's charts: its daskhub depends on its basehub. */
const CHARTS = buildChartGraph("helm-charts", [
  { folder: "helm-charts/basehub", dependencies: [], ignores: () => false },
  {
    folder: "helm-charts/daskhub",
    dependencies: ["helm-charts/basehub"],
    ignores: () => false,
  },
  { folder: "helm-charts/support", dependencies: [], ignores: () => false },
]);

const clusterFile = (folder: string) => `${CLUSTERS_DIR}/${folder}/cluster.yaml`;

/** The folders whose `cluster.yaml` a push changed, with the ids of the file before and after. */
function changedClusters({ changed, clusters, base }: Push) {
  return changed.flatMap(([, path]) => {
    const folder = path.slice(CLUSTERS_DIR.length + 1).split("/")[0] ?? "";
    if (path !== clusterFile(folder) || folder === "templates") return [];
    const after = clusters[folder];
    const before = base.absent.includes(folder) ? undefined : base.differs[folder] ?? after;
    return [{ path, before, after }];
  });
}

/** Which releases a push upgrades, and by which rules, as `CLUSTER/RELEASE`. */
function decided(corpus: Corpus, push: Push, precision: "cluster" | "hub") {
  const clusters = corpus.clustersOf(push);
  const precise = precision === "cluster" ? undefined : {
    deleted: push.changed.filter(([status]) => status === "D").map(([, path]) => path),
    clusterChanges: new Map(
      changedClusters(push).map(({ path, before = "", after = "" }) => [
        path,
        compareClusterFiles(corpus.texts.get(before), corpus.texts.get(after), {
          cluster: inertKeys,
          hub: inertHubKeys,
        }),
      ]),
    ),
  };
  const result = decide({
    base: "",
    head: "",
    clusters,
    changed: push.changed.filter(([status]) => status !== "D").map(([, path]) => path),
    rules: buildRules(CORPUS_RULES, clusters, precise === undefined ? undefined : CHARTS),
    labels: NO_LABELS,
    precise,
  });
  return new Map(
    result.clusters.flatMap(({ cluster, hubs }) =>
      cluster.hubs.filter(({ name, staging }) => !staging && hubs.get(name)?.any).map((
        { name },
      ) => [
        `${cluster.file}/${name}`,
        new Set(hubs.get(name)?.causes.map(({ rule }) => rule)),
      ])
    ),
  );
}

Deno.test({
  ...needsCorpus("precision hub avoids at least 90% of what cluster.yaml alone caused"),
  fn: async (t) => {
    const corpus = await readCorpus();
    const count = { classic: 0, precise: 0, byClusterFile: 0, left: 0 };
    for (const push of corpus.pushes) {
      const classic = decided(corpus, push, "cluster");
      const precise = decided(corpus, push, "hub");
      count.classic += classic.size;
      count.precise += precise.size;
      for (const [hub, rules] of classic) {
        if ([...rules].join() !== "cluster file") continue;
        count.byClusterFile++;
        if (precise.has(hub)) count.left++;
      }
    }
    console.log(count);
    await t.step("x", () => {});
  },
});
