/** What people do to an infrastructure repository, one small thing at a time. */
import fc from "fast-check";
import {
  chartFile,
  CHARTS,
  CLUSTERS_DIR,
  type ClusterValue,
  type HubValue,
  localFiles,
  NAMES,
  type World,
} from "./world.ts";

/** An edit: what is done, and numbers that say to which of the things that are there. */
export interface Edit {
  readonly kind: EditKind;
  readonly numbers: readonly number[];
}

/** Picks one of several things; always the same in the same place. */
interface Pick {
  <Item>(items: readonly [Item, ...Item[]]): Item;
  <Item>(items: readonly Item[]): Item | undefined;
}

type Apply = (world: World, pick: Pick) => void;

const pickCluster = (world: World, pick: Pick) => pick(Object.values(world.clusters));

const onCluster = (apply: (cluster: ClusterValue, pick: Pick) => void): Apply => (world, pick) => {
  const cluster = pickCluster(world, pick);
  if (cluster !== undefined) apply(cluster, pick);
};

const onHub = (apply: (hub: HubValue, pick: Pick) => void): Apply =>
  onCluster((cluster, pick) => {
    const hub = pick(cluster.hubs);
    if (hub !== undefined) apply(hub, pick);
  });

const onFile =
  (of: RegExp, apply: (world: World, path: string, pick: Pick) => void): Apply => (world, pick) => {
    const path = pick(Object.keys(world.files).filter((path) => of.test(path)).sort());
    if (path !== undefined) apply(world, path, pick);
  };

const CHART_FILE = /^(?:helm-charts|lib)\/.*\//;
const VALUES_FILE = /values\.yaml$/;

const write = (world: World, path: string) => void (world.files[path] += "1");

function remove(world: World, path: string): void {
  delete world.files[path];
}

