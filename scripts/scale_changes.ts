/** How many hubs each cluster has; the first is its staging hub. */
export const HUBS_A_CLUSTER = 20;

/** A change to a fleet whose plan is measured. */
export interface ScaleChange {
  /** What changes, in words. */
  readonly name: string;
  /** The precisions by which it is planned. */
  readonly precisions: readonly ("cluster" | "hub")[];
  /** What the plan may take for 10,000 clusters: seconds, and MB of memory. */
  readonly goal: { readonly seconds: number; readonly peak: number };
  readonly file: string;
  readonly edit: (text: string) => string;
  /** How many canary legs and prod legs are planned. */
  readonly legs: (clusters: number) => readonly [canaries: number, prod: number];
}

const CLUSTER = "config/clusters/cluster-7";

const oneHub: Pick<ScaleChange, "goal" | "legs"> = {
  goal: { seconds: 2, peak: 512 },
  legs: () => [1, 1],
};
const allHubs: Pick<ScaleChange, "goal" | "legs"> = {
  goal: { seconds: 10, peak: 512 },
  legs: (clusters) => [clusters, clusters * (HUBS_A_CLUSTER - 1)],
};

const append = (text: string) => `${text}# changed\n`;

/** The changes, each of which is planned on top of those before it. */
export const SCALE_CHANGES: readonly ScaleChange[] = [
  {
    ...{ name: "one values file", precisions: ["cluster", "hub"], ...oneHub },
    ...{ file: `${CLUSTER}/hub-2.values.yaml`, edit: append },
  },
  {
    ...{ name: "one cluster.yaml", precisions: ["hub"], ...oneHub },
    file: `${CLUSTER}/cluster.yaml`,
    edit: (text) => text.replace("domain: hub-2.", "domain: hub-two."),
  },
  {
    ...{ name: "deployer/: all hubs", precisions: ["cluster", "hub"], ...allHubs },
    ...{ file: "deployer/deploy.py", edit: append },
  },
  {
    ...{ name: "basehub/: all hubs of a chart", precisions: ["hub"], ...allHubs },
    ...{ file: "helm-charts/basehub/values.yaml", edit: append },
  },
];
