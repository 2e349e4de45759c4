import fc from "fast-check";
import { type Content, contents } from "./content.ts";
import { HOSTILE_NAMES } from "./hostile.ts";
import { yamlTexts } from "./yaml_text.ts";

export const CLUSTERS_DIR = "config/clusters";

/** The `cluster.yaml` files to begin with, by the names of their clusters. */
export type ClusterSeeds = Readonly<Record<string, string>>;

/** Small ones, which a change of one line changes much. */
export const SMALL_CLUSTERS: ClusterSeeds = {
  earth: `name: earth
provider: gcp
support:
  helm_chart_values_files: [support.values.yaml]
hubs:
  - name: staging
    helm_chart_values_files: [staging.values.yaml]
  - name: prod
    helm_chart_values_files: [prod.values.yaml, ../common.values.yaml]
`,
  "azure.mars": "name: azure.mars\nprovider: azure\nhubs: [{name: rover}]\n",
};

const EXAMPLE = new URL(`../../examples/infrastructure/${CLUSTERS_DIR}/`, import.meta.url);

/** The small ones and those of the example. */
export const SEEDS: ClusterSeeds = {
  ...Object.fromEntries(
    [...Deno.readDirSync(EXAMPLE)]
      .filter(({ name, isDirectory }) => isDirectory && name !== "templates")
      .map(({ name }) => name).sort()
      .map((name) => [name, Deno.readTextFileSync(new URL(`${name}/cluster.yaml`, EXAMPLE))]),
  ),
  ...SMALL_CLUSTERS,
};

const CORPUS = new URL(
  "../../../shared/corpus/pushes-2022-2024.cluster-files.json.gz",
  import.meta.url,
);

/** Some of a real repository, which lie beside this one where they are there at all. */
export async function corpusSeeds(): Promise<ClusterSeeds | undefined> {
  const body = (await fetch(CORPUS).catch(() => undefined))?.body;
  if (!body) return undefined;
  const text = await new Response(body.pipeThrough(new DecompressionStream("gzip"))).text();
  const files = Object.values(JSON.parse(text) as Record<string, string>);
  const step = Math.ceil(files.length / 40);
  return Object.fromEntries(
    files.filter((_, index) => index % step === 0)
      .map((file) => [/^name: *"?([\w.-]+)/m.exec(file)?.[1] ?? "x", file]),
  );
}

export interface ClusterFolder {
  readonly name: string;
  /** What is where `cluster.yaml` should be. */
  readonly file: Content | "missing" | "a folder" | "a link to itself";
}

export function clusterFolders(seeds: ClusterSeeds): fc.Arbitrary<readonly ClusterFolder[]> {
  const names = Object.keys(seeds);
  const seeded = fc.constantFrom(...names).chain((name) =>
    fc.record({ name: fc.constant(name), file: contents(yamlTexts([seeds[name] ?? ""])) })
  );
  const odd = fc.record({
    name: fc.constantFrom(...names, ...HOSTILE_NAMES),
    file: fc.oneof(
      contents(yamlTexts(Object.values(seeds))),
      fc.constantFrom("missing", "a folder", "a link to itself"),
    ),
  });
  return fc.uniqueArray(
    fc.oneof({ weight: 8, arbitrary: seeded }, { weight: 1, arbitrary: odd }),
    { maxLength: 3, selector: ({ name }) => name },
  );
}
