/** Infrastructure repositories as values, written to files in many ways that mean the same. */
import fc from "fast-check";
import { dump } from "js-yaml";

export interface HubValue {
  name: string;
  helm_chart?: string;
  helm_chart_values_files?: string[];
  [key: string]: unknown;
}

export interface ClusterValue {
  name: string;
  provider: string;
  support?: { helm_chart_values_files?: string[]; [key: string]: unknown };
  hubs: HubValue[];
  [key: string]: unknown;
}

export interface World {
  clusters: Record<string, ClusterValue>;
  /** Every other file: its text by its path. */
  files: Record<string, string>;
  executable: string[];
}

/** How YAML is written: nothing of it means anything. */
export interface Style {
  readonly flowLevel: number;
  readonly noRefs: boolean;
  readonly forceQuotes: boolean;
  readonly reversed: boolean;
  readonly comment: string;
  readonly lineEnd: string;
  readonly mark: string;
}

export interface CommittedFile {
  readonly text: string;
  readonly executable: boolean;
}

export type Files = ReadonlyMap<string, CommittedFile>;

export const CLUSTERS_DIR = "config/clusters";

export const style: fc.Arbitrary<Style> = fc.record({
  flowLevel: fc.constantFrom(-1, 1, 2, 4),
  noRefs: fc.boolean(),
  forceQuotes: fc.boolean(),
  reversed: fc.boolean(),
  comment: fc.constantFrom("", "# a: comment", "  # indented"),
  lineEnd: fc.constantFrom("\n", "\r\n"),
  mark: fc.constantFrom("", "\uFEFF", "---\n"),
});

export function filesOf(world: World, style: Style): Files {
  const texts = [
    ...Object.entries(world.files),
    ...Object.entries(world.clusters).map(([folder, cluster]) =>
      [`${CLUSTERS_DIR}/${folder}/cluster.yaml`, write(cluster, style)] as const
    ),
  ];
  return new Map(texts.map(([path, text]) => [
    path,
    { text, executable: world.executable.includes(path) },
  ]));
}

function write(cluster: ClusterValue, style: Style): string {
  const { flowLevel, noRefs, forceQuotes, reversed, comment, lineEnd, mark } = style;
  const value = reversed ? reverseKeys(cluster, new Map()) : cluster;
  const yaml = dump(value, { flowLevel, noRefs, forceQuotes });
  const commented = comment === "" ? yaml : yaml.replaceAll(/^(?=[^\s-])/gm, `${comment}\n`);
  return `${mark}${commented}`.replaceAll("\n", lineEnd);
}

/** The same value with the keys of every mapping in reverse; what stood twice still does. */
function reverseKeys(value: unknown, known: Map<unknown, unknown>): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (known.has(value)) return known.get(value);
  const reversed = Array.isArray(value)
    ? value.map((item) => reverseKeys(item, known))
    : Object.fromEntries(
      Object.entries(value).reverse().map(([key, inside]) => [key, reverseKeys(inside, known)]),
    );
  known.set(value, reversed);
  return reversed;
}

/** What a hub or a support chart may name, relative to the folder of its cluster. */
export const NAMES = [
  "common.values.yaml",
  "prod.values.yaml",
  "nested/../prod.values.yaml",
  "./nested/a b.values.yaml",
  "../shared.values.yaml",
  "../../outside.values.yaml",
  "../mars/prod.values.yaml",
] as const;

/** The charts that a hub may be of; one of them has no folder. */
export const CHARTS = ["basehub", "daskhub", "binderhub", "elsewhere"] as const;

const names = fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 3 });

const AUTH = { admins: ["ada", "grace"], allow: { existing: true, domains: ["example.org"] } };

const hub = (name: string): fc.Arbitrary<HubValue> =>
  fc.record({
    helm_chart: fc.constantFrom(undefined, ...CHARTS),
    helm_chart_values_files: names,
    override_file: fc.constantFrom(undefined, ...NAMES),
    domain: fc.constantFrom("a.example.org", "b.example.org"),
    display_name: fc.constantFrom("A", "B"),
    replicas: fc.constantFrom(1, "1", null, true, "yes"),
    auth: fc.constant(AUTH),
  }).map((entry) => ({ name, ...withoutAbsent(entry) }));

const cluster = (name: string): fc.Arbitrary<ClusterValue> =>
  fc.record({
    provider: fc.constantFrom("gcp", "aws"),
    gcp: fc.record({ zone: fc.constantFrom("a", "b"), key: fc.constantFrom(...NAMES) }),
    metadata: fc.constantFrom("x", ["y"]),
    auth: fc.constant(AUTH),
    support: fc.option(fc.record({ helm_chart_values_files: names }), { nil: undefined, freq: 4 }),
    hubs: fc.uniqueArray(fc.constantFrom("staging", "dask-staging", "prod", "lab", "r"), {
      minLength: 1,
      maxLength: 4,
    }).chain((hubs) => fc.tuple(...hubs.map(hub))),
  }).map((value) => withoutAbsent({ name, ...value }) as ClusterValue);

function withoutAbsent(entry: object): object {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
}

export function chartFile(...places: readonly string[]): string {
  const dependencies = places.map((repository) => ({ name: "x", version: "1", repository }));
  return dump({ apiVersion: "v2", dependencies });
}

const FILES: Readonly<Record<string, string>> = {
  "config/clusters/shared.values.yaml": "0",
  "config/clusters/templates/cluster.yaml": "no cluster",
  "config/outside.values.yaml": "0",
  "deployer/deploy.py": "0",
  "deployer/README.md": "0",
  "images/dask/Dockerfile": "0",
  "dashboards/a.json": "0",
  "README.md": "0",
  "helm-charts/README.md": "0",
  "helm-charts/basehub/Chart.yaml": chartFile("https://example.org/charts"),
  "helm-charts/basehub/.helmignore": "README.md\n/docs/\n",
  "helm-charts/daskhub/Chart.yaml": chartFile("file://../basehub", "file://../../lib/common"),
  "helm-charts/binderhub/Chart.yaml": chartFile(),
  "helm-charts/support/Chart.yaml": chartFile("file://../../lib/metrics"),
  "helm-charts/support/.helmignore": "# nothing\n",
  "lib/common/Chart.yaml": chartFile(),
  "lib/metrics/Chart.yaml": chartFile(),
  ...Object.fromEntries(
    ["basehub", "daskhub", "binderhub", "support"].flatMap((chart) =>
      ["values.yaml", "README.md", "docs/a.txt", "templates/a.yaml"]
        .map((file) => [`helm-charts/${chart}/${file}`, "0"])
    ),
  ),
  "lib/common/values.yaml": "0",
  "lib/metrics/values.yaml": "0",
};

export function localFiles(folder: string): Readonly<Record<string, string>> {
  const local = ["common.values.yaml", "prod.values.yaml", "nested/a b.values.yaml"];
  return Object.fromEntries(local.map((file) => [`${CLUSTERS_DIR}/${folder}/${file}`, "0"]));
}

export const world: fc.Arbitrary<World> = fc.subarray(["earth", "mars", "venus-2"], {
  minLength: 1,
})
  .chain((folders) => fc.tuple(...folders.map(cluster)))
  .map((clusters) => ({
    clusters: Object.fromEntries(clusters.map((cluster) => [cluster.name, cluster])),
    files: Object.assign({ ...FILES }, ...clusters.map(({ name }) => localFiles(name))),
    executable: [],
  }));
