import { context, type Expression } from "./expression.ts";
import type { JobModel } from "./model.ts";
import { handles, type OutputHandles, type Step } from "./step.ts";

declare const outputsType: unique symbol;

/** A job; the type knows its id and its outputs, so that other jobs can only read what is there. */
export interface Job<Id extends string = string, Outputs = unknown> {
  readonly [outputsType]?: Outputs;
  readonly id: Id;
  readonly model: JobModel;
}

/** What a job may read of a job that it needs. */
interface Need<Outputs> {
  /** As {@link https://docs.github.com/actions/reference/workflows-and-actions/contexts#needs-context GitHub} gives it. */
  readonly result: Expression<"success" | "failure" | "cancelled" | "skipped">;
  readonly outputs: OutputHandles<Outputs>;
  readonly allOutputs: Expression<Outputs>;
}

/** What is in reach of a job's condition and of its matrix: the needed jobs, by their ids. */
interface JobScope<Jobs extends readonly Job[]> {
  readonly needs: {
    readonly [Needed in Jobs[number] as Needed["id"]]: Needed extends Job<string, infer Outputs>
      ? Need<Outputs>
      : never;
  };
}

/** What is in reach of a job's steps. */
interface StepScope<Jobs extends readonly Job[], Item> extends JobScope<Jobs> {
  /** The item of this leg; a field that it does not have is null. */
  readonly matrix: { readonly jobs: OutputHandles<Required<Item>> };
  /** The status of the job so far. */
  readonly status: Expression<"success" | "failure" | "cancelled">;
  /** A folder for temporary files, emptied before and after each job. */
  readonly temp: Expression<string>;
}

/** What a job may say besides. */
type JobOptions = Partial<
  Pick<
    JobModel,
    | "runsOn"
    | "continueOnError"
    | "environment"
    | "container"
    | "services"
    | "shell"
    | "env"
    | "maxParallel"
  >
>;

/** What a job is made from. */
interface JobDefinition<Jobs extends readonly Job[], Item, Outputs>
  extends Pick<JobModel, "name" | "comment" | "permissions" | "timeoutMinutes">, JobOptions {
  /** The jobs that must be over first: only their outputs are in reach. */
  readonly needs?: Jobs;
  readonly if?: (scope: JobScope<Jobs>) => Expression<unknown>;
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
 */
export function job<
  const Id extends string,
  const Jobs extends readonly Job[] = [],
  Item = never,
  Outputs = Record<never, never>,
>(id: Id, definition: JobDefinition<Jobs, Item, Outputs>): Job<Id, Outputs> {
  const { needs = [], if: condition, matrix, steps: define, ...plain } = definition;
  const needed = Object.fromEntries(needs.map((other) => [other.id, needHandle(other)]));
  const jobScope = { needs: needed as JobScope<Jobs>["needs"] };
  const { steps, outputs } = define({
    ...jobScope,
    matrix: { jobs: matrixFields<Item>() },
    status: context("job", "status"),
    temp: context("runner", "temp"),
  });
  return {
    id,
    model: {
      id,
      runsOn: "ubuntu-latest",
      ...plain,
      needs: needs.map((other) => other.id),
      if: condition?.(jobScope),
      matrix: matrix?.(jobScope),
      outputs: (outputs ?? {}) as JobModel["outputs"],
      steps: steps.map((step) => step.model),
    },
  };
}

function needHandle({ id, model }: Job): Need<unknown> {
  return {
    result: context("needs", id, "result"),
    outputs: handles(Object.keys(model.outputs), "needs", id, "outputs"),
    allOutputs: context("needs", id, "outputs"),
  };
}

/** An expression for each field of a leg's item, whatever its fields are: the type knows them. */
function matrixFields<Item>(): OutputHandles<Required<Item>> {
  return new Proxy({} as OutputHandles<Required<Item>>, {
    get: (_, name) => context("matrix", "jobs", String(name)),
  });
}
