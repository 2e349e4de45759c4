import type { LabelNames } from "../plan/labels.ts";
import type { WorkflowModel } from "../workflow/model.ts";
import type { Value } from "../workflow/text.ts";
import type { ClusterNames, ReadCluster } from "./cluster_definition.ts";
import type { JobConfig, JobsConfig } from "./job_config.ts";
import type { Leg, Steps } from "./step_config.ts";
import type { Task } from "./task_config.ts";

/** A hub's entry in `cluster.yaml`, as it is written there. */
export interface HubEntry {
  /** The hub's name. */
  readonly name: string;
  /** Every other key of the entry. */
  readonly [key: string]: unknown;
}

/** How much a change upgrades: everything that it may affect, or only what it does affect. */
export type Precision = "cluster" | "hub";

/**
 * A key that names files. The names are relative to the folder of the `cluster.yaml`; from the root,
 * those with a `/` in them are relative to the repository's root.
 */
export type FileKey = string | {
  /** The key, or keys inside each other with `.` between them. */
  readonly key: string;
  /** Where names with a `/` begin. */
  readonly from: "root";
};

/** What a user may configure in `hubwright.config.ts`. Every key may be left out. */
export interface Config {
  /** The name of the workflow that deploys. Default: `Deploy and test hubs`. */
  readonly name?: string;
  /**
   * The branches whose pushes deploy, and what: everything, or support charts and staging hubs
   * alone, or prod hubs alone. `test/**` is every branch whose name begins with `test/`. It is the
   * long form of `defaultBranch`.
   */
  readonly branches?: Readonly<Record<string, "all" | "staging" | "prod">>;
  /** The branch whose pushes deploy. Default: `main`. */
  readonly defaultBranch?: string;
  /**
   * Where the clusters are, in a repository that is laid out differently: the files that describe
   * clusters, and a function that reads one of them. It is the long form of `clustersDir`.
   */
  readonly clusters?: {
    /** The paths of the files, or patterns for them. */
    readonly files: string | readonly string[];
    /** Reads one of the files, as it is now or was at any commit. */
    readonly read: ReadCluster;
  };
  /** The folder with one subfolder per cluster. Default: `config/clusters`. */
  readonly clustersDir?: string;
  /** Folders in it that are not clusters. Default: `templates`. */
  readonly ignoreClusters?: readonly string[];
  /**
   * How much a change to a `cluster.yaml` or to a chart upgrades. `cluster`: everything on the
   * cluster, and all hubs. `hub`: the releases whose own keys changed, or whose chart did.
   * Default: `cluster`.
   */
  readonly precision?: Precision;
  /** The folder with one subfolder per chart. Default: `helm-charts`. */
  readonly chartsDir?: string;
  /** Which files and keys decide an upgrade. */
  readonly rules?: {
    /**
     * Paths that upgrade all hubs when they change. Default: the deployer, basehub, daskhub, and the
     * charts that hubs name, with what these depend on by path.
     */
    readonly allHubs?: readonly string[];
    /**
     * Paths that upgrade all support charts when they change. Default: the support chart, with what
     * it depends on by path.
     */
    readonly allSupport?: readonly string[];
    /**
     * Further keys that name a file, or a list of files, in a hub's entry, in `support`, or in the
     * cluster itself: `override_file`, or `gcp.key` for a key inside another. Names are relative to
     * the folder of the `cluster.yaml`; with `{ key: "override_file", from: "root" }`, those with a
     * `/` are relative to the repository's root. Default: none.
     */
    readonly fileKeys?: readonly FileKey[];
    /**
     * Keys of a cluster that affect no release, for `precision: "hub"`. Default: `metadata`,
     * `provider_url` and `tenancy`.
     */
    readonly inertKeys?: readonly string[];
    /** Keys of a hub's entry that affect no release, such as `display_name`. Default: none. */
    readonly inertHubKeys?: readonly string[];
    /**
     * Paths in a chart's folder that the chart does not render, such as `docs/**`, in addition to
     * what its `.helmignore` excludes, for `precision: "hub"`. Default: none.
     */
    readonly inertChartFiles?: readonly string[];
    /** Paths that start the workflow when they change, and upgrade nothing. Default: none. */
    readonly triggersOnly?: readonly string[];
    /**
     * Paths outside a chart's folder that belong to it, by the chart's name. With
     * `precision: "hub"` a change upgrades the hubs of that chart and of those that depend on it,
     * otherwise all hubs. Default: none.
     */
    readonly charts?: Readonly<Record<string, readonly string[]>>;
  };
  /**
   * Which canaries a prod hub waits for. `cluster`: those of its own cluster, so that no cluster
   * waits for another. `fleet`: those of all clusters, for a fleet with one staging cluster for all
   * others. Default: `cluster`.
   */
  readonly gate?: "cluster" | "fleet";
  /**
   * How the jobs are laid out. `four-jobs`: all canaries, a filter, all prod hubs. `pipelined`: a
   * workflow that is called once for each cluster, so that no cluster waits for another. Both deploy
   * the same. Default: `four-jobs`.
   */
  readonly layout?: "four-jobs" | "pipelined";
  /**
   * Lists of clusters, by patterns of their names, such as `[["pilot-*"], ["*"]]`: a wave starts once
   * all before it have ended, and only if nothing in them failed. Each cluster has to be in one.
   * Default: all clusters at once.
   */
  readonly waves?: readonly (readonly string[])[];
  /**
   * How many jobs share the legs of a phase when GitHub's 256 per job are too few: 4 for up to 1,024.
   * Default: 1.
   */
  readonly shards?: number;
  /** Which hubs are staging hubs. Default: those whose name contains `staging`. */
  readonly isStaging?: (hub: HubEntry) => boolean;
  /** What the four labels are called. Default: `deployer:skip-deploy` and so on. */
  readonly labels?: Partial<LabelNames>;
  /**
   * The command that starts hubwright in a workflow, word by word; `PERMISSIONS` stands for the Deno
   * permissions that it needs, and `--no-npm` or `--frozen` has to be among them. Default: the copy of
   * hubwright in the repository, `.hubwright/hubwright.js`.
   */
  readonly runtime?: readonly string[];
  /** The steps that give a leg access to its cluster. Default: `./.github/actions/setup-deploy`. */
  readonly setup?: Steps | ((leg: Leg) => Steps);
  /**
   * Steps at the end of every leg, before the canary's verdict: if one fails, the leg has failed. One
   * that should run after a failure says so (`if: always()`). Default: none.
   */
  readonly after?: Steps | ((leg: Leg) => Steps);
  /** Where and how the jobs run, and extra steps. */
  readonly jobs?: JobsConfig;
  /**
   * One job that builds what is deployed, such as images: once, before the canaries, if there is
   * anything to deploy. Unless it succeeds, nothing is deployed. Default: none.
   */
  readonly build?: {
    /** Its steps, after the checkout. */
    readonly steps: Steps;
    /** Where and how it runs. */
    readonly job?: JobConfig;
  };
  /** How runs wait for each other. */
  readonly concurrency?: {
    /**
     * Whether all waiting runs stay in the queue, or with `single` only the newest, for servers
     * without queues. The ledger then makes up what the others would have deployed, so there has to
     * be one. Default: `max`.
     */
    readonly queue?: "max" | "single";
  };
  /** The shell commands that deploy; the words `CLUSTER` and `HUB` stand for the names. */
  readonly commands?: {
    /** Upgrades a support chart. Default: `deployer deploy-support CLUSTER`. */
    readonly upgradeSupport?: string;
    /** Upgrades a hub. Default: `deployer deploy CLUSTER HUB`. */
    readonly upgradeHub?: string;
    /**
     * Checks a hub's health; `null` for no check. Default:
     * `deployer run-hub-health-check CLUSTER HUB`.
     */
    readonly healthCheck?: string | null;
  };
  /** Who is told about a failed deployment. Default: no one. */
  readonly notify?: {
    /** The name of the secret that holds a Slack incoming webhook's URL, or that and what to say. */
    readonly slack?: string | {
      /** The name of the secret. */
      readonly secret: string;
      /** What Slack is told about a job that did not succeed. Default: the workflow and the run's page. */
      readonly text?: Value;
    };
  };
  /**
   * Keeps a record of what each release is owed, in GitHub's Deployments, so that an upgrade that
   * failed, was blocked or was lost is made up. Default: no record.
   */
  readonly ledger?: {
    /** A commit at which every release was up to date: it stands in until there is a record. */
    readonly since: string;
    /** The environment that holds the record. Default: `hubs`. */
    readonly environment?: string;
    /** When to make up what is owed without a push, as a cron schedule in UTC: `17 4 * * *`. */
    readonly reconcile?: string;
  };
  /**
   * Whether people may start a deployment by hand, of the releases and the phase that they name.
   * Default: they may if there is a ledger.
   */
  readonly dispatch?: boolean;
  /**
   * Clusters, hubs and support charts that are held back, each with a reason. They stay owed until
   * they are removed from here, so there has to be a ledger. Default: none.
   */
  readonly paused?: Readonly<Record<string, string>>;
  /** The comment that says on a pull request what merging it would deploy. */
  readonly comment?: {
    /** The names of further workflows whose plan, in the artifact `pr`, becomes a comment. Default: none. */
    readonly follows?: readonly string[];
  };
  /** Further workflows that run a command for clusters or hubs. Default: none. */
  readonly tasks?: readonly Task[];
  /** Workflows of your own, generated and checked like the others. Default: none. */
  readonly workflows?:
    | readonly WorkflowModel[]
    | ((clusters: readonly ClusterNames[]) => readonly WorkflowModel[]);
  /**
   * Adds to a workflow what no key covers: jobs, steps, permissions, conditions. What hubwright put
   * there has to stay, in its order. Default: nothing.
   */
  readonly extend?: (workflow: WorkflowModel) => WorkflowModel;
}

/**
 * Types the config of an infrastructure repository: the default export of its
 * `hubwright.config.ts`.
 *
 * @param config The config.
 * @returns The same config.
 * @example
 * ```ts
 * import { defineConfig } from "@hubwright/hubwright";
 *
 * export default defineConfig({
 *   rules: { allHubs: ["deployer/**", "helm-charts/basehub/**"] },
 *   isStaging: (hub) => hub.name.startsWith("staging"),
 * });
 * ```
 * @example With a record of what each release is owed, and two that are held back
 * ```ts
 * import { defineConfig } from "@hubwright/hubwright";
 *
 * export default defineConfig({
 *   ledger: { since: "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567", reconcile: "17 4 * * *" },
 *   paused: {
 *     "sea/plankton": "an exam is under way",
 *     "lake/support chart": "the certificates are changed by hand",
 *   },
 * });
 * ```
 */
export function defineConfig(config: Config): Config {
  return config;
}
