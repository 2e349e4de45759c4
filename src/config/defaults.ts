import type { HubEntry } from "./config.ts";
import { PERMISSIONS } from "./runtime.ts";
import type { Leg, PlainStep } from "./step_config.ts";

/** What holds for the keys that a config leaves out, as it would be written in one. */
export const DEFAULTS = {
  name: "Deploy and test hubs",
  defaultBranch: "main",
  clustersDir: "config/clusters",
  ignoreClusters: ["templates"],
  precision: "cluster",
  chartsDir: "helm-charts",
  gate: "cluster",
  layout: "four-jobs",
  shards: 1,
  rules: {
    allHubs: ["deployer/**", "helm-charts/basehub/**", "helm-charts/daskhub/**"],
    allSupport: ["helm-charts/support/**"],
    fileKeys: [],
    inertKeys: ["metadata", "provider_url", "tenancy"],
    inertHubKeys: [],
    inertChartFiles: [],
    triggersOnly: [],
    charts: {},
  },
  isStaging: (hub: HubEntry): boolean => hub.name.includes("staging"),
  labels: {
    skipDeploy: "deployer:skip-deploy",
    skipDeployHubs: "deployer:skip-deploy-hubs",
    deploySupport: "deployer:deploy-support",
    deployHubs: "deployer:deploy-hubs",
  },
  // hubwright and a config need nothing from elsewhere; the lock file is about other programs.
  runtime: ["deno", "run", "--no-npm", "--no-lock", PERMISSIONS, ".hubwright/hubwright.js"],
  setup: (leg: Leg): readonly PlainStep[] => [{
    name: "Set up access to the cluster",
    uses: "./.github/actions/setup-deploy",
    with: { provider: leg.provider },
  }],
  after: [],
  commands: {
    upgradeSupport: "deployer deploy-support CLUSTER",
    upgradeHub: "deployer deploy CLUSTER HUB",
    healthCheck: "deployer run-hub-health-check CLUSTER HUB",
  },
  concurrency: { queue: "max" },
} as const;
