import type { Expression } from "./expression.ts";
import { type Job, job, type JobScope, scopeOf } from "./job.ts";
import { type Matrix, type MatrixHandles, matrixHandles } from "./job_matrix.ts";
import type { ActionRef, JobModel, ValueOf, WorkflowCall } from "./model.ts";
import type { Template } from "./text.ts";
import type { Workflow } from "./workflow.ts";

/** A workflow of another repository: what it takes and gives back, as its file says. */
export interface RemoteWorkflow<On, Output extends string> {
  /** Where it is, `owner/name/.github/workflows/file.yaml` at a commit. */
  readonly uses: ActionRef;
  /** What it takes, as below its `on`. */
  readonly on: On;
  /** The names of what it gives back. */
  readonly outputs: readonly Output[];
}

/** What a job can call. */
export type Callee = Workflow | RemoteWorkflow<unknown, string>;

/** What starts a workflow, a call among it. */
export type OnOf<Called> = Called extends Workflow<infer On, unknown> ? On
  : Called extends RemoteWorkflow<infer On, string> ? On
  : never;

/** What a workflow gives back. */
export type OutputsOf<Called> = Called extends RemoteWorkflow<unknown, infer Output>
  ? Readonly<Record<Output, string>>
  : Called extends Workflow<infer _, infer Outputs> ? Outputs
  : never;

/** What a workflow says of its being called. */
export type CallOf<On> = On extends { readonly workflow_call: infer Call } ? Call : never;

/** The inputs or the secrets that a workflow takes, by name. */
export type Parts<Called, Name extends PropertyKey> = CallOf<OnOf<Called>> extends infer Call
  ? Name extends keyof Call ? Call[Name] : unknown
  : never;

/** The names of those that have to be given. */
export type Needed<Of> = {
  [Name in keyof Of]: Of[Name] extends { readonly required: true } ? Name : never;
}[keyof Of];

/** What an input can be given, by its type. */
export type Given<Input> = Input extends { readonly type: "boolean" } ? ValueOf<boolean>
  : Input extends { readonly type: "number" } ? ValueOf<number>
  : ValueOf<string> | Template;

/** What a workflow is given as inputs. */
export type InputsTo<Of> =
  & { readonly [Name in Needed<Of>]: Given<Of[Name]> }
  & { readonly [Name in Exclude<keyof Of, Needed<Of>>]?: Given<Of[Name]> };

/** What a workflow is given as secrets. */
export type SecretsTo<Of> =
  & { readonly [Name in Needed<Of>]: Expression<string> }
  & { readonly [Name in Exclude<keyof Of, Needed<Of>>]?: Expression<string> };

/** What is in reach of what a called workflow is given. */
export interface CallScope<Jobs extends readonly Job[], Over> extends JobScope<Jobs> {
  /** The values of this leg. */
  readonly matrix: MatrixHandles<Over>;
}

/** What a job that calls a workflow is made from. */
export interface CallDefinition<Called, Jobs extends readonly Job[], Over>
  extends
    Pick<JobModel, "name" | "comment" | "permissions">,
    Partial<Pick<JobModel, "failFast" | "maxParallel" | "concurrency">> {
  /** The workflow: what `workflow` made, or one of another repository. */
  readonly workflow: Called;
  /** The jobs that must be over first: only their outputs are in reach. */
  readonly needs?: Jobs;
  /** When it runs; without one, where every job that it needs succeeded. */
  readonly if?: (scope: JobScope<Jobs>) => Expression<unknown>;
  /** What it is a matrix over. */
  readonly matrix?: (scope: JobScope<Jobs>) => Over;
}

/** What the workflow is given, which can be left out where nothing of it is required. */
export type GivenTo<Called, Scope, With, Secrets> =
  & Give<"with", Parts<Called, "inputs">, (scope: Scope) => With>
  & Give<"secrets", Parts<Called, "secrets">, (scope: Scope) => Secrets>
  & Refuse<"with", Exclude<keyof With, keyof Parts<Called, "inputs">>>
  & Refuse<"secrets", Exclude<keyof Secrets, keyof Parts<Called, "secrets">>>;

/** What a function gives is not held to have no more than what is wanted. */
export type Refuse<Key extends string, More> = [More] extends [never] ? unknown
  : { readonly [Name in Key]: { readonly "the workflow does not take": More } };

/** A key that can be left out where nothing has to be given. */
export type Give<Key extends string, Of, Function> = [Needed<Of>] extends [never]
  ? { readonly [Name in Key]?: Function }
  : { readonly [Name in Key]: Function };

/**
 * Defines a job that calls another workflow. What the workflow does not take, and what it does not
 * give back, does not compile.
 *
 * @param id The job's id.
 * @param definition What it is made from.
 * @returns The job, whose outputs are those of the workflow.
 */
export function callWorkflow<
  const Id extends string,
  Called extends Callee,
  const Jobs extends readonly Job[] = [],
  const Over extends Matrix = never,
  const With extends InputsTo<Parts<Called, "inputs">> = InputsTo<Parts<Called, "inputs">>,
  const Secrets extends SecretsTo<Parts<Called, "secrets">> = SecretsTo<Parts<Called, "secrets">>,
>(
  id: Id,
  definition:
    & CallDefinition<Called, Jobs, Over>
    & GivenTo<Called, CallScope<Jobs, Over>, With, Secrets>,
): Job<Id, OutputsOf<Called>> {
  const { workflow, with: inputs, secrets, ...plain } = definition as
    & CallDefinition<Called, Jobs, Over>
    & Partial<Record<"with" | "secrets", (scope: unknown) => never>>;
  const steps = () => ({ steps: [] });
  const { model } = job<Id, Jobs, Over>(id, { ...plain, timeoutMinutes: 0, steps });
  const scope = { ...scopeOf(plain.needs), matrix: matrixHandles(model.matrix) };
  const calls: WorkflowCall = {
    uses: "uses" in workflow ? workflow.uses : { kind: "local", path: `./${workflow.file}` },
    with: inputs?.(scope),
    secrets: secrets?.(scope),
    outputs: "uses" in workflow ? workflow.outputs : Object.keys(workflow.outputs ?? {}),
  };
  return { id, model: { ...model, calls } };
}
