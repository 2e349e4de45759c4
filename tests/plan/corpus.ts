/** Real pushes to test against, where they are there. */
import assert from "node:assert/strict";
import { load } from "js-yaml";
import type { Cluster } from "../../src/plan/cluster.ts";
import { CLUSTERS_DIR, type Patterns, patterns } from "./arbitraries.ts";

const CORPUS = new URL("../../../shared/corpus/", import.meta.url);

/** The rules that were in force in that repository at that time. */
export const CORPUS_RULES: Patterns = {
  allHubs: patterns(
    "deployer/**",
    "requirements.txt",
    ".github/actions/setup-deploy/**",
    "helm-charts/basehub/**",
    "helm-charts/daskhub/**",
  ),
  allSupport: patterns("helm-charts/support/**"),
};

/** What one push changed, in which repository, and what that repository's planner decided. */
export interface Push {
  readonly id: string;
  readonly changed: readonly (readonly [status: "A" | "M" | "D", path: string])[];
  readonly clusters: Readonly<Record<string, string>>;
  readonly base: {
    readonly differs: Readonly<Record<string, string>>;
    readonly absent: readonly string[];
  };
  readonly expected: {
    readonly "support-and-staging-matrix-jobs": readonly {
      readonly cluster_name: string;
      readonly provider: string;
      readonly upgrade_support: boolean;
      readonly upgrade_staging: boolean;
    }[];
    readonly "prod-hub-matrix-jobs": readonly {
      readonly cluster_name: string;
      readonly provider: string;
      readonly hub_name: string;
    }[];
  };
}

export interface Corpus {
  readonly pushes: readonly Push[];
  /** The text of a `cluster.yaml` by its id. */
  readonly texts: ReadonlyMap<string, string>;
  /** The clusters as they are after a push. */
  readonly clustersOf: (push: Push) => readonly Cluster[];
}

interface ClusterFile {
  readonly name: string;
  readonly provider: string;
  readonly support?: { readonly helm_chart_values_files?: readonly string[] };
  readonly hubs?: readonly {
    readonly name: string;
    readonly helm_chart?: string;
    readonly helm_chart_values_files?: readonly string[];
  }[];
}

export async function readCorpus(): Promise<Corpus> {
  const [cases, files] = await Promise.all([
    unpack("pushes-2022-2024.cases.jsonl.gz"),
    unpack("pushes-2022-2024.cluster-files.json.gz"),
  ]);
  const texts = new Map(Object.entries(JSON.parse(files) as Readonly<Record<string, string>>));
  const parsed = new Map([...texts].map(([id, text]) => [id, load(text) as ClusterFile]));
  // Most pushes leave most clusters as they are.
  const known = new Map<string, Cluster>();
  return {
    pushes: cases.trimEnd().split("\n").map((line) => JSON.parse(line) as Push),
    texts,
    clustersOf: (push) =>
      Object.entries(push.clusters).filter(([folder]) => folder !== "templates")
        .map(([folder, id]) => {
          const file = parsed.get(id);
          assert.ok(file !== undefined, `${push.id}: no cluster file ${id}`);
          const key = `${folder}/${id}`;
          const cluster = known.get(key) ?? toCluster(folder, file);
          known.set(key, cluster);
          return cluster;
        }),
  };
}

/** The options of a test that needs the corpus: it is ignored where the corpus is not there. */
export function needsCorpus(name: string): { readonly name: string; readonly ignore: boolean } {
  return {
    name: name + (ABSENT ? " (ignored: ../shared/corpus is not there)" : ""),
    ignore: ABSENT,
  };
}

const ABSENT = !await Deno.stat(CORPUS).then((info) => info.isDirectory, () => false);

async function unpack(name: string): Promise<string> {
  const { body } = await fetch(new URL(name, CORPUS));
  assert.ok(body);
  return await new Response(body.pipeThrough(new DecompressionStream("gzip"))).text();
}

function toCluster(folder: string, { name, provider, support, hubs = [] }: ClusterFile): Cluster {
  const valuesFiles = (of: { readonly helm_chart_values_files?: readonly string[] }) =>
    (of.helm_chart_values_files ?? [])
      .map((file) => new URL(file, `file:///${CLUSTERS_DIR}/${folder}/`).pathname.slice(1));
  return {
    name,
    provider,
    file: `${CLUSTERS_DIR}/${folder}/cluster.yaml`,
    support: support === undefined ? null : { valuesFiles: valuesFiles(support) },
    hubs: hubs.map((hub) => ({
      name: hub.name,
      staging: hub.name.includes("staging"),
      valuesFiles: valuesFiles(hub),
      ...(hub.helm_chart === undefined ? {} : { chart: hub.helm_chart }),
    })),
  };
}
