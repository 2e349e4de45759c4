import { PERMISSIONS } from "./runtime.ts";
import type { LabelNames } from "../plan/labels.ts";
import { parsePattern, type Pattern } from "../plan/pattern.ts";
import type { FileKey, HubEntry, Leg, Precision, SetupStep } from "./config.ts";

/** A config with every default in place: what the rest of hubwright works with. */
export interface Settings {
  /** The file that the config came from, for messages. */
  readonly file: string;
  readonly defaultBranch: string;
  readonly clustersDir: string;
  readonly ignoreClusters: readonly string[];
  readonly precision: Precision;
  readonly chartsDir: string;
  readonly rules: RuleSettings;
  readonly isStaging: (hub: HubEntry) => boolean;
  readonly labels: LabelNames;
  readonly runtime: readonly string[];
  readonly setup: (leg: Leg) => readonly SetupStep[];
  readonly commands: {
    readonly upgradeSupport: string;
    readonly upgradeHub: string;
    readonly healthCheck: string;
  };
  readonly notify: { readonly slack: string | undefined };
  readonly ledger: LedgerSettings | undefined;
  readonly dispatch: boolean;
  /** Why releases are held back, by `cluster` or `cluster/release`. */
  readonly paused: Readonly<Record<string, string>>;
}

/** Where the record of what releases are owed is kept, and since when. */
export interface LedgerSettings {
  readonly since: string;
  readonly environment: string;
  readonly reconcile?: string | undefined;
}

/** Which files and keys decide an upgrade. */
export interface RuleSettings {
  readonly allHubs: readonly Pattern[];
  readonly allSupport: readonly Pattern[];
  readonly fileKeys: readonly FileKey[];
  readonly inertKeys: readonly string[];
  readonly inertHubKeys: readonly string[];
  readonly inertChartFiles: readonly Pattern[];
  readonly charts: Readonly<Record<string, readonly Pattern[]>>;
  /** Which of the first two are left to the defaults, which follow the charts that hubs name. */
  readonly following: readonly ("allHubs" | "allSupport")[];
}

export const DEFAULTS = {
  defaultBranch: "main",
  clustersDir: "config/clusters",
  ignoreClusters: ["templates"],
  precision: "cluster",
  chartsDir: "helm-charts",
  rules: {
    allHubs: ["deployer/**", "helm-charts/basehub/**", "helm-charts/daskhub/**"],
    allSupport: ["helm-charts/support/**"],
    fileKeys: [],
    inertKeys: ["metadata", "provider_url", "tenancy"],
    inertHubKeys: [],
    inertChartFiles: [],
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
  runtime: [
    ...["deno", "run", "--no-npm", "--no-lock", PERMISSIONS],
    ".hubwright/hubwright.js",
  ],
  setup: (leg: Leg): readonly SetupStep[] => [{
    name: "Set up access to the cluster",
    uses: "./.github/actions/setup-deploy",
    with: { provider: leg.provider },
  }],
  commands: {
    upgradeSupport: "deployer deploy-support CLUSTER",
    upgradeHub: "deployer deploy CLUSTER HUB",
    healthCheck: "deployer run-hub-health-check CLUSTER HUB",
  },
} as const;

/** The settings of a repository without a config. */
export function defaultSettings(file: string): Settings {
  const patterns = (globs: readonly string[]) =>
    globs.map(parsePattern).filter((pattern) => typeof pattern !== "string");
  return {
    ...DEFAULTS,
    file,
    rules: {
      ...DEFAULTS.rules,
      allHubs: patterns(DEFAULTS.rules.allHubs),
      allSupport: patterns(DEFAULTS.rules.allSupport),
      following: ["allHubs", "allSupport"],
    },
    notify: { slack: undefined },
    ledger: undefined,
    dispatch: false,
    paused: {},
  };
}
