import type { LabelNames } from "../plan/labels.ts";
import { parsePattern, type Pattern } from "../plan/pattern.ts";
import { PACKAGE, VERSION } from "../version.ts";
import type { HubEntry, Leg, SetupStep } from "./config.ts";

/** A config with every default in place: what the rest of hubwright works with. */
export interface Settings {
  /** The file that the config came from, for messages. */
  readonly file: string;
  readonly defaultBranch: string;
  readonly clustersDir: string;
  readonly ignoreClusters: readonly string[];
  readonly rules: {
    readonly allHubs: readonly Pattern[];
    readonly allSupport: readonly Pattern[];
  };
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
}

/** The defaults of the config. */
export const DEFAULTS = {
  defaultBranch: "main",
  clustersDir: "config/clusters",
  ignoreClusters: ["templates"],
  rules: {
    allHubs: ["deployer/**", "helm-charts/basehub/**", "helm-charts/daskhub/**"],
    allSupport: ["helm-charts/support/**"],
  },
  isStaging: (hub: HubEntry): boolean => hub.name.includes("staging"),
  labels: {
    skipDeploy: "deployer:skip-deploy",
    skipDeployHubs: "deployer:skip-deploy-hubs",
    deploySupport: "deployer:deploy-support",
    deployHubs: "deployer:deploy-hubs",
  },
  runtime: ["deno", "run", "--frozen", "PERMISSIONS", `npm:${PACKAGE}@${VERSION}/cli`],
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

/**
 * The settings of a repository without a config.
 *
 * @param file Where the config would be, for messages.
 * @returns The settings.
 * @example
 * ```ts
 * import { defaultSettings } from "./settings.ts";
 *
 * console.assert(defaultSettings("hubwright.config.ts").clustersDir === "config/clusters");
 * ```
 */
export function defaultSettings(file: string): Settings {
  const patterns = (globs: readonly string[]) =>
    globs.map(parsePattern).filter((pattern) => typeof pattern !== "string");
  return {
    ...DEFAULTS,
    file,
    rules: {
      allHubs: patterns(DEFAULTS.rules.allHubs),
      allSupport: patterns(DEFAULTS.rules.allSupport),
    },
    notify: { slack: undefined },
  };
}
