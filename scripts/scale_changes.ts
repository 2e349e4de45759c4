import type { TemporaryRepository } from "./temporary_repository.ts";

/** How many hubs each cluster has; the first is its staging hub. */
export const HUBS_A_CLUSTER = 20;

/** What a plan of a change may take. */
export interface Goal {
  /** How long, in seconds. */
  readonly seconds: number;
  /** How much memory, in MB. */
  readonly peak: number;
}

/** A change to a fleet whose plan is measured. */
export interface ScaleChange {
  /** What changes, in words. */
  readonly name: string;
  /** The precisions by which it is planned. */
  readonly precisions: readonly ("cluster" | "hub")[];
  /** What the plan may take for 10,000 clusters. */
  readonly goal: Goal;
  /** Makes the change in the working tree. */
  readonly apply: (fleet: TemporaryRepository) => Promise<void>;
  /** How many canary legs and prod legs are planned. */
  readonly legs: (clusters: number) => readonly [canaries: number, prod: number];
}

const ONE_FILE: Goal = { seconds: 2, peak: 512 };
const ALL_HUBS: Goal = { seconds: 10, peak: 512 };
const CLUSTER = "config/clusters/cluster-7";

const oneHub = () => [1, 1] as const;
const allHubs = (clusters: number) => [clusters, clusters * (HUBS_A_CLUSTER - 1)] as const;

/** The changes, each of which is planned on top of those before it. */
export const SCALE_CHANGES: readonly ScaleChange[] = [
  {
    name: "one values file",
    precisions: ["cluster", "hub"],
    goal: ONE_FILE,
    apply: (fleet) => fleet.append(`${CLUSTER}/hub-2.values.yaml`, "# changed"),
    legs: oneHub,
  },
  {
    name: "one cluster.yaml",
    precisions: ["hub"],
    goal: ONE_FILE,
    apply: async ({ path }) => {
      const file = `${path}/${CLUSTER}/cluster.yaml`;
      const text = await Deno.readTextFile(file);
      await Deno.writeTextFile(file, text.replace("domain: hub-2.", "domain: hub-two."));
    },
    legs: oneHub,
  },
  {
    name: "deployer/: all hubs",
    precisions: ["cluster", "hub"],
    goal: ALL_HUBS,
    apply: (fleet) => fleet.append("deployer/deploy.py", "# changed"),
    legs: allHubs,
  },
  {
    name: "basehub/: all hubs of a chart",
    precisions: ["hub"],
    goal: ALL_HUBS,
    apply: (fleet) => fleet.append("helm-charts/basehub/values.yaml", "# changed"),
    legs: allHubs,
  },
];
