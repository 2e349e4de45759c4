import assert from "node:assert/strict";
import { compareClusterFiles } from "../../src/config/compare_cluster_files.ts";
import { defaultSettings } from "../../src/config/settings.ts";
import { buildChartGraph } from "../../src/plan/charts.ts";
import { decide } from "../../src/plan/decide.ts";
import { CLUSTERS_DIR, inputOf, rulesFor } from "./arbitraries.ts";
import { touchedReleases } from "../precise/oracle.ts";
import type { CommittedFile } from "../precise/world.ts";
import { type Corpus, CORPUS_RULES, needsCorpus, type Push, readCorpus } from "./corpus.ts";

const { inertKeys, inertHubKeys } = defaultSettings("").rules;

const chart = (name: string, ...dependencies: readonly string[]) => ({
  ...{ folder: `helm-charts/${name}`, sources: [], ignores: () => false },
  dependencies: dependencies.map((other) => `helm-charts/${other}`),
});

const CHARTS = buildChartGraph("helm-charts", [
  ...[chart("basehub"), chart("daskhub", "basehub"), chart("support")],
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

type Precision = "cluster" | "hub";

/** What a push upgrades: `CLUSTER` for a support chart, `CLUSTER/HUB`, each with the rules. */
type Decided = ReadonlyMap<string, ReadonlySet<string>>;

function decided(corpus: Corpus, push: Push, precision: Precision): Decided {
  const clusters = corpus.clustersOf(push);
  const byKeys = precision === "hub";
  const { D: deleted = [], ...others } = Object.groupBy(push.changed, ([status]) => status);
  const inert = { cluster: inertKeys, hub: inertHubKeys };
  const clusterChanges = new Map(
    changedClusters(push).map(({ path, before = "", after = "" }) =>
      [path, compareClusterFiles(corpus.texts.get(before), corpus.texts.get(after), inert)] as const
    ),
  );
  const result = decide(inputOf({
    clusters,
    changed: Object.values(others).flat().map(([, path]) => path),
    deleted: deleted.map(([, path]) => path),
    clusterChanges,
    rules: rulesFor(CORPUS_RULES, clusters, byKeys ? CHARTS : undefined),
    byKeys,
  }));
  return new Map(
    result.clusters.flatMap(({ upgraded }) => upgraded).map((
      { cluster, kind, release, causes },
    ) => [
      kind === "support chart" ? cluster : `${cluster}/${release}`,
      new Set(causes.map(({ rule }) => rule)),
    ]),
  );
}

/** A file of each text, so that each is parsed once, however many pushes have it. */
const known = new Map<string, CommittedFile>();

function fileOf(text: string): CommittedFile {
  const file = known.get(text) ?? { text, executable: false };
  known.set(text, file);
  return file;
}

/** The releases whose own inputs a push changed, charts and the deployer aside, as the oracle says. */
function changedInputs({ texts }: Corpus, push: Push): readonly string[] {
  const after = new Map(
    Object.entries(push.clusters)
      .map(([folder, id]) => [clusterFile(folder), fileOf(texts.get(id) ?? "")]),
  );
  const before = new Map(after);
  const put = (files: Map<string, CommittedFile>, path: string, text: string | undefined) =>
    text === undefined ? files.delete(path) : files.set(path, fileOf(text));
  for (const [status, path] of push.changed) {
    if (after.has(path) || !path.startsWith("config/")) continue;
    put(before, path, status === "A" ? undefined : "before");
    put(after, path, status === "D" ? undefined : "after");
  }
  for (const { path, before: id } of changedClusters(push)) put(before, path, texts.get(id ?? ""));
  const rules = { allHubs: [], allSupport: [], inertKeys, inertHubKeys };
  return touchedReleases(before, after, { rules }).filter(({ touched }) => touched)
    .map(({ cluster, name }) => name === undefined ? cluster : `${cluster}/${name}`);
}

const isHub = (release: string) => release.includes("/");
const isProd = (release: string) => /\/(?!.*staging)/.test(release);

Deno.test({
  ...needsCorpus(
    "precision hub misses none of the inputs that 822 real pushes changed, and avoids the rest",
  ),
  fn: async () => {
    const corpus = await readCorpus();
    const count = { pushes: 0, changed: 0, support: 0, classic: 0, precise: 0, more: 0 };
    const byClusterFile = { before: 0, left: [] as string[] };
    for (const push of corpus.pushes) {
      const classic = decided(corpus, push, "cluster");
      const precise = decided(corpus, push, "hub");
      const inputs = changedInputs(corpus, push);
      assert.deepEqual(inputs.filter((release) => !precise.has(release)), [], push.id);
      count.pushes++;
      count.changed += inputs.filter(isHub).length;
      count.support += inputs.length - inputs.filter(isHub).length;
      count.classic += [...classic.keys()].filter(isProd).length;
      count.precise += [...precise.keys()].filter(isProd).length;
      count.more += [...precise.keys()].filter((release) => !classic.has(release)).length;
      for (const [hub, rules] of classic) {
        if (!isProd(hub) || [...rules].join() !== "cluster file") continue;
        byClusterFile.before++;
        const why = precise.get(hub);
        if (why !== undefined) byClusterFile.left.push([...why].join());
      }
    }
    assert.deepEqual(count, {
      ...{ pushes: 822, changed: 1_962, support: 114 },
      ...{ classic: 13_729, precise: 12_822, more: 0 },
    });
    // Most of what cluster.yaml alone caused is avoided.
    assert.equal(byClusterFile.before, 817);
    assert.deepEqual(byClusterFile.left.sort(), ["cluster key", ...Array(13).fill("hub entry")]);
  },
});
