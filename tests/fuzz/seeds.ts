const CLUSTERS = new URL("../../examples/infrastructure/config/clusters/", import.meta.url);

/** The `cluster.yaml` files to begin with, by the names of their clusters. */
export type ClusterSeeds = Readonly<Record<string, string>>;

/** Those of the example. */
export const EXAMPLE_CLUSTERS: ClusterSeeds = Object.fromEntries(
  [...Deno.readDirSync(CLUSTERS)].filter(({ isDirectory }) => isDirectory)
    .map(({ name }) => name).filter((name) => name !== "templates").sort()
    .map((name) => [name, Deno.readTextFileSync(new URL(`${name}/cluster.yaml`, CLUSTERS))]),
);

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

const CORPUS = new URL(
  "../../../shared/corpus/pushes-2022-2024.cluster-files.json.gz",
  import.meta.url,
);

/** How many files of the corpus are begun with. */
const FROM_CORPUS = 40;

/** Those of a real repository, which lie beside this one where they are there at all. */
export async function corpusClusters(): Promise<ClusterSeeds | undefined> {
  const found = await fetch(CORPUS).catch(() => undefined);
  if (found?.body === undefined || found.body === null) return undefined;
  const text = await new Response(found.body.pipeThrough(new DecompressionStream("gzip"))).text();
  const files = Object.values(JSON.parse(text) as Record<string, string>);
  const step = Math.ceil(files.length / FROM_CORPUS);
  return Object.fromEntries(
    files.filter((_, index) => index % step === 0)
      .map((file) => [/^name: *"?([\w.-]+)/m.exec(file)?.[1] ?? "x", file]),
  );
}
