// Built by hubwright 0.1.0 from its source; do not edit. MIT license.
/**
 * hubwright generates the deployment workflows of many JupyterHubs from typed definitions, and is
 * the `plan`, `filter` and `comment` that those workflows call.
 *
 * This module is what a `hubwright.config.ts` imports: `defineConfig`, and a library of typed
 * workflows with jobs, steps and expressions, which the generated ones are written in as well.
 *
 * @example
 * ```ts
 * import { defineConfig } from "@hubwright/hubwright";
 *
 * export default defineConfig({ defaultBranch: "main" });
 * ```
 *
 * @module
 */
/** A hub's entry in `cluster.yaml`, as it is written there. */
export interface HubEntry { /** The hub's name. */ readonly name: string;
    /** Every other key of the entry. */
    readonly [key: string]: unknown;
}
/** How much a change upgrades: everything that it may affect, or only what it does affect. */
export type Precision = "cluster" | "hub";
/**
 * A key that names files. The names are relative to the folder of the `cluster.yaml`; from the root,
 * those with a `/` in them are relative to the repository's root.
 */
export type FileKey = string | { /** The key, or keys inside each other with `.` between them. */ readonly key: string;
    /** Where names with a `/` begin. */
    readonly from: "root";
};
/** What a user may configure in `hubwright.config.ts`. Every key may be left out. */
export interface Config { /** The name of the workflow that deploys. Default: `Deploy and test hubs`. */ readonly name?: string;
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
    readonly workflows?: readonly WorkflowModel[] | ((clusters: readonly ClusterNames[]) => readonly WorkflowModel[]);
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
export declare function defineConfig(config: Config): Config;
/**
 * A secret of the repository, or one of several by the leg.
 *
 * @param name The secret's name, or a `format` of it whose text begins with the part that all of them
 * share; a leg's values fill in the rest.
 * @returns Its value.
 * @throws {TypeError} If it is not such a name: which secrets a step may see has to be known when the
 * workflow is generated.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { format } from "../workflow/functions.ts";
 * import { secret } from "./secret.ts";
 *
 * assert(secret("SLACK_WEBHOOK").text === "secrets.SLACK_WEBHOOK");
 * const key = secret((leg) => format("KEY_OF_{0}", leg.provider));
 * assert(key.text === "secrets[format('KEY_OF_{0}', matrix.jobs.provider)]");
 * ```
 */
export declare function secret(name: string | Expression<string> | ((leg: Leg) => Expression<string>)): Expression<string>;
/**
 * A variable that the repository's settings on GitHub hold.
 *
 * @param name The variable's name.
 * @returns Its value; empty text where there is none.
 * @throws {TypeError} If it is not a name.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { variable } from "./secret.ts";
 *
 * assert(variable("REGION").text === "vars.REGION");
 * ```
 */
export declare function variable(name: string): Expression<string>;
/** A workflow of another repository: what it takes and gives back, as its file says. */
export interface RemoteWorkflow<On, Output extends string> { /** Where it is, `owner/name/.github/workflows/file.yaml` at a commit. */ readonly uses: ActionRef;
    /** What it takes, as below its `on`. */
    readonly on: On;
    /** The names of what it gives back. */
    readonly outputs: readonly Output[];
}
/** What a job can call. */
export type Callee = Workflow | RemoteWorkflow<unknown, string>;
/** What starts a workflow, a call among it. */
export type OnOf<Called> = Called extends Workflow<infer On, unknown> ? On : Called extends RemoteWorkflow<infer On, string> ? On : never;
/** What a workflow gives back. */
export type OutputsOf<Called> = Called extends RemoteWorkflow<unknown, infer Output> ? Readonly<Record<Output, string>> : Called extends Workflow<infer _, infer Outputs> ? Outputs : never;
/** What a workflow says of its being called. */
export type CallOf<On> = On extends { readonly workflow_call: infer Call;
} ? Call : never;
/** The inputs or the secrets that a workflow takes, by name. */
export type Parts<Called, Name extends PropertyKey> = CallOf<OnOf<Called>> extends infer Call ? Name extends keyof Call ? Call[Name] : unknown : never;
/** The names of those that have to be given. */
export type Needed<Of> = { [Name in keyof Of]: Of[Name] extends { readonly required: true;
    } ? Name : never;
}[keyof Of];
/** What an input can be given, by its type. */
export type Given<Input> = Input extends { readonly type: "boolean";
} ? ValueOf<boolean> : Input extends {
    readonly type: "number";
} ? ValueOf<number> : ValueOf<string> | Template;
/** What a workflow is given as inputs. */
export type InputsTo<Of> = { readonly [Name in Needed<Of>]: Given<Of[Name]>;
} & {
    readonly [Name in Exclude<keyof Of, Needed<Of>>]?: Given<Of[Name]>;
};
/** What a workflow is given as secrets. */
export type SecretsTo<Of> = { readonly [Name in Needed<Of>]: Expression<string>;
} & {
    readonly [Name in Exclude<keyof Of, Needed<Of>>]?: Expression<string>;
};
/** What is in reach of what a called workflow is given. */
export interface CallScope<Jobs extends readonly Job[], Over> extends JobScope<Jobs> { /** The values of this leg. */ readonly matrix: MatrixHandles<Over>;
}
/** What a job that calls a workflow is made from. */
export interface CallDefinition<Called, Jobs extends readonly Job[], Over> extends Pick<JobModel, "name" | "comment" | "permissions">, Partial<Pick<JobModel, "failFast" | "maxParallel" | "concurrency">> { /** The workflow: what `workflow` made, or one of another repository. */ readonly workflow: Called;
    /** The jobs that must be over first: only their outputs are in reach. */
    readonly needs?: Jobs;
    /** When it runs; without one, where every job that it needs succeeded. */
    readonly if?: (scope: JobScope<Jobs>) => Expression<unknown>;
    /** What it is a matrix over. */
    readonly matrix?: (scope: JobScope<Jobs>) => Over;
}
/** What the workflow is given, which can be left out where nothing of it is required. */
export type GivenTo<Called, Scope, With, Secrets> = Give<"with", Parts<Called, "inputs">, (scope: Scope) => With> & Give<"secrets", Parts<Called, "secrets">, (scope: Scope) => Secrets> & Refuse<"with", Exclude<keyof With, keyof Parts<Called, "inputs">>> & Refuse<"secrets", Exclude<keyof Secrets, keyof Parts<Called, "secrets">>>;
/** What a function gives is not held to have no more than what is wanted. */
export type Refuse<Key extends string, More> = [More] extends [never] ? unknown : { readonly [Name in Key]: { readonly "the workflow does not take": More;
    };
};
/** A key that can be left out where nothing has to be given. */
export type Give<Key extends string, Of, Function> = [Needed<Of>] extends [never] ? { readonly [Name in Key]?: Function;
} : {
    readonly [Name in Key]: Function;
};
/**
 * Defines a job that calls another workflow. What the workflow does not take, and what it does not
 * give back, does not compile.
 *
 * @param id The job's id.
 * @param definition What it is made from.
 * @returns The job, whose outputs are those of the workflow.
 */
export declare function callWorkflow<const Id extends string, Called extends Callee, const Jobs extends readonly Job[] = [], const Over extends Matrix = never, const With extends InputsTo<Parts<Called, "inputs">> = InputsTo<Parts<Called, "inputs">>, const Secrets extends SecretsTo<Parts<Called, "secrets">> = SecretsTo<Parts<Called, "secrets">>>(id: Id, definition: CallDefinition<Called, Jobs, Over> & GivenTo<Called, CallScope<Jobs, Over>, With, Secrets>): Job<Id, OutputsOf<Called>>;
/**
 * {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#always always()}: also after a failure or a cancellation.
 *
 * @returns The condition, for a job or a step.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { always } from "./functions.ts";
 *
 * assert(always().text === "always()");
 * ```
 */
export declare function always(): Expression<boolean>;
/**
 * {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#cancelled cancelled()}: the run was cancelled.
 *
 * @returns The condition, for a job or a step.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { cancelled } from "./functions.ts";
 *
 * assert(cancelled().text === "cancelled()");
 * ```
 */
export declare function cancelled(): Expression<boolean>;
/**
 * {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#failure failure()}: a step or a needed job before failed.
 *
 * @returns The condition, for a job or a step.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { failure } from "./functions.ts";
 *
 * assert(failure().text === "failure()");
 * ```
 */
export declare function failure(): Expression<boolean>;
/**
 * {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#fromjson fromJSON()}: the value that JSON text holds.
 *
 * @param text The text.
 * @returns The value.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { context, type Json } from "./expression.ts";
 * import { fromJSON } from "./functions.ts";
 *
 * const list = context<Json<readonly string[]>>("needs", "plan", "outputs", "hubs");
 * assert(fromJSON(list).text === "fromJSON(needs.plan.outputs.hubs)");
 * ```
 */
export declare function fromJSON<Value>(text: Expression<Json<Value>>): Expression<Value>;
/**
 * {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#tojson toJSON()}: a value as JSON text.
 *
 * @param value The value.
 * @returns The text.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { toJSON } from "./functions.ts";
 * import { github } from "./github_context.ts";
 *
 * assert(toJSON(github.pullRequestLabels).text === "toJSON(github.event.pull_request.labels.*.name)");
 * ```
 */
export declare function toJSON<Value>(value: Expression<Value>): Expression<Json<Value>>;
/**
 * Whether a list has items: GitHub refuses a matrix over an empty list, so a job over one is
 * skipped instead. Empty text is not an empty list: a job that succeeded wrote one, so GitHub
 * {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs dropped the output},
 * and a job that then reads it fails instead of being skipped.
 */
declare function hasItems(text: Expression<Json<readonly unknown[]>>): Expression<boolean>;
/** Whether a value is there: what a list or a mapping does not have is null. */
declare function isThere(value: Expression<unknown>): Expression<boolean>;
/** Whether a job wrote an output. */
declare function isWritten(text: Expression<string>): Expression<boolean>;
/**
 * {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#startswith startsWith()}: whether a text begins with another, in which the case of letters does not count.
 *
 * @param text The text.
 * @param start What it may begin with.
 * @returns Whether it does.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { startsWith } from "./functions.ts";
 * import { github } from "./github_context.ts";
 *
 * assert(startsWith(github.ref, "refs/tags/").text === "startsWith(github.ref, 'refs/tags/')");
 * ```
 */
export declare function startsWith(text: Expression<string>, start: string): Expression<boolean>;
/**
 * Fills `{0}`, `{1}` and so on in a text.
 *
 * @param text The text.
 * @param values What is put in place of them.
 * @returns The text with the values in it.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { format } from "./functions.ts";
 * import { github } from "./github_context.ts";
 *
 * assert(format("run {0}", github.runId).text === "format('run {0}', github.run_id)");
 * ```
 */
export declare function format(text: string, ...values: readonly Operand<unknown>[]): Expression<string>;
/**
 * One of two values, by GitHub's idiom `condition && whenTrue || whenFalse`.
 *
 * @param condition What decides.
 * @param whenTrue The value where it holds.
 * @param whenFalse The value where it does not.
 * @returns The value.
 * @throws {TypeError} If the first value counts as false, since the idiom then gives the second.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { choose } from "./functions.ts";
 * import { github } from "./github_context.ts";
 *
 * const depth = choose(github.eventName.equals("push"), 2, 0);
 * assert(depth.text === "github.event_name == 'push' && 2 || 0");
 * ```
 */
export declare function choose<Value>(condition: Expression<boolean>, whenTrue: Operand<Value>, whenFalse: Operand<Value>): Expression<Value>;
/** The parts of the {@link https://docs.github.com/actions/reference/workflows-and-actions/contexts#github-context github context} that hubwright's workflows read. */
export declare const github: { readonly eventName: Expression<"push" | "pull_request" | "merge_group" | "pull_request_target" | "workflow_run" | "workflow_dispatch" | "schedule">;
    /** The ref that started the run: `refs/heads/main`. */
    readonly ref: Expression<string>;
    /** The name of the branch that it is for. */
    readonly refName: Expression<string>;
    /** On a pull request: the branch that it goes to. */
    readonly baseRef: Expression<string>;
    /** Who started the run. */
    readonly actor: Expression<string>;
    /** On a push: the newest commit that it brings. */
    readonly headCommit: {
        readonly message: Expression<string>;
        readonly author: Expression<string>;
    };
    readonly sha: Expression<string>;
    readonly token: Expression<string>;
    /** `owner/name`. */
    readonly repository: Expression<string>;
    /** `https://github.com`. */
    readonly serverUrl: Expression<string>;
    readonly runId: Expression<string>;
    /** Which attempt of the run this is, from 1. */
    readonly runAttempt: Expression<number>;
    readonly workflow: Expression<string>;
    /** On a push: the commit before it, all zeros on a new branch. */
    readonly pushBefore: Expression<string>;
    /** What someone said who started the run by hand; empty text in any other run. */
    readonly inputs: {
        readonly releases: Expression<string>;
        readonly phase: Expression<string>;
        readonly dryRun: Expression<string>;
    };
    /** In a merge queue: the commit that a group of pull requests is merged into. */
    readonly mergeGroupBase: Expression<string>;
    readonly pullRequestNumber: Expression<number>;
    /** The repository that the pull request's branch is in, `owner/name`. */
    readonly pullRequestRepository: Expression<string>;
    /** The pull request's branch, a name that a fork chooses. */
    readonly pullRequestBranch: Expression<string>;
    /** The names of the pull request's labels. */
    readonly pullRequestLabels: Expression<string[]>;
    /** On a workflow_run: the run that is over. */
    readonly workflowRun: {
        readonly id: Expression<number>;
        /** The name of its workflow. */
        readonly name: Expression<string>;
        readonly event: Expression<string>;
        readonly conclusion: Expression<string>;
        /** The commit that it ran for: on a pull request, the head of the pull request's branch. */
        readonly headSha: Expression<string>;
        /** The repository that the branch is in, `owner/name`. */
        readonly headRepository: Expression<string>;
        /** The branch that it ran for, a name that a fork chooses. */
        readonly headBranch: Expression<string>;
        /** Where people look at it. */
        readonly url: Expression<string>;
    };
};
/**
 * A secret of the repository.
 *
 * @param name The secret's name.
 * @returns Its value.
 * @throws {TypeError} If it is not a name, an expression for instance: which secrets a step sees has
 * to be known when the workflow is generated.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { secret } from "./github_context.ts";
 *
 * assert(secret("SLACK_WEBHOOK").text === "secrets.SLACK_WEBHOOK");
 * ```
 */
export declare function secret(name: string): Expression<string>;
/** A job; the type knows its id and its outputs, so that other jobs can only read what is there. */
export interface Job<Id extends string = string, Outputs = unknown> { /** What it gives: there for the compiler alone. */ readonly "~outputs"?: Outputs;
    /** The id under which other jobs need it. */
    readonly id: Id;
    /** The job as plain data. */
    readonly model: JobModel;
}
/** What a job may read of a job that it needs. */
export interface Need<Outputs> { /** As {@link https://docs.github.com/actions/reference/workflows-and-actions/contexts#needs-context GitHub} gives it. */ readonly result: Expression<"success" | "failure" | "cancelled" | "skipped">;
    /** Its outputs, by name. */
    readonly outputs: OutputHandles<Outputs>;
    /** All of its outputs at once. */
    readonly allOutputs: Expression<Outputs>;
}
/** What is in reach of a job's condition and of its matrix: the needed jobs, by their ids. */
export interface JobScope<Jobs extends readonly Job[]> { /** The jobs that it needs, by their ids. */ readonly needs: { readonly [Needed in Jobs[number] as Needed["id"]]: Needed extends Job<string, infer Outputs> ? Need<Outputs> : never;
    };
}
/** What is in reach of a job's steps. */
export interface StepScope<Jobs extends readonly Job[], Over, Env> extends JobScope<Jobs> { /** The values of this leg. */ readonly matrix: MatrixHandles<Over>;
    /** The variables of the job. */
    readonly env: {
        readonly [Name in keyof Env]: Expression<string>;
    };
    /** The status of the job so far. */
    readonly status: Expression<"success" | "failure" | "cancelled">;
    /** A folder for temporary files, emptied before and after each job. */
    readonly temp: Expression<string>;
}
/** What a job may say besides. */
export type JobOptions = Partial<Pick<JobModel, "runsOn" | "continueOnError" | "environment" | "container" | "services" | "shell" | "failFast" | "maxParallel" | "concurrency">>;
/** What a job is made from. */
export interface JobDefinition<Jobs extends readonly Job[], Over, Env, Outputs> extends Pick<JobModel, "name" | "comment" | "permissions" | "timeoutMinutes">, JobOptions { /** The jobs that must be over first: only their outputs are in reach. */ readonly needs?: Jobs;
    /** When it runs; without one, where every job that it needs succeeded. */
    readonly if?: (scope: JobScope<Jobs>) => Expression<unknown>;
    /**
     * What it is a matrix over: a list, one leg for each item, or several names. Written above what
     * reads its values: types flow down.
     */
    readonly matrix?: (scope: JobScope<Jobs>) => Over;
    /** The environment variables of all its steps. */
    readonly env?: Env | undefined;
    /** Its steps, and the outputs that it takes from them. */
    readonly steps: (scope: StepScope<Jobs, Over, Env>) => {
        readonly steps: readonly Step[];
        readonly outputs?: OutputHandles<Outputs>;
    };
}
/**
 * Defines a job. Needed jobs, values of the matrix and outputs of steps are handles: one that is not
 * there does not compile.
 *
 * @param id The job's id.
 * @param definition What it is made from.
 * @returns The job, whose outputs other jobs can read.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { job } from "./job.ts";
 * import { script } from "./script.ts";
 * import { run } from "./step.ts";
 *
 * const base = { comment: "Why it is there.", permissions: {}, timeoutMinutes: 5 } as const;
 * const version = run({
 *   name: "Find the version",
 *   id: "version",
 *   outputs: ["tag"],
 *   script: () => script`echo tag=v1 >> "$GITHUB_OUTPUT"`,
 * });
 * const find = job("find", {
 *   ...base,
 *   name: "Find",
 *   steps: () => ({ steps: [version], outputs: { tag: version.outputs.tag } }),
 * });
 * const use = job("use", {
 *   ...base,
 *   name: "Use",
 *   needs: [find],
 *   steps: ({ needs }) => ({
 *     steps: [run({
 *       name: "Say it",
 *       env: { TAG: needs.find.outputs.tag },
 *       script: ({ TAG }) => script`echo ${TAG}`,
 *     })],
 *   }),
 * });
 * assert(use.model.needs[0] === "find");
 * ```
 */
export declare function job<const Id extends string, const Jobs extends readonly Job[] = [], const Over extends Matrix = never, const Env extends Values = Record<never, never>, Outputs = Record<never, never>>(id: Id, definition: JobDefinition<Jobs, Over, Env, Outputs>): Job<Id, Outputs>;
/** What is in reach of a job, by the jobs that it needs. */
declare function scopeOf<Jobs extends readonly Job[]>(needs: Jobs | undefined): JobScope<Jobs>;
/** What a job may read of one that it needs. */
declare function needOf<Outputs>({ id, model }: Job<string, Outputs>): Need<Outputs>;
declare const kind: unique symbol;
/** A reference to an environment variable of the step, as a quoted word of its script. */
export declare class EnvVariable { /** Tells it apart from a script: for the compiler alone. */ readonly [kind]: "variable";
    /** The variable's name. */
    readonly name: string;
    /**
     * Refers to a variable; the functions that make scripts are given one for each of `env`.
     *
     * @param name The variable's name.
     * @throws {TypeError} Where a shell would read another name.
     */
    constructor(name: string);
}
/** A shell script. It holds no `${{ }}`: values reach it through environment variables. */
export declare class Script { /** Tells it apart from text: there for the compiler alone. */ readonly [kind]: "script";
    /** The script's text, without a final line break. */
    readonly text: string;
    /**
     * Makes a script from its text; the tag `script` quotes what is put in.
     *
     * @param text The text.
     * @throws {TypeError} Where GitHub would put a value into the text before the shell sees it, so
     * that it could run as code; and where quotes surround a variable, which is quoted already.
     * @see {@link https://docs.github.com/actions/concepts/security/script-injections}
     */
    constructor(text: string);
}
/**
 * Writes a script. A variable becomes a quoted word, text becomes a quoted word, and another
 * script is put in as it is; an expression does not compile.
 *
 * @param strings The script's text.
 * @param words What is put into it.
 * @returns The script.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { script } from "./script.ts";
 *
 * assert(script`echo ${"it's"}`.text === `echo 'it'\\''s'`);
 * ```
 */
export declare function script(strings: TemplateStringsArray, ...words: readonly (EnvVariable | Script | string)[]): Script;
/** A step and the outputs that later steps and its job's outputs may read. */
export interface Step<Outputs = unknown> { /** The step. */ readonly model: StepModel;
    /** Its outputs, by their names. */
    readonly outputs: OutputHandles<Outputs>;
}
/** Outputs as expressions. */
export type OutputHandles<Outputs> = { readonly [Name in keyof Outputs]: Expression<Outputs[Name]>;
};
/** The environment variables of a step, as words of its script. */
export type EnvVariables<Env> = { readonly [Name in keyof Env]: EnvVariable;
};
/**
 * A step that runs a script. A variable that `env` does not define does not compile.
 *
 * @param definition What the step has; its script is a function of its variables.
 * @returns The step, and its outputs for later steps.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { script } from "./script.ts";
 * import { run } from "./step.ts";
 *
 * const tag = run({
 *   name: "Find the tag",
 *   id: "tag",
 *   env: { VERSION: "v1" },
 *   outputs: ["name"],
 *   script: (env) => script`echo name=${env.VERSION} >> "$GITHUB_OUTPUT"`,
 * });
 * assert(tag.outputs.name.text === "steps.tag.outputs.name");
 * ```
 */
export declare function run<const Env extends Readonly<Record<string, Value>> = Record<never, Value>, const Output extends string = never>({ script, outputs, ...base }: Omit<RunStep, "kind" | "env" | "run"> & {
    /** The environment variables through which values reach the script. */
    readonly env?: Env;
    /** The names of the outputs that the script writes; they need an `id`. */
    readonly outputs?: readonly Output[];
    readonly script: (env: EnvVariables<Env>) => Script;
}): Step<Readonly<Record<Output, string>>>;
/** A step that uses an action. */
export declare function uses<const Output extends string = never>({ outputs, ...definition }: Omit<UsesStep, "kind"> & {
    /** The names of the outputs that the action writes; they need an `id`. */
    readonly outputs?: readonly Output[];
}): Step<Readonly<Record<Output, string>>>;
/**
 * How a step ended, before `continueOnError` made a success of it.
 *
 * @param step The step, which needs an `id`.
 * @returns How it ended.
 * @throws {TypeError} If it has no id.
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/contexts#steps-context}
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { script } from "./script.ts";
 * import { outcomeOf, run } from "./step.ts";
 *
 * const build = run({ name: "Build", id: "build", script: () => script`make` });
 * assert(outcomeOf(build).text === "steps.build.outcome");
 * ```
 */
export declare function outcomeOf({ model: { id, name } }: Step): Expression<"success" | "failure" | "cancelled" | "skipped">;
/** The handles of a step's outputs, which are read by its id. */
declare function outputHandles(id: string | undefined, names: readonly string[]): Readonly<Record<string, Expression<string>>>;
/** An expression for each name, below a context. */
declare function handles(names: readonly string[], ...path: readonly string[]): Readonly<Record<string, Expression<string>>>;
declare const TEMPLATE: unique symbol;
/** Text with expressions in it, for values that GitHub reads: never for scripts. */
export declare class Template { /** Marks a template, whichever copy of hubwright made it. */ readonly [TEMPLATE] = true;
    /** Text and expressions in turn. */
    readonly parts: readonly (string | Expression<unknown>)[];
    /**
     * Makes a text from its parts; the tag `template` is shorter.
     *
     * @param parts Text and expressions in turn.
     */
    constructor(parts: readonly (string | Expression<unknown>)[]);
}
/** A value of `env`, `with` and the like. */
export type Value = string | number | boolean | Expression<unknown> | Template;
/** Whether something can be a value of `env`, `with` and the like. */
declare function isValue(value: unknown): value is Value;
/**
 * Puts expressions into the text of a value.
 *
 * @param strings The text.
 * @param values The expressions, or more text.
 * @returns The text with the expressions in it.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { context } from "./expression.ts";
 * import { formatValue, template } from "./text.ts";
 *
 * const value = template`${context("github", "server_url")}/login`;
 * assert(formatValue(value) === "${{ github.server_url }}/login");
 * ```
 */
export declare function template(strings: TemplateStringsArray, ...values: readonly (Expression<unknown> | string)[]): Template;
/** Writes a value as YAML has it: expressions in `${{ }}`, everything else as it is. */
declare function formatValue(value: Value): string | number | boolean;
/** A value as one expression, by which a function can be called with it. */
declare function asExpression(value: Value): Expression<unknown>;
/** The expressions in a value, in order. */
declare function expressionsIn(value: Value): readonly Expression<unknown>[];
/** Whether plain text, not an expression, holds what GitHub would read as one. */
declare function smugglesExpression(value: Value): boolean;
/** A workflow; the type knows what it takes and gives back where another workflow calls it. */
export interface Workflow<On = Triggers, Outputs = unknown> extends WorkflowModel { /** What starts it: there for the compiler alone. */ readonly "~on"?: On;
    /** What it gives back: there for the compiler alone. */
    readonly "~outputs"?: Outputs;
}
/** What an input holds, by its type. */
export type ValueOfInput<Input> = Input extends { readonly type: "boolean";
} ? boolean : Input extends {
    readonly type: "number";
} ? number : Input extends {
    readonly type: "choice";
    readonly options: readonly (infer Option)[];
} ? Option : string;
/** The inputs of an event. */
export type InputsAt<On, Event> = Event extends keyof On ? On[Event] extends { readonly inputs: infer Inputs;
} ? Inputs : unknown : unknown;
/** The secrets that a call gives. */
export type SecretsOf<On> = On extends { readonly workflow_call: { readonly secrets: infer Secrets;
    };
} ? Secrets : unknown;
/** The inputs of whoever starts or calls a workflow. */
export type InputsOf<On> = InputsAt<On, "workflow_dispatch"> & InputsAt<On, "workflow_call">;
/** What is in reach of a whole workflow. */
export interface WorkflowScope<On> { /** What whoever starts or calls it says. */ readonly inputs: { readonly [Name in keyof InputsOf<On>]: Expression<ValueOfInput<InputsOf<On>[Name]>>;
    };
    /** The secrets that whoever calls it gives. */
    readonly secrets: {
        readonly [Name in keyof SecretsOf<On>]: Expression<string>;
    };
}
/** The outputs of a workflow's jobs, by the ids of the jobs. */
export interface OutputScope<Jobs extends readonly Job[]> { /** The jobs. */ readonly jobs: { readonly [Each in Jobs[number] as Each["id"]]: Each extends Job<string, infer Outputs> ? { readonly outputs: OutputHandles<Outputs>;
        } : never;
    };
}
/** What a workflow is made from. */
export interface WorkflowDefinition<On extends Triggers, Jobs extends readonly Job[], Outputs> extends Pick<WorkflowModel, "file" | "name" | "env" | "shell"> { /** The comment at the top of the file. Default: none but the one of what generates it. */ readonly header?: string;
    /** What starts it. */
    readonly on: On;
    /** The name of a run in the list of runs. */
    readonly runName?: (scope: Pick<WorkflowScope<On>, "inputs">) => Value;
    /** Which of its runs wait for each other. */
    readonly concurrency?: (scope: Pick<WorkflowScope<On>, "inputs">) => Concurrency;
    /** Its jobs, which run in parallel but for what they need. */
    readonly jobs: (scope: WorkflowScope<On>) => Jobs;
    /** What a workflow that calls it reads. */
    readonly outputs?: (scope: OutputScope<Jobs>) => OutputHandles<Outputs>;
}
/**
 * Defines a workflow. Its inputs, its secrets and the outputs of its jobs are handles: one that is
 * not there does not compile.
 *
 * @param definition What it is made from.
 * @returns The workflow: for `workflows` of the config, or for `callWorkflow`.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { job } from "./job.ts";
 * import { script } from "./script.ts";
 * import { run } from "./step.ts";
 * import { workflow } from "./workflow.ts";
 *
 * const greet = workflow({
 *   file: ".github/workflows/greet.yaml",
 *   name: "Greet",
 *   on: { workflow_dispatch: { inputs: { who: { description: "Whom", type: "string" } } } },
 *   jobs: ({ inputs }) => [job("greet", {
 *     name: "Greet",
 *     comment: "Greets someone.",
 *     permissions: {},
 *     timeoutMinutes: 5,
 *     steps: () => ({
 *       steps: [run({
 *         name: "Greet",
 *         env: { WHO: inputs.who },
 *         script: (env) => script`echo hello ${env.WHO}`,
 *       })],
 *     }),
 *   })],
 * });
 * assert(greet.jobs.length === 1);
 * ```
 */
export declare function workflow<const On extends Triggers, const Jobs extends readonly Job[], Outputs = Record<never, never>>(definition: WorkflowDefinition<On, Jobs, Outputs>): Workflow<On, Outputs>;
/** A file that describes clusters, as it is on disk or in a commit. */
export interface SourceFile { /** Its path, relative to the repository's root. */ readonly path: string;
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
export interface ReleaseDefinition { /** The paths of its files, or patterns: a change to one upgrades it. */ readonly files?: readonly string[];
    /** The name of its chart, a folder in `chartsDir`. */
    readonly chart?: string;
    /** The shell command that upgrades it. Default: that of `commands`. */
    readonly upgrade?: string;
}
/** A release of the cluster itself, as `clusters.read` says it. */
export interface SupportDefinition extends ReleaseDefinition { /** * Its name. One that is not called `support` is an add-on: it has a command of its own, and is * upgraded after the support chart. Default: `support`. */ readonly name?: string;
}
/** A hub, as `clusters.read` says it. */
export interface HubDefinition extends ReleaseDefinition { /** Its name, unique in its cluster. */ readonly name: string;
    /** Whether it is a staging hub. Default: what `isStaging` says. */
    readonly staging?: boolean;
    /** The shell command that checks it; `null` for no check. Default: that of `commands`. */
    readonly check?: string | null;
}
/** A cluster, or a part of one: what several files say of one name is merged. */
export interface ClusterDefinition { /** Its name. */ readonly name: string;
    /** Its provider, which decides how a leg gets access. */
    readonly provider: string;
    /** The paths of files, or patterns, whose change upgrades all of it. */
    readonly files?: readonly string[];
    /** Its support chart, if it has one, and its add-ons. */
    readonly support?: SupportDefinition | readonly SupportDefinition[] | null;
    /** Its hubs. */
    readonly hubs?: readonly HubDefinition[];
    /** Further values for its legs, by name: `leg.value("project")` reads one. */
    readonly values?: Readonly<Record<string, string>>;
}
/**
 * Returns the clusters that a file describes; `null` if it describes none. It may depend on nothing
 * but the file: it also reads the files of earlier commits.
 */
export type ReadCluster = (file: SourceFile) => ClusterDefinition | readonly ClusterDefinition[] | null;
/** A cluster, and the names of its hubs. */
export interface ClusterNames { /** The cluster's name. */ readonly name: string;
    /** The cluster's provider. */
    readonly provider: string;
    /** Its hubs. */
    readonly hubs: readonly {
        readonly name: string;
        readonly staging: boolean;
    }[];
}
/** A machine by its label, by all of its labels, or by its group. */
export type RunsOn = string | readonly string[] | { /** The group of machines. */ readonly group: string;
    /** Labels that the machine has to have as well. */
    readonly labels?: readonly string[];
};
/** An image in which the steps of a job run, by its name, or with more about it. */
export type ContainerConfig = string | { /** The image. */ readonly image: string;
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
export type EnvironmentConfig = string | { /** Its name. */ readonly name: string;
    /** The page that GitHub links to. */
    readonly url?: string;
    /** Whether GitHub keeps a deployment of it. Default: it does. */
    readonly deployment?: boolean;
};
/** How a job checks the repository out. */
export interface CheckoutConfig { /** Whether to check out submodules, or with `recursive` theirs too. Default: none. */ readonly submodules?: boolean | "recursive";
    /** How many commits to fetch; 0 for all. The job that plans fetches as many as it needs. */
    readonly fetchDepth?: number;
    /** Whether to fetch the files of Git LFS. Default: no. */
    readonly lfs?: boolean;
}
/** What every job may be told. */
export interface EveryJobConfig<StepsOfJob = Steps> { /** The machine. Default: `ubuntu-latest`. */ readonly runsOn?: RunsOn;
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
export interface JobConfig<StepsOfJob = Steps> extends EveryJobConfig<StepsOfJob> { /** Its name; behind it, GitHub names the leg. */
    readonly name?: string;
}
/** What a job of legs may be told. */
export interface LegJobConfig<OneLeg> extends JobConfig<Steps | ((leg: OneLeg) => Steps)> { /** How many of its legs run at once. Default: as many as there are machines. */ readonly maxParallel?: number;
}
/** The jobs, by what they are for; what one of them is told wins over what all are told. */
export interface JobsConfig { /** All jobs of all workflows, but for those that the config makes itself. */ readonly every?: EveryJobConfig;
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
/** What a leg knows of its cluster, as expressions for the `with`, `env` and `if` of steps. */
export interface Leg { /** The cluster's name. */ readonly cluster_name: Expression<string>;
    /** The cluster's provider. */
    readonly provider: Expression<string>;
    /** What `clusters.read` gives for the cluster under `values`, by name. */
    readonly value: (name: string) => Expression<string>;
    /** How the leg stands so far. */
    readonly status: Expression<"success" | "failure" | "cancelled">;
}
/** What the leg of a prod hub knows. */
export interface ProdLeg extends Leg { /** The hub's name. */ readonly hub_name: Expression<string>;
}
/** A step of a config, written as an object. */
export type PlainStep = { /** The name in the log. */ readonly name: string;
    /** What its outputs are read by. */
    readonly id?: string;
    /** When it runs; without one, always. */
    readonly if?: Expression<unknown>;
    /** Its environment variables. */
    readonly env?: Readonly<Record<string, Value | undefined>>;
    /** Whether the job goes on as if nothing had happened where the step fails. Default: no. */
    readonly continueOnError?: boolean;
    /** When GitHub ends it; without one, when the job ends. */
    readonly timeoutMinutes?: number;
    /** The names of its outputs. They need an `id`. */
    readonly outputs?: readonly string[];
    /** A comment above it. */
    readonly comment?: string;
} & ({
    /**
     * A local action (`./path`), `owner/name` where `actions.lock.json` has its commit, or
     * `owner/name@` and a commit of 40 hexadecimal digits.
     */
    readonly uses: string;
    /** The version that the commit is: `v1.2.3`. Needed where `uses` names a commit. */
    readonly version?: string;
    /** The action's inputs. */
    readonly with?: Readonly<Record<string, Value | undefined>>;
} | {
    /** A shell script. It reads values through `env`; `${{ }}` is refused. */
    readonly run: string;
    /** Its shell; without one, that of the job. */
    readonly shell?: string;
    /** The folder in which it runs; without one, the repository's root. */
    readonly workingDirectory?: string;
});
/** A step of a config: an object, or what `run` and `uses` make. */
export type SetupStep = PlainStep | Step;
/** A list of steps. */
export type Steps = readonly SetupStep[];
/** A workflow that runs a command for clusters or for hubs, in parallel. */
export interface Task { /** The workflow's name; its file is `task-` and the name in small letters. */
    readonly name: string;
    /** When it runs. On a schedule or by hand, it runs for all clusters or hubs. */
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
     * The paths that affect a cluster when they change; `{cluster}` and `{provider}` stand for its names.
     * Default: the rules that decide an upgrade.
     */
    readonly rules?: readonly string[];
    /** The command; the words `CLUSTER` and `HUB` stand for the names. */
    readonly run: string;
    /** Whether the steps of `setup` give it access to the cluster first. Default: no. */
    readonly access?: boolean;
}
/** A scope of the {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#permissions workflow token}. */
export type PermissionScope = "actions" | "artifact-metadata" | "attestations" | "checks" | "contents" | "deployments" | "discussions" | "id-token" | "issues" | "models" | "packages" | "pages" | "pull-requests" | "security-events" | "statuses";
/** What a job's token may do, and why it has to. What is not named is not allowed. */
export type Permissions = { readonly [Scope in PermissionScope]?: { readonly access: Scope extends "id-token" ? "write" : Scope extends "models" ? "read" : "read" | "write";
        readonly why: string;
    };
};
/** Names with their values, such as environment variables or inputs. */
export type Values = Readonly<Record<string, Value>>;
/** A value of one type, known now or in the run. */
export type ValueOf<Type> = Type | Expression<Type>;
/** An action: of the repository itself (`./path`), one whose commit the lock says, or at a commit. */
export type ActionRef = { readonly kind: "local";
    readonly path: string;
} | {
    readonly kind: "locked";
    readonly name: string;
} | {
    readonly kind: "pinned";
    readonly name: string;
    readonly commit: string;
    readonly version: string;
};
/** What every step has. */
export interface StepBase { /** The name in the log. */ readonly name: string;
    /** The id under which later steps read its outputs. */
    readonly id?: string | undefined;
    /** When it runs; without one, where every step before it succeeded. */
    readonly if?: Expression<unknown> | undefined;
    /** Its environment variables. */
    readonly env?: Values | undefined;
    /** Whether the job goes on where the step fails. Default: it does not. */
    readonly continueOnError?: ValueOf<boolean> | undefined;
    /** How many minutes it may take. Default: as many as the job. */
    readonly timeoutMinutes?: ValueOf<number> | undefined;
    /** A comment above it. */
    readonly comment?: string | undefined;
}
/** A step that runs a script. */
export interface RunStep extends StepBase { /** What tells it apart from a step that uses an action. */ readonly kind: "run";
    /** The script. */
    readonly run: Script;
    /** What runs the script. Default: the job's shell. */
    readonly shell?: string | undefined;
    /** The folder in which it runs. Default: the repository's root. */
    readonly workingDirectory?: Value | undefined;
}
/** A step that uses an action. */
export interface UsesStep extends StepBase { /** What tells it apart from a step that runs a script. */ readonly kind: "uses";
    /** The action. */
    readonly uses: ActionRef;
    /** The action's inputs. */
    readonly with?: Values | undefined;
}
/** A step of a job. */
export type StepModel = RunStep | UsesStep;
/** A machine: one that has a label, or several, or that is in a group. */
export type Runner = Value | readonly Value[] | { readonly group: Value;
    readonly labels?: Value | readonly Value[] | undefined;
};
/** A container. */
export interface Container { /** Its image. */ readonly image: Value;
    /** Who may pull the image. */
    readonly credentials?: {
        readonly username: Value;
        readonly password: Value;
    } | undefined;
    /** Its environment variables. */
    readonly env?: Values | undefined;
    /** The ports that it opens, `5432` or `8080:80` for instance. */
    readonly ports?: readonly Value[] | undefined;
    /** The folders that it shares with the machine, `/data:/data` for instance. */
    readonly volumes?: readonly Value[] | undefined;
    /** Further options of `docker create`. */
    readonly options?: Value | undefined;
}
/** What a job deploys to: its rules hold the job back, and its secrets are in reach. */
export interface Environment { /** Its name. */ readonly name: Value;
    /** Where people see what is deployed. */
    readonly url?: Value | undefined;
    /** Whether GitHub records a deployment. Default: it does. */
    readonly deployment?: boolean | undefined;
}
/** Runs of one group run one after the other. */
export interface Concurrency { /** The group's name. */ readonly group: Value;
    /** Which runs may wait: all, or the newest alone. Default: all, unless a newer run cancels. */
    readonly queue?: "max" | "single" | undefined;
    /** Whether a newer run cancels the one that is running. Default: it does not. */
    readonly cancelInProgress?: ValueOf<boolean> | undefined;
}
/** A call of another workflow. */
export interface WorkflowCall { /** The workflow: a file of this repository, or of another at a commit. */ readonly uses: ActionRef;
    /** What it is given. */
    readonly with?: Values | undefined;
    /** The secrets that it is given. */
    readonly secrets?: Readonly<Record<string, Expression<string>>> | undefined;
    /** The names of what it gives back. */
    readonly outputs: readonly string[];
}
/** A job of a workflow. */
export interface JobModel { /** The id under which other jobs need it. */ readonly id: string;
    /** The name in the list of checks. */
    readonly name: Value;
    /** The comment above it: what it does and why. */
    readonly comment: string;
    /** The ids of the jobs that must be over first. */
    readonly needs: readonly string[];
    /** When it runs; without one, where every job that it needs succeeded. */
    readonly if?: Expression<unknown> | undefined;
    /** What its token may do. */
    readonly permissions: Permissions;
    /** The machine that it runs on. */
    readonly runsOn: Runner;
    /** How many minutes it may take. */
    readonly timeoutMinutes: ValueOf<number>;
    /** Whether the run goes on as if it had succeeded where it fails. Default: it does not. */
    readonly continueOnError?: ValueOf<boolean> | undefined;
    /** What it deploys to. */
    readonly environment?: Environment | undefined;
    /** The container that its steps run in. */
    readonly container?: Container | undefined;
    /** Containers beside it, by the names under which it reaches them. */
    readonly services?: Readonly<Record<string, Container>> | undefined;
    /** What runs its scripts. Default: the workflow's shell. */
    readonly shell?: string | undefined;
    /** The environment variables of all its steps. */
    readonly env?: Values | undefined;
    /** What it is a matrix over: a list, one leg for each item, or several names. */
    readonly matrix?: Matrix | undefined;
    /** Whether a leg that fails stops the others. Default: it does not. */
    readonly failFast?: ValueOf<boolean> | undefined;
    /** How many legs may run at once. Default: as many as there are machines. */
    readonly maxParallel?: ValueOf<number> | undefined;
    /** Which of its runs wait for each other. */
    readonly concurrency?: Concurrency | undefined;
    /** The workflow that it calls; then it has no steps, and runs on no machine of its own. */
    readonly calls?: WorkflowCall | undefined;
    /** What jobs that need it read. */
    readonly outputs: Readonly<Record<string, Expression<unknown>>>;
    /** What it does, in this order. */
    readonly steps: readonly StepModel[];
}
/** A workflow, as plain data. */
export interface WorkflowModel { /** The path of its file, relative to the repository's root. */ readonly file: string;
    /** The name in the list of workflows. */
    readonly name: string;
    /** The comment at the top of the file. */
    readonly header: string;
    /** What starts it. */
    readonly on: Triggers;
    /** The name of a run in the list of runs. */
    readonly runName?: Value | undefined;
    /** Which of its runs wait for each other. */
    readonly concurrency?: Concurrency | undefined;
    /** The environment variables of all its steps. */
    readonly env?: Values | undefined;
    /** What runs its scripts. Default: `bash`. */
    readonly shell?: string | undefined;
    /** What a workflow that calls it reads, of the outputs of its jobs. */
    readonly outputs?: Readonly<Record<string, Expression<unknown>>> | undefined;
    /** Its jobs, which run in parallel but for what they need. */
    readonly jobs: readonly JobModel[];
}
/** What people may say when they start a workflow by hand. */
export interface DispatchInput { /** What it is for. */ readonly description: string;
    /** What may be said: any text, one of the options, yes and no, a number, or an environment. */
    readonly type: "string" | "choice" | "boolean" | "number" | "environment";
    /** The texts to choose from, the usual one first. */
    readonly options?: readonly string[];
    /** What counts where nothing is said. Default: the first option, false, or empty text. */
    readonly default?: string | number | boolean;
    /** Whether something has to be said. Default: no. */
    readonly required?: boolean;
}
/** What a workflow that is called may be given. */
export interface CallInput { /** What it is for. */ readonly description: string;
    /** What may be given. */
    readonly type: "string" | "boolean" | "number";
    /** What counts where nothing is given. */
    readonly default?: string | number | boolean;
    /** Whether it has to be given. Default: no. */
    readonly required?: boolean;
}
/** A secret that a workflow that is called may be given. */
export interface CallSecret { /** What it is for. */ readonly description: string;
    /** Whether it has to be given. Default: no. */
    readonly required?: boolean;
}
/** What happened, where an event has several kinds. */
export type EventTypes = { /** What happened: `published` for instance. */ readonly types?: readonly string[];
};
/**
 * The {@link https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows events} that start a workflow:
 * those that only who may write to the repository causes, and those of pull requests of which the
 * lint rules know what a stranger can do with them. A list of patterns takes exceptions, with `!`.
 */
export interface Triggers { /** A push. */ readonly push?: { readonly branches?: readonly string[];
        readonly tags?: readonly string[];
        readonly paths?: readonly string[];
    };
    /** A pull request, with the code that it brings. */
    readonly pull_request?: EventTypes & {
        readonly branches?: readonly string[];
        readonly paths?: readonly string[];
    };
    /** A group of pull requests in a merge queue. */
    readonly merge_group?: EventTypes;
    /** A pull request, with the code of the branch that it goes to. */
    readonly pull_request_target?: EventTypes & {
        readonly branches?: readonly string[];
        readonly paths?: readonly string[];
    };
    /** Another workflow's run. */
    readonly workflow_run?: EventTypes & {
        readonly workflows: readonly string[];
        readonly branches?: readonly string[];
    };
    /** A call of the API, of a type that the caller chooses. */
    readonly repository_dispatch?: EventTypes;
    /** A release. */
    readonly release?: EventTypes;
    /** A new branch or tag. */
    readonly create?: Record<never, never>;
    /** A branch or a tag that is gone. */
    readonly delete?: Record<never, never>;
    /** A deployment. */
    readonly deployment?: Record<never, never>;
    /** What has become of a deployment. */
    readonly deployment_status?: Record<never, never>;
    /** What has become of a commit. */
    readonly status?: Record<never, never>;
    /** A check of another app. */
    readonly check_run?: EventTypes;
    /** The checks of another app. */
    readonly check_suite?: EventTypes;
    /** A package. */
    readonly registry_package?: EventTypes;
    /** A build of the repository's pages. */
    readonly page_build?: Record<never, never>;
    /** A rule that protects a branch. */
    readonly branch_protection_rule?: EventTypes;
    /** A label of the repository. */
    readonly label?: EventTypes;
    /** A milestone. */
    readonly milestone?: EventTypes;
    /** The repository becomes public. */
    readonly public?: Record<never, never>;
    /** Someone who starts it by hand. */
    readonly workflow_dispatch?: {
        readonly inputs: Readonly<Record<string, DispatchInput>>;
    };
    /** Another workflow, as a job of its own. */
    readonly workflow_call?: {
        readonly inputs?: Readonly<Record<string, CallInput>>;
        readonly secrets?: Readonly<Record<string, CallSecret>>;
    };
    /** A time, in UTC. */
    readonly schedule?: readonly {
        readonly cron: string;
    }[];
}
/** The events of {@linkcode Triggers}. */
declare const EVENTS: readonly (keyof Triggers)[];
/** One value of a matrix. */
export type Scalar = string | number | boolean;
/** The values of one name: a job has a leg for each. */
export type Vector = readonly Scalar[] | Expression<readonly Scalar[]>;
/** The legs to add, or to leave out, by their values. */
export type Legs = readonly Readonly<Record<string, Scalar>>[];
/** A matrix of several names: a job has a leg for each combination of their values. */
export interface Vectors { /** Further legs, or further values for legs that are there. */ readonly include?: Legs;
    /** Combinations without a leg. */
    readonly exclude?: Legs;
    /** The values of a name. */
    readonly [name: string]: Vector | Legs | undefined;
}
/** What a job is a matrix over: a list, one leg for each of its items, or several names. */
export type Matrix = Expression<readonly unknown[]> | Vectors;
/** The names of all members of a union. */
export type KeysOf<Union> = Union extends unknown ? keyof Union : never;
/** The legs that a matrix adds. */
export type Added<Of> = Of extends { readonly include: readonly (infer Leg)[];
} ? Leg : never;
/** The values of a vector. */
export type ElementOf<Of> = Of extends readonly (infer Element)[] ? Element : Of extends Expression<readonly (infer Element)[]> ? Element : never;
/** The values of a name, in whichever leg. */
export type Named<Of, Name extends PropertyKey> = (Name extends keyof Of ? ElementOf<Of[Name]> : never) | (Added<Of> extends infer Leg ? Leg extends Readonly<Record<Name, infer Value>> ? Value : never : never);
/** The names that a leg reads. */
export type NamesOf<Of> = Exclude<keyof Of, "include" | "exclude"> | KeysOf<Added<Of>>;
/** What a leg reads of its matrix. */
export type MatrixHandles<Of> = [Of] extends [never] ? Readonly<Record<never, never>> : Of extends Expression<readonly (infer Item)[]> ? { /** The item of this leg. */ readonly jobs: { readonly [Name in keyof Item]-?: Expression<Required<Item>[Name]>;
    };
} : {
    readonly [Name in NamesOf<Of>]: Expression<Named<Of, Name>>;
};
/** The names that a leg reads, the list of a matrix over one being `jobs`. */
declare function matrixNames(matrix: Matrix): readonly string[];
/** An expression for each name; of the fields of an item, the type alone knows which there are. */
declare function matrixHandles<Of extends Matrix>(matrix: Of | undefined): MatrixHandles<Of>;
/** The four pull-request labels that change what is planned, by what they do. */
export interface LabelNames { /** Nothing is upgraded. */ readonly skipDeploy: string;
    /** Support charts only: no hub is upgraded. */
    readonly skipDeployHubs: string;
    /** All support charts are upgraded. */
    readonly deploySupport: string;
    /** All hubs are upgraded. */
    readonly deployHubs: string;
}
/** What the labels of a pull request ask for: the label that asks for an effect, or `null`. */
type LabelEffects = { readonly [Effect in keyof LabelNames]: string | null;
};
/**
 * Reads what the labels of a pull request ask for; other labels ask for nothing. As on GitHub, the
 * case of a name does not matter.
 */
declare function labelEffects(labels: readonly string[], names: LabelNames): LabelEffects;
/**
 * Warns of labels that are a slip away from one that would change the plan. A notice's type is
 * written out: a config imports this module's types, and those of schemas are not for it.
 */
declare function labelNotices(labels: readonly string[], names: LabelNames): readonly { readonly level: "warning";
    readonly message: string;
}[];
/** A node of an expression's syntax tree. */
export type ExpressionNode = { readonly kind: "literal";
    readonly value: string | number | boolean | null;
} | {
    readonly kind: "context";
    readonly path: readonly (string | number | ExpressionNode)[];
} | {
    readonly kind: "index";
    readonly of: ExpressionNode;
    readonly path: readonly (string | number | ExpressionNode)[];
} | {
    readonly kind: "call";
    readonly name: string;
    readonly args: readonly ExpressionNode[];
} | {
    readonly kind: "not";
    readonly operand: ExpressionNode;
} | {
    readonly kind: "binary";
    readonly operator: BinaryOperator;
    readonly left: ExpressionNode;
    readonly right: ExpressionNode;
};
/** The operators that hubwright's workflows use. */
export type BinaryOperator = "==" | "!=" | "&&" | "||";
/** JSON text that holds a value of type `Value`. */
export type Json<Value> = string & { readonly "~json": Value;
};
declare const type: unique symbol;
/** What an operand may be: an expression, or a value that becomes a literal. */
export type Operand<Value> = Expression<Value> | (Value & (string | number | boolean | null));
declare const EXPRESSION: unique symbol;
/**
 * An expression of GitHub Actions whose value has the type `Value`. Expressions are composed by
 * methods, never spliced from text: precedence and escaping are settled when they are printed.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions}
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { context } from "./expression.ts";
 *
 * const event = context<string>("github", "event_name");
 * const ref = context<string>("github", "ref");
 * const condition = event.equals("push").and(ref.equals("refs/heads/it's").not());
 * assert(
 *   condition.text === "github.event_name == 'push' && !(github.ref == 'refs/heads/it''s')",
 * );
 * ```
 */
export declare class Expression<out Value> { /** The type of the value: there for the compiler alone. */ readonly [type]: Value;
    /** Marks an expression, whichever copy of hubwright made it. */
    readonly [EXPRESSION] = true;
    /** The syntax tree. */
    readonly node: ExpressionNode;
    /**
     * Makes an expression from its syntax tree; `context` and `call` are shorter.
     *
     * @param node The syntax tree.
     */
    constructor(node: ExpressionNode);
    /** The expression's text, without `${{ }}`. */
    get text(): string;
    /** Whether both are equal, by {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#operators GitHub's loose equality}. */
    equals(other: Operand<Value>): Expression<boolean>;
    /** Whether they differ, by GitHub's loose equality. */
    notEquals(other: Operand<Value>): Expression<boolean>;
    /** The other operand where this one is true, otherwise this one. */
    and<Other>(other: Operand<Other>): Expression<Other | Value>;
    /** This operand where it is true, otherwise the other. */
    or<Other>(other: Operand<Other>): Expression<Other | Value>;
    /** True where this is false. */
    not(): Expression<boolean>;
    /** An expression is no text: to put it into a script, hand it over through `env`. */
    toString(): never;
}
/** Whether something is an expression: of this copy of hubwright, or of the one that a config imports. */
declare function isExpression(value: unknown): value is Expression<unknown>;
/** Reads a context: its name, and the keys and indices below it; `*` is GitHub's object filter. */
declare function context<Value>(...path: readonly (string | number)[]): Expression<Value>;
/** Reads one item of a list, counted from 0; one that is not there is null. */
declare function itemOf<Item>(list: Expression<readonly Item[] | undefined>, index: number): Expression<Item>;
/** Reads a field of a value. */
declare function fieldOf<Of, Name extends keyof Of & string>(value: Expression<Of>, name: Name): Expression<Of[Name]>;
/** Reads what a mapping has under a name that is known in the run. */
declare function valueOf<Value>(mapping: Expression<Readonly<Record<string, Value>>>, key: Expression<string>): Expression<Value>;
/** Reads what a context has under a name that is known in the run. */
declare function entryOf<Value>(name: string, key: Expression<string>): Expression<Value>;
/** Calls one of GitHub's functions. */
declare function call<Value>(name: string, ...args: readonly Operand<unknown>[]): Expression<Value>;
export {};
