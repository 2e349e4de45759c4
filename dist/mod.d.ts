// Built by hubwright from its source; do not edit. MIT license.
/**
 * hubwright generates the deployment workflows of many JupyterHubs from typed definitions, and is
 * the `plan`, `filter` and `comment` that those workflows call.
 *
 * This module is what a `hubwright.config.ts` imports.
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
/** What a leg knows of its cluster, as expressions for the `with` and `env` of setup steps. */
export interface Leg { /** The cluster's name. */ readonly cluster_name: Expression<string>;
    /** The cluster's provider. */
    readonly provider: Expression<string>;
}
/** A step that gives a leg access to its cluster. */
export type SetupStep = { /** The name in the log. */ readonly name: string;
    /** When it runs; without one, always. */
    readonly if?: Expression<unknown>;
    /** Its environment variables. */
    readonly env?: Readonly<Record<string, Value>>;
} & ({
    /**
     * A local action (`./path`), `owner/name` where `actions.lock.json` has its commit, or
     * `owner/name@` and a commit of 40 hexadecimal digits.
     */
    readonly uses: string;
    /** The version that the commit is: `v1.2.3`. Needed where `uses` names a commit. */
    readonly version?: string;
    /** The action's inputs. */
    readonly with?: Readonly<Record<string, Value>>;
} | {
    /** A shell script. It reads values through `env`; `${{ }}` is refused. */
    readonly run: string;
});
/** How much a change upgrades: everything that it may concern, or what it does concern. */
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
export interface Config { /** The branch whose pushes deploy. Default: `main`. */ readonly defaultBranch?: string;
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
    readonly setup?: readonly SetupStep[] | ((leg: Leg) => readonly SetupStep[]);
    /** The shell commands that deploy; the words `CLUSTER` and `HUB` are replaced by the names. */
    readonly commands?: {
        /** Upgrades a support chart. Default: `deployer deploy-support CLUSTER`. */
        readonly upgradeSupport?: string;
        /** Upgrades a hub. Default: `deployer deploy CLUSTER HUB`. */
        readonly upgradeHub?: string;
        /** Checks a hub's health. Default: `deployer run-hub-health-check CLUSTER HUB`. */
        readonly healthCheck?: string;
    };
    /** Who hears of a failed deployment. Default: no one. */
    readonly notify?: {
        /** The name of the secret that holds a Slack incoming webhook's URL. */
        readonly slack?: string;
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
    readonly workflows?: readonly WorkflowModel[] | ((clusters: readonly ClusterNames[]) => readonly WorkflowModel[]);
    /**
     * Adds to a workflow what no key says: jobs, steps, permissions, conditions. What hubwright put
     * there has to stay, in its order. Default: nothing.
     */
    readonly extend?: (workflow: WorkflowModel) => WorkflowModel;
}
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
/** A workflow that runs a command for clusters or for hubs, in parallel. */
export interface Task { /** The workflow's name; its file is `task-` and the name in small letters. */
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
export declare function defineConfig(config: Config): Config;
/** The parts of the {@link https://docs.github.com/actions/reference/workflows-and-actions/contexts#github-context github context} that hubwright's workflows read. */
declare const github: { readonly eventName: Expression<"push" | "pull_request" | "merge_group" | "pull_request_target" | "workflow_run" | "workflow_dispatch" | "schedule">;
    /** The ref that started the run: `refs/heads/main`. */
    readonly ref: Expression<string>;
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
/** The expressions in a value, in order. */
declare function expressionsIn(value: Value): readonly Expression<unknown>[];
/** Whether plain text, not an expression, holds what GitHub would read as one. */
declare function smugglesExpression(value: Value): boolean;
/** A scope of the {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#permissions workflow token}. */
export type PermissionScope = "actions" | "contents" | "deployments" | "id-token" | "pull-requests";
/** What a job's token may do, and why it has to. What is not named is not allowed. */
export type Permissions = Readonly<Partial<Record<PermissionScope, { readonly access: "read" | "write";
    readonly why: string;
}>>>;
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
    readonly env?: Readonly<Record<string, Value>> | undefined;
    /** A comment above it. */
    readonly comment?: string | undefined;
}
/** A step that runs a script. */
export interface RunStep extends StepBase { /** What tells it apart from a step that uses an action. */ readonly kind: "run";
    /** The script. */
    readonly run: Script;
}
/** A step that uses an action. */
export interface UsesStep extends StepBase { /** What tells it apart from a step that runs a script. */ readonly kind: "uses";
    /** The action. */
    readonly uses: ActionRef;
    /** The action's inputs. */
    readonly with?: Readonly<Record<string, Value>> | undefined;
}
/** A step of a job. */
export type StepModel = RunStep | UsesStep;
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
    /** The label of the machine that it runs on. */
    readonly runsOn: string;
    /** How many minutes it may take. */
    readonly timeoutMinutes: number;
    /** The list over which it is a matrix, one leg for each item, none stopping another. */
    readonly matrix?: Expression<unknown> | undefined;
    /** What jobs that need it read. */
    readonly outputs: Readonly<Record<string, Expression<unknown>>>;
    /** What it does, in this order. */
    readonly steps: readonly StepModel[];
}
/** What people may say when they start a workflow by hand: a text, one of some, or yes or no. */
export interface DispatchInput { /** What it is for. */ readonly description: string;
    /** What may be said: any text, one of the options, or yes and no. */
    readonly type: "string" | "choice" | "boolean";
    /** The texts to choose from, the usual one first. */
    readonly options?: readonly string[];
}
/** The {@link https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows events} that start a workflow. */
export interface Triggers { /** A push. */ readonly push?: { readonly branches: readonly string[];
        readonly paths?: readonly string[];
    };
    /** A pull request, with the code that it brings. */
    readonly pull_request?: {
        readonly branches?: readonly string[];
        readonly types?: readonly string[];
        readonly paths?: readonly string[];
    };
    /** A group of pull requests in a merge queue. */
    readonly merge_group?: {
        readonly types: readonly string[];
    };
    /** A pull request, with the code of the branch that it goes to. */
    readonly pull_request_target?: {
        readonly types: readonly string[];
    };
    /** Another workflow's run. */
    readonly workflow_run?: {
        readonly workflows: readonly string[];
        readonly types: readonly string[];
    };
    /** Someone who starts it by hand. */
    readonly workflow_dispatch?: {
        readonly inputs: Readonly<Record<string, DispatchInput>>;
    };
    /** A time, in UTC. */
    readonly schedule?: readonly {
        readonly cron: string;
    }[];
}
/** A workflow, as plain data. */
export interface WorkflowModel { /** The path of its file, relative to the repository's root. */ readonly file: string;
    /** The name in the list of workflows. */
    readonly name: string;
    /** The comment at the top of the file. */
    readonly header: string;
    /** What starts it. */
    readonly on: Triggers;
    /** Runs of the same group run one after the other; none is cancelled for another. */
    readonly concurrency?: {
        readonly group: Value;
    };
    /** Its jobs, which run in parallel but for what they need. */
    readonly jobs: readonly JobModel[];
}
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
    readonly path: readonly (string | number)[];
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
type Json<Value> = string & { readonly [json]: Value;
};
declare const json: unique symbol;
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
declare function itemOf<Item>(list: Expression<readonly Item[]>, index: number): Expression<Item>;
/** Calls one of GitHub's functions. */
declare function call<Value>(name: string, ...args: readonly Operand<unknown>[]): Expression<Value>;
declare const kind: unique symbol;
/** A reference to an environment variable of the step, as a quoted word of its script. */
declare class EnvVariable { readonly [kind]: "variable";
    readonly name: string;
    /** @throws {TypeError} Where a shell would read another name. */
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
 */
declare function script(strings: TemplateStringsArray, ...words: readonly (EnvVariable | Script | string)[]): Script;
export {};
