import type { LabelNames } from "../plan/labels.ts";
import type { WorkflowModel } from "../workflow/model.ts";
import type { Value } from "../workflow/text.ts";
import type { JobConfig, JobsConfig } from "./job_config.ts";
import type { Leg, Steps } from "./step_config.ts";

/** A hub's entry in `cluster.yaml`, as it is written there. */
export interface HubEntry {
  /** The hub's name. */
  readonly name: string;
  /** Every other key of the entry. */
  readonly [key: string]: unknown;
}

/** How much a change upgrades: everything that it may concern, or what it does concern. */
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
   * Where the clusters are, in a repository that is laid out in another way: the files that are
   * about clusters, and what one of them says. It is the long form of `clustersDir`.
   */
  readonly clusters?: {
    /** The paths of the files, or patterns for them. */
    readonly files: string | readonly string[];
    /** Reads one of the files, as it is now or was at any commit. */
    readonly read: ReadCluster;
  };
  /** The folder that holds one folder a cluster. Default: `config/clusters`. */
  readonly clustersDir?: string;
  /** Folders in there that are no clusters. Default: `templates`. */
  readonly ignoreClusters?: readonly string[];
  /**
   * How much a change to a `cluster.yaml` or to a chart upgrades. `cluster`: everything on the
   * cluster, and all hubs. `hub`: the releases whose own keys changed, or whose chart did.
   * Default: `cluster`.
   */
  readonly precision?: Precision;
  /** The folder that holds one folder a chart. Default: `helm-charts`. */
  readonly chartsDir?: string;
  /** Which files and keys decide an upgrade. */
  readonly rules?: {
    /**
     * Paths whose change upgrades all hubs. Default: the deployer, basehub, daskhub, and the charts
     * that hubs name, with what these depend on by a path.
     */
    readonly allHubs?: readonly string[];
    /**
     * Paths whose change upgrades all support charts. Default: the support chart, with what it
     * depends on by a path.
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
     * Keys of a cluster that reach no release; `precision: "hub"` alone looks at them. Default:
     * `metadata`, `provider_url` and `tenancy`.
     */
    readonly inertKeys?: readonly string[];
    /** Keys of a hub's entry that reach no release, `display_name` for instance. Default: none. */
    readonly inertHubKeys?: readonly string[];
    /**
     * Paths in a chart's folder that the chart does not render, `docs/**` for instance, besides
     * what its `.helmignore` excludes; `precision: "hub"` alone looks at them. Default: none.
     */
    readonly inertChartFiles?: readonly string[];
    /** Paths whose change starts the workflow and upgrades nothing. Default: none. */
    readonly triggersOnly?: readonly string[];
    /**
     * Paths outside a chart's folder that are about that chart, by its name. With
     * `precision: "hub"` a change upgrades the hubs of that chart and of those that depend on it,
     * otherwise all hubs. Default: none.
     */
    readonly charts?: Readonly<Record<string, readonly string[]>>;
  };
  /**
   * Whose canaries stand before a prod hub. `cluster`: those of its own cluster, and no cluster waits
   * for another. `fleet`: those of all clusters, as where one staging cluster stands before all
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
   * Lists of clusters, by patterns of their names, `[["pilot-*"], ["*"]]` for instance: a wave starts
   * once all before it is over, and only where nothing of that failed. Each cluster has to be in one.
   * Default: all clusters at once.
   */
  readonly waves?: readonly (readonly string[])[];
  /**
   * Over how many jobs the legs of a phase are spread where GitHub's 256 for each job are too few: 4
   * for up to 1,024. Default: 1.
   */
  readonly shards?: number;
  /** Which hubs are staging hubs. Default: those whose name contains `staging`. */
  readonly isStaging?: (hub: HubEntry) => boolean;
  /** What the four labels are called. Default: `deployer:skip-deploy` and so on. */
  readonly labels?: Partial<LabelNames>;
  /**
   * The words that start hubwright in a workflow; `PERMISSIONS` is replaced by the Deno permissions
   * that the command needs, and `--no-npm` or `--frozen` has to come with it. Default: the copy of
   * hubwright in the repository, `.hubwright/hubwright.js`.
   */
  readonly runtime?: readonly string[];
  /** The steps that give a leg access to its cluster. Default: `./.github/actions/setup-deploy`. */
  readonly setup?: Steps | ((leg: Leg) => Steps);
  /**
   * Steps at the end of every leg, before the canary's verdict: where one fails, the leg has failed.
   * One that is to run after a failure says so (`if: always()`). Default: none.
   */
  readonly after?: Steps | ((leg: Leg) => Steps);
  /** Where and how the jobs run, and further steps of theirs. */
  readonly jobs?: JobsConfig;
  /**
   * One job that builds what is to be deployed, images for instance: once, before the canaries, where
   * there is anything to deploy. Where it does not succeed, nothing is deployed. Default: none.
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
     * Whether all waiting runs stay in the queue, or with `single` just the newest, for servers that
     * know no longer queue. The ledger then makes up what the others would have deployed, so there
     * has to be one. Default: `max`.
     */
    readonly queue?: "max" | "single";
  };
  /** The shell commands that deploy; the words `CLUSTER` and `HUB` are replaced by the names. */
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
  /** Who hears of a failed deployment. Default: no one. */
  readonly notify?: {
    /** The name of the secret that holds a Slack incoming webhook's URL, or that and what to say. */
    readonly slack?: string | {
      /** The name of the secret. */
      readonly secret: string;
      /** What Slack is told of a job that did not succeed. Default: the workflow and the run's page. */
      readonly text?: Value;
    };
  };
  /**
   * Keeps a record of what each release is owed, in GitHub's Deployments, so that an upgrade that
   * failed, was blocked or was lost is made up. Default: no record.
   */
  readonly ledger?: {
    /** The commit at which every release was up to date: it counts until there is a record. */
    readonly since: string;
    /** The environment that holds the record. Default: `hubs`. */
    readonly environment?: string;
    /** When to make up what is owed without a push, as a cron schedule in UTC: `17 4 * * *`. */
    readonly reconcile?: string;
  };
  /**
   * Whether people may start a deployment by hand, of the releases and the phase that they name.
   * Default: they may where there is a ledger.
   */
  readonly dispatch?: boolean;
  /**
   * Clusters, hubs and support charts that are held back, each with why. They stay owed until they
   * are taken out of here, so there has to be a ledger. Default: none.
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
   * Adds to a workflow what no key says: jobs, steps, permissions, conditions. What hubwright put
   * there has to stay, in its order. Default: nothing.
   */
  readonly extend?: (workflow: WorkflowModel) => WorkflowModel;
}