const EDITS = {
  "a hub's scalar": onHub((hub, pick) => void (hub.domain = pick(["c", "d.example.org", 1, "1"]))),
  "a hub's chart": onHub((hub, pick) => void (hub.helm_chart = pick(CHARTS))),
  "a hub's other file": onHub((hub, pick) => void (hub.override_file = pick(NAMES))),
  "a key that is inert for some": onHub((hub, pick) => void (hub.display_name = pick(["C", "D"]))),
  "a list inside": onHub((hub) => void (hub.auth = { admins: ["grace", "ada"] })),
  "an absent key": onHub((hub, pick) => void delete hub[pick(["domain", "auth", "replicas"])]),
  "one more values file": onHub((hub, pick) => {
    hub.helm_chart_values_files = [...hub.helm_chart_values_files ?? [], pick(NAMES)];
  }),
  "the order of values files": onHub((hub) => void hub.helm_chart_values_files?.reverse()),
  "the order of hubs": onCluster((cluster) => void cluster.hubs.reverse()),
  "a hub more": onCluster(({ hubs }, pick) => {
    const name = pick(["staging", "prod", "new", "new-staging"]);
    if (!hubs.some((hub) => hub.name === name)) hubs.push({ name, domain: "n" });
  }),
  "a hub less": onCluster(({ hubs }, pick) => {
    const hub = pick(hubs);
    if (hub !== undefined) hubs.splice(hubs.indexOf(hub), 1);
  }),
  "a hub's name": onHub((hub) => void (hub.name += "-2")),
  "a key of the cluster": onCluster((cluster, pick) => {
    cluster.gcp = { zone: pick(["a", "b", "c"]), key: pick(NAMES) };
  }),
  "an inert key": onCluster((cluster, pick) => void (cluster.metadata = pick(["z", ["y", "z"]]))),
  "the provider": onCluster((cluster) => void (cluster.provider = "azure")),
  "support": onCluster((cluster, pick) => {
    cluster.support = { helm_chart_values_files: [pick(NAMES)], override_file: pick(NAMES) };
  }),
  "no support": onCluster((cluster) => void delete cluster.support),
  "a new cluster": (world, pick) => {
    const name = pick(["pluto", "mars", "earth"]);
    if (name in world.clusters) return;
    world.clusters[name] = { name, provider: "gcp", hubs: [{ name: "prod" }, { name: "staging" }] };
    Object.assign(world.files, localFiles(name));
  },
  "a cluster less": (world, pick) => {
    const cluster = pickCluster(world, pick);
    if (cluster !== undefined && Object.keys(world.clusters).length > 1) drop(world, cluster.name);
  },
  "a cluster's name": (world, pick) => {
    const cluster = pickCluster(world, pick);
    if (cluster === undefined) return;
    drop(world, cluster.name);
    const name = `${cluster.name}-renamed`;
    world.clusters[name] = { ...cluster, name };
    Object.assign(world.files, localFiles(name));
  },
  "any file": onFile(/./, write),
  "a values file": onFile(VALUES_FILE, write),
  "a values file that is gone": onFile(VALUES_FILE, remove),
  "a values file of another name": onFile(VALUES_FILE, (world, path) => {
    world.files[`${path}.old`] = world.files[path] ?? "";
    remove(world, path);
  }),
  "a values file of the wrong mode": onFile(VALUES_FILE, (world, path) => {
    world.executable.push(path);
  }),
  "a cluster.yaml of the wrong mode": (world, pick) => {
    const cluster = pickCluster(world, pick);
    world.executable.push(`${CLUSTERS_DIR}/${cluster?.name}/cluster.yaml`);
  },
  "a chart's file": onFile(CHART_FILE, write),
  "a chart's file that is gone": onFile(CHART_FILE, remove),
  "what a chart leaves out": onFile(/\/(?:README\.md|docs\/a\.txt)$/, write),
  "a chart's .helmignore": onFile(/\/Chart\.yaml$/, (world, path, pick) => {
    const lines = ["*.md\n", "README.md\n/docs/\n", "templates/\n", "!a\n*.md\n"] as const;
    world.files[path.replace("Chart.yaml", ".helmignore")] = pick(lines);
  }),
  "what a chart depends on": onFile(/\/Chart\.yaml$/, (world, path, pick) => {
    const folders = [
      "helm-charts/basehub",
      "helm-charts/daskhub",
      "lib/common",
      "lib/none",
      "../out",
    ];
    world.files[path] = chartFile(`file://../../${pick(folders)}`);
  }),
  "a Chart.yaml that cannot be read": onFile(/\/Chart\.yaml$/, (world, path) => {
    world.files[path] = "dependencies: {";
  }),
  "a file of all hubs": onFile(/^deployer\//, write),
  "a path of one chart": onFile(/^(?:images|dashboards)\//, write),
} satisfies Record<string, Apply>;

export type EditKind = keyof typeof EDITS;

export const KINDS = Object.keys(EDITS) as readonly EditKind[];

function drop(world: World, folder: string): void {
  delete world.clusters[folder];
  for (const path of Object.keys(world.files)) {
    if (path.startsWith(`${CLUSTERS_DIR}/${folder}/`)) remove(world, path);
  }
}

export const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom(...KINDS),
  numbers: fc.array(fc.nat(20), { minLength: 5, maxLength: 5 }),
});

/** Whether an edit takes away a file, or what makes a folder a chart. */
export function removes({ kind }: Edit): boolean {
  return kind.includes("gone") || kind.includes("another name") ||
    kind.includes("cluster's name") ||
    kind === "a cluster less";
}

export function afterEdits(world: World, edits: readonly Edit[]): World {
  const after = structuredClone(world);
  for (const { kind, numbers } of edits) {
    const left = [...numbers];
    const pick = <Item>(items: readonly Item[]) =>
      items[(left.shift() ?? 0) % items.length] as Item;
    EDITS[kind](after, pick);
  }
  return after;
}
