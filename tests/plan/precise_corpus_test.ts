import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { load } from "js-yaml";
import { compareClusterFiles } from "../../src/config/compare_cluster_files.ts";
import { defaultSettings } from "../../src/config/settings.ts";
import { buildChartGraph } from "../../src/plan/charts.ts";
import { decide } from "../../src/plan/decide.ts";
import { CLUSTERS_DIR, inputOf, rulesFor } from "./arbitraries.ts";
import { type Corpus, CORPUS_RULES, needsCorpus, type Push, readCorpus } from "./corpus.ts";

const { inertKeys, inertHubKeys } = defaultSettings("").rules;

/** That repository's charts: its daskhub depends on its basehub. */
const CHARTS = buildChartGraph("helm-charts", [
  { folder: "helm-charts/basehub", sources: [], dependencies: [], ignores: () => false },
  {
    folder: "helm-charts/daskhub",
    sources: [],
    dependencies: ["helm-charts/basehub"],
    ignores: () => false,
  },
  { folder: "helm-charts/support", sources: [], dependencies: [], ignores: () => false },
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
  const changes = {
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
  const result = decide(inputOf({
    clusters,
    changed: push.changed.filter(([status]) => status !== "D").map(([, path]) => path),
    rules: rulesFor(CORPUS_RULES, clusters, byKeys ? CHARTS : undefined),
    byKeys,
    ...changes,
  }));
  return new Map(
    result.clusters.flatMap(({ cluster: { file }, support, hubs }) =>
      [
        [folderOf(file), support] as const,
        ...[...hubs].map(([hub, of]) => [`${folderOf(file)}/${hub}`, of] as const),
      ].filter(([, { any }]) => any)
        .map(([release, { causes }]) => [release, new Set(causes.map(({ rule }) => rule))] as const)
    ),
  );
}

const folderOf = (file: string) => file.split("/").at(-2) ?? "";

/** What a `cluster.yaml` holds, as far as this test knows. */
type Entry = Readonly<Record<string, unknown>>;

const without = (entry: Entry, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(entry).filter(([key]) => !keys.includes(key)));

/**
 * The releases whose own inputs a push changed, worked out without hubwright: their entries, the
 * other keys of their clusters, and the files that they name, deleted ones too.
 */
function changedInputs({ texts }: Corpus, push: Push): readonly string[] {
  const paths = new Set(push.changed.map(([, path]) => path));
  const changed = new Map(changedClusters(push).map(({ path, before }) => [path, before]));
  return Object.entries(push.clusters).flatMap(([folder, id]) => {
    if (folder === "templates") return [];
    const read = (text: string | undefined) => load(text ?? "{}") as Entry;
    const after = read(texts.get(id));
    const file = clusterFile(folder);
    const before = changed.has(file) ? read(texts.get(changed.get(file) ?? "")) : after;
    const entries = (of: Entry) => [
      ...Object.entries({ [folder]: of.support }).filter(([, entry]) => entry !== undefined),
      ...(of.hubs as readonly Entry[] ?? []).map((hub) => [`${folder}/${hub.name}`, hub] as const),
    ];
    const top = (of: Entry) => without(of, ["hubs", "support", ...inertKeys]);
    const all = !isDeepStrictEqual(top(before), top(after));
    const previous = new Map(entries(before));
    return entries(after).filter(([release, entry]) => {
      const { helm_chart_values_files: names = [] } = entry as {
        helm_chart_values_files?: string[];
      };
      const named = names.map((name) => new URL(name, `file:///${file}`).pathname.slice(1));
      return all || named.some((path) => paths.has(path)) ||
        !isDeepStrictEqual(previous.get(release), entry);
    }).map(([release]) => release);
  });
}

const isHub = (release: string) => release.includes("/");
const isProd = (release: string) => /\/(?!.*staging)/.test(release);

Deno.test({
  ...needsCorpus("precision hub misses none of the inputs that 822 real pushes changed"),
  fn: async () => {
    const corpus = await readCorpus();
    const count = { pushes: 0, changed: 0, support: 0 };
    for (const push of corpus.pushes) {
      const planned = decided(corpus, push, "hub");
      const inputs = changedInputs(corpus, push);
      assert.deepEqual(inputs.filter((release) => !planned.has(release)), [], push.id);
      count.pushes++;
      count.changed += inputs.filter(isHub).length;
      count.support += inputs.length - inputs.filter(isHub).length;
    }
    assert.deepEqual(count, { pushes: 822, changed: 1_962, support: 114 });
  },
});

Deno.test({
  ...needsCorpus("precision hub avoids most of what cluster.yaml alone caused on 822 real pushes"),
  fn: async () => {
    const corpus = await readCorpus();
    const count = { classic: 0, precise: 0, byClusterFile: 0, left: 0, more: 0 };
    const leftFor = new Map<string, number>();
    for (const push of corpus.pushes) {
      const classic = decided(corpus, push, "cluster");
      const precise = decided(corpus, push, "hub");
      count.classic += [...classic.keys()].filter(isProd).length;
      count.precise += [...precise.keys()].filter(isProd).length;
      count.more += [...precise.keys()].filter((release) => !classic.has(release)).length;
      for (const [hub, rules] of classic) {
        if (!isProd(hub) || [...rules].join() !== "cluster file") continue;
        count.byClusterFile++;
        const why = precise.get(hub);
        if (why === undefined) continue;
        count.left++;
        const reason = [...why].join();
        leftFor.set(reason, (leftFor.get(reason) ?? 0) + 1);
      }
    }
    assert.deepEqual(count, {
      classic: 13_730,
      precise: 12_823,
      byClusterFile: 817,
      left: 14,
      more: 0,
    });
    assert.deepEqual(Object.fromEntries(leftFor), { "hub entry": 13, "cluster key": 1 });
    assert.ok(count.left / count.byClusterFile <= 0.1);
  },
});
