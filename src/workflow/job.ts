import { context, Expression } from "./expression.ts";
import type { JobModel, Permissions } from "./model.ts";
import type { OutputHandles, Step } from "./step.ts";
import type { Value } from "./text.ts";

declare const outputsType: unique symbol;

/** A job; the type knows its id and its outputs, so that other jobs can only read what is there. */
export interface Job<Id extends string = string, Outputs = unknown> {
  readonly [outputsType]?: Outputs;
  /** The job's id. */
  readonly id: Id;
  /** The job as data. */
  readonly model: JobModel;
}

/** The result of a needed job, as {@link https://docs.github.com/actions/reference/workflows-and-actions/contexts#needs-context GitHub} gives it. */
export type JobResult = "success" | "failure" | "cancelled" | "skipped";

/** What a job may read of a job that it needs. */
export interface Need<Outputs> {
  /** How the needed job ended. */
  readonly result: Expression<JobResult>;
  /** The needed job's outputs by name. */
  readonly outputs: OutputHandles<Outputs>;
  /** All outputs of the needed job as one object. */
  readonly allOutputs: Expression<Outputs>;
}

/** What a job may read of all jobs that it needs, by their ids. */
export type Needs<Jobs extends readonly Job[]> = {
  readonly [Needed in Jobs[number] as Needed["id"]]: Needed extends Job<string, infer Outputs>
    ? Need<Outputs>
    : never;
};

/** An expression for each field of a value. */
export type Fields<Item> = { readonly [Name in keyof Item]: Expression<Item[Name]> };

/** What is in reach of a job's condition and of its matrix. */
export interface JobScope<Jobs extends readonly Job[]> {
  /** The needed jobs. */
  readonly needs: Needs<Jobs>;
}

/** What is in reach of a job's name, which GitHub shows for every leg. */
export interface LegScope<Jobs extends readonly Job[], Item> extends JobScope<Jobs> {
  /** The fields of this leg's item: `matrix.jobs`. */
  readonly matrix: { readonly jobs: Fields<Item> };
}

/** What is in reach of a job's steps. */
export interface StepScope<Jobs extends readonly Job[], Item> extends LegScope<Jobs, Item> {
  /** The status of the job so far. */
  readonly status: Expression<"success" | "failure" | "cancelled">;
  /** A folder for temporary files, emptied before and after each job. */
  readonly temp: Expression<string>;
}

/** What a job is made from. */
export interface JobDefinition<Jobs extends readonly Job[], Item, Outputs> {
  /** The name in the run's graph. */
  readonly name: string | ((scope: LegScope<Jobs, Item>) => Value);
  /** The comment above it: what it does and why. */
  readonly comment: string;
  /** The jobs that must be over first: only their outputs are in reach. */
  readonly needs?: Jobs;
  /** When it runs. */
  readonly if?: (scope: JobScope<Jobs>) => Expression<unknown>;
  /** What its token may do. */
  readonly permissions: Permissions;
  /** After how many minutes it is cancelled. */
  readonly timeoutMinutes: number;
  /** The list over which it is a matrix. Written above what reads its fields: types flow down. */
  readonly matrix?: (scope: JobScope<Jobs>) => Expression<readonly Item[]>;
  /** Its steps, and the outputs that it takes from them. */
  readonly steps: (scope: StepScope<Jobs, Item>) => {
    readonly steps: readonly Step[];
    readonly outputs?: OutputHandles<Outputs>;
  };
}

/**
 * Defines a job. Needed jobs, matrix fields and step outputs are handles: one that is not there
 * does not compile.
 *
 * @param id The id under which other jobs need it.
 * @param definition What it does.
 * @returns The job.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { job } from "./job.ts";
 * import { run } from "./step.ts";
 * import { script } from "./script.ts";
 *
 * const first = job("first", {
 *   name: "First",
 *   comment: "Says hello.",
 *   permissions: {},
 *   timeoutMinutes: 5,
 *   steps: () => ({ steps: [run({ name: "Hello", script: () => script`echo hello` })] }),
 * });
 * assert(first.model.steps.length === 1);
 * ```
 */
export function job<
  const Id extends string,
  const Jobs extends readonly Job[] = [],
  Item = never,
  Outputs = Record<never, never>,
>(id: Id, definition: JobDefinition<Jobs, Item, Outputs>): Job<Id, Outputs> {
  const needed = definition.needs ?? [];
  const jobScope = { needs: Object.fromEntries(needed.map(needHandle)) as Needs<Jobs> };
  const legScope = { ...jobScope, matrix: { jobs: fields<Item>(context("matrix", "jobs")) } };
  const { steps, outputs } = definition.steps({
    ...legScope,
    status: context("job", "status"),
    temp: context("runner", "temp"),
  });
  const { name, comment, permissions, timeoutMinutes } = definition;
  return {
    id,
    model: {
      id,
      name: typeof name === "function" ? name(legScope) : name,
      comment,
      permissions,
      timeoutMinutes,
      needs: needed.map((other) => other.id),
      if: definition.if?.(jobScope),
      runsOn: "ubuntu-latest",
      matrix: definition.matrix?.(jobScope),
      outputs: (outputs ?? {}) as Readonly<Record<string, Expression<unknown>>>,
      steps: steps.map((step) => step.model),
    },
  };
}

function needHandle({ id, model }: Job): [string, Need<unknown>] {
  const names = Object.keys(model.outputs);
  return [id, {
    result: context("needs", id, "result"),
    outputs: Object.fromEntries(
      names.map((name) => [name, context("needs", id, "outputs", name)]),
    ),
    allOutputs: context("needs", id, "outputs"),
  }];
}

/** An expression for each field of an object, whatever its fields are: the type knows them. */
function fields<Item>(object: Expression<Item>): Fields<Item> {
  const path = object.node.kind === "context" ? object.node.path : [];
  return new Proxy({} as Fields<Item>, {
    get: (_, name) => context(...path, String(name)),
  });
}
