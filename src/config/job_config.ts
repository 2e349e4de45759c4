import type { Expression } from "../workflow/expression.ts";
import type { Permissions } from "../workflow/model.ts";
import type { Value } from "../workflow/text.ts";
import type { Leg, ProdLeg, Steps } from "./step_config.ts";

/** A machine by its label, by all of its labels, or by its group. */
export type RunsOn = string | readonly string[] | {
  /** The group of machines. */
  readonly group: string;
  /** Labels that the machine has to have as well. */
  readonly labels?: readonly string[];
};

/** An image in which the steps of a job run, by its name, or with more about it. */
export type ContainerConfig = string | {
  /** The image. */
  readonly image: string;
  /** The variables of the container. */
  readonly env?: Readonly<Record<string, Value>>;
  /** The folders and volumes that it sees: `/data:/data`. */
  readonly volumes?: readonly string[];
  /** Further options of `docker create`. */
  readonly options?: string;
  /** What to sign in to the registry with. */
  readonly credentials?: {
    /** The user's name. */
    readonly username: Value;
    /** The password: a secret. */
    readonly password: Expression<string>;
  };
};

/**
 * An environment of GitHub's, by its name, or with more about it. In the jobs of legs, `CLUSTER` in
 * its name and its URL stands for the cluster, and in the job of prod hubs `HUB` for the hub.
 */
export type EnvironmentConfig = string | {
  /** Its name. */
  readonly name: string;
  /** The page that GitHub links to. */
  readonly url?: string;
  /** Whether GitHub keeps a deployment of it. Default: it does. */
  readonly deployment?: boolean;
};

/** How a job checks the repository out. */
export interface CheckoutConfig {
  /** Whether to check out submodules, or with `recursive` theirs too. Default: none. */
  readonly submodules?: boolean | "recursive";
  /** How many commits to fetch; 0 for all. The job that plans fetches as many as it needs. */
  readonly fetchDepth?: number;
  /** Whether to fetch the files of Git LFS. Default: no. */
  readonly lfs?: boolean;
}

/** What every job may be told. */
export interface EveryJobConfig<StepsOfJob = Steps> {
  /** The machine. Default: `ubuntu-latest`. */
  readonly runsOn?: RunsOn;
  /** An image in which the steps run. Default: they run on the machine itself. */
  readonly container?: ContainerConfig;
  /** Variables of all of its steps. */
  readonly env?: Readonly<Record<string, Value>>;
  /**
   * The shell of the config's steps and commands, for instance `bash -leo pipefail {0}`. Default:
   * `bash`.
   */
  readonly shell?: string;
  /** When GitHub ends it. Default: 10 minutes, canaries 120, prod hubs 60. */
  readonly timeoutMinutes?: number;
  /** What its token may do besides what the job needs, each with the reason. */
  readonly permissions?: Permissions;
  /** The environment whose rules and secrets it has. Default: none. */
  readonly environment?: EnvironmentConfig;
  /** How it checks the repository out. */
  readonly checkout?: CheckoutConfig;
  /** Steps after the checkout, before everything else. */
  readonly before?: StepsOfJob;
  /** Steps after everything else, but for the notice to Slack and the canary's verdict. */
  readonly after?: StepsOfJob;
}

/** What one job may be told. */
export interface JobConfig<StepsOfJob = Steps> extends EveryJobConfig<StepsOfJob> {
  /** Its name; behind it, GitHub names the leg. */
  readonly name?: string;
}

/** What a job of legs may be told. */
export interface LegJobConfig<OneLeg> extends JobConfig<Steps | ((leg: OneLeg) => Steps)> {
  /** How many of its legs run at once. Default: as many as there are machines. */
  readonly maxParallel?: number;
}

/** The jobs, by what they are for; what one of them is told wins over what all are told. */
export interface JobsConfig {
  /** All jobs of all workflows, but for those that the config makes itself. */
  readonly every?: EveryJobConfig;
  /** The job that plans. It runs on pull requests as well. */
  readonly plan?: JobConfig;
  /** The job of the support charts and staging hubs, one leg per cluster. */
  readonly canary?: LegJobConfig<Leg>;
  /** The job that lets prod hubs through. */
  readonly filter?: JobConfig;
  /** The job of the prod hubs, one leg per hub. */
  readonly prod?: LegJobConfig<ProdLeg>;
  /** The last job, where there is a ledger. */
  readonly report?: JobConfig;
  /** The jobs of the workflow that comments on pull requests. */
  readonly comment?: EveryJobConfig;
  /** The jobs of the tasks that run a command, one leg per cluster or hub. */
  readonly task?: Omit<LegJobConfig<Leg>, "name">;
}
