import { context, type Expression } from "./expression.ts";
import { type Matrix, type MatrixHandles, matrixHandles } from "./job_matrix.ts";
import type { JobModel, Values } from "./model.ts";
import { outputNames } from "./needs.ts";
import { handles, type OutputHandles, type Step } from "./step.ts";

/** A job; the type knows its id and its outputs, so that other jobs can only read what is there. */
export interface Job<Id extends string = string, Outputs = unknown> {
  /** What it gives: there for the compiler alone. */
  readonly "~outputs"?: Outputs;
  /** The id under which other jobs need it. */
  readonly id: Id;
  /** The job as plain data. */
  readonly model: JobModel;
}

/** What a job may read of a job that it needs. */
export interface Need<Outputs> {
  /** As {@link https://docs.github.com/actions/reference/workflows-and-actions/contexts#needs-context GitHub} gives it. */
  readonly result: Expression<"success" | "failure" | "cancelled" | "skipped">;
  /** Its outputs, by name. */
  readonly outputs: OutputHandles<Outputs>;
  /** All of its outputs at once. */
  readonly allOutputs: Expression<Outputs>;
}

/** What is in reach of a job's condition and of its matrix: the needed jobs, by their ids. */
export interface JobScope<Jobs extends readonly Job[]> {
  /** The jobs that it needs, by their ids. */
  readonly needs: {
    readonly [Needed in Jobs[number] as Needed["id"]]: Needed extends Job<string, infer Outputs>
      ? Need<Outputs>
      : never;
  };
}

/** What is in reach of a job's steps. */
export interface StepScope<Jobs extends readonly Job[], Over, Env> extends JobScope<Jobs> {
  /** The values of this leg. */
  readonly matrix: MatrixHandles<Over>;
  /** The variables of the job. */
  readonly env: { readonly [Name in keyof Env]: Expression<string> };
  /** The status of the job so far. */
  readonly status: Expression<"success" | "failure" | "cancelled">;
  /** A folder for temporary files, emptied before and after each job. */
  readonly temp: Expression<string>;
}

/** What a job may say besides. */
export type JobOptions = Partial<
  Pick<
    JobModel,
    | "runsOn"
    | "continueOnError"
    | "environment"
    | "container"
    | "services"
    | "shell"
    | "failFast"
    | "maxParallel"
    | "concurrency"
  >
>;

/** What a job is made from. */
export interface JobDefinition<Jobs extends readonly Job[], Over, Env, Outputs>
  extends Pick<JobModel, "name" | "comment" | "permissions" | "timeoutMinutes">, JobOptions {
  /** The jobs that must be over first: only their outputs are in reach. */
  readonly needs?: Jobs;
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
export function job<
  const Id extends string,
  const Jobs extends readonly Job[] = [],
  const Over extends Matrix = never,
  const Env extends Values = Record<never, never>,
  Outputs = Record<never, never>,
>(id: Id, definition: JobDefinition<Jobs, Over, Env, Outputs>): Job<Id, Outputs> {
  const { needs, if: condition, matrix, steps: define, ...plain } = definition;
  const jobScope = scopeOf(needs);
  const over = matrix?.(jobScope);
  const { steps, outputs } = define({
    ...jobScope,
    matrix: matrixHandles(over),
    env: handles(Object.keys(plain.env ?? {}), "env") as StepScope<Jobs, Over, Env>["env"],
    status: context("job", "status"),
    temp: context("runner", "temp"),
  });
  return {
    id,
    model: {
      id,
      runsOn: "ubuntu-latest",
      ...plain,
      needs: (needs ?? []).map((other) => other.id),
      if: condition?.(jobScope),
      matrix: over,
      outputs: (outputs ?? {}) as JobModel["outputs"],
      steps: steps.map((step) => step.model),
    },
  };
}

/** What is in reach of a job, by the jobs that it needs. */
export function scopeOf<Jobs extends readonly Job[]>(needs: Jobs | undefined): JobScope<Jobs> {
  const handlesOf = (needs ?? []).map((other) => [other.id, needOf(other)] as const);
  return { needs: Object.fromEntries(handlesOf) as JobScope<Jobs>["needs"] };
}

/** What a job may read of one that it needs. */
export function needOf<Outputs>({ id, model }: Job<string, Outputs>): Need<Outputs> {
  return {
    result: context("needs", id, "result"),
    outputs: handles(outputNames(model), "needs", id, "outputs") as OutputHandles<Outputs>,
    allOutputs: context("needs", id, "outputs"),
  };
}