/** A file that is about clusters, as it is on disk or in a commit. */
export interface SourceFile {
  /** Its path, relative to the repository's root. */
  readonly path: string;
  /** The folder that it is in; empty for the root. */
  readonly folder: string;
  /** What it holds, read as YAML, which JSON is too. */
  readonly data: unknown;
  /** Lists the files that match a pattern, sorted. */
  readonly glob: (pattern: string) => readonly string[];
  /** Whether there is a file of a path. */
  readonly exists: (path: string) => boolean;
}

/** What a release is made of, and what upgrades it. */
export interface ReleaseDefinition {
  /** The paths of its files, or patterns: a change to one upgrades it. */
  readonly files?: readonly string[];
  /** The name of its chart, a folder in `chartsDir`. */
  readonly chart?: string;
  /** The shell command that upgrades it. Default: that of `commands`. */
  readonly upgrade?: string;
}

/** A release of the cluster itself, as `clusters.read` says it. */
export interface SupportDefinition extends ReleaseDefinition {
  /**
   * Its name. One that is not called `support` is an add-on: it has a command of its own, and is
   * upgraded after the support chart. Default: `support`.
   */
  readonly name?: string;
}

/** A hub, as `clusters.read` says it. */
export interface HubDefinition extends ReleaseDefinition {
  /** Its name, unique in its cluster. */
  readonly name: string;
  /** Whether it is a staging hub. Default: what `isStaging` says. */
  readonly staging?: boolean;
  /** The shell command that checks it; `null` for no check. Default: that of `commands`. */
  readonly check?: string | null;
}

/** A cluster, or a part of one: what several files say of one name is put together. */
export interface ClusterDefinition {
  /** Its name. */
  readonly name: string;
  /** Its provider, which decides how a leg gets access. */
  readonly provider: string;
  /** The paths of files, or patterns, whose change upgrades all of it. */
  readonly files?: readonly string[];
  /** Its support chart, if it has one, and its add-ons. */
  readonly support?: SupportDefinition | readonly SupportDefinition[] | null;
  /** Its hubs. */
  readonly hubs?: readonly HubDefinition[];
  /** What its legs are told besides, by name: `leg.value("project")`, for instance. */
  readonly values?: Readonly<Record<string, string>>;
}

/**
 * Says which clusters a file is about; `null` where it is about none. It has to depend on nothing
 * but the file: it is asked about the files of earlier commits as well.
 */
export type ReadCluster = (
  file: SourceFile,
) => ClusterDefinition | readonly ClusterDefinition[] | null;

/** A cluster, and the names of its hubs. */
export interface ClusterNames {
  /** The cluster's name. */
  readonly name: string;
  /** The cluster's provider. */
  readonly provider: string;
  /** Its hubs. */
  readonly hubs: readonly { readonly name: string; readonly staging: boolean }[];
}

/** A workflow that runs a command for clusters or for hubs, in parallel. */
export interface Task {
  /** The workflow's name; its file is `task-` and the name in small letters. */
  readonly name: string;
  /** When it runs. By schedule or by hand it is about all clusters or hubs. */
  readonly on: {
    /** A cron schedule in UTC: `17 4 * * *`. Default: none. */
    readonly schedule?: string;
    /** Whether people may start it. Default: no. */
    readonly dispatch?: boolean;
    /** Whether a push to the default branch runs it for what that affects. Default: no. */
    readonly push?: boolean;
    /**
     * What happens on a pull request: `run` runs it for what that affects, without access to any
     * cluster; `plan` says in a comment what merging would run it for. Default: nothing.
     */
    readonly pullRequest?: "run" | "plan";
  };
  /** What it runs for. */
  readonly each: "cluster" | "hub";
  /**
   * The paths whose change affects a cluster; `{cluster}` and `{provider}` stand for its names.
   * Default: the rules that decide an upgrade.
   */
  readonly rules?: readonly string[];
  /** The command; the words `CLUSTER` and `HUB` are replaced by the names. */
  readonly run: string;
  /** Whether the steps of `setup` give it access to the cluster first. Default: no. */
  readonly access?: boolean;
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
