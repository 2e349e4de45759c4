import * as z from "../zod.ts";
import { UserError } from "../errors.ts";
import { CORE_SCHEMA, load } from "js-yaml";
import { yamlProblem } from "../text/yaml_slips.ts";
import { describeIssue, REPORT_INPUT } from "../config/issues.ts";
import { parseLock } from "../config/lock_file.ts";
import type { Lock } from "../workflow/lock.ts";
import { allNeeds } from "../workflow/needs.ts";

/** What stops a simulation: something that it would have to guess. */
export function unmodelled(what: string, file?: string): UserError {
  return new UserError({
    file,
    message: `Cannot simulate ${what}: the simulator does not model it, and does not guess`,
  });
}

/** What the token of a job may do, by scope; of what is not named, nothing. */
export const PermissionsSchema = z.union([
  z.enum(["read-all", "write-all"]),
  z.record(z.string(), z.enum(["read", "write", "none"])),
]);

export type Permissions = z.infer<typeof PermissionsSchema>;

/** What a token may do where no permissions are stated, in a repository with GitHub's defaults. */
export const DEFAULT_PERMISSIONS: Permissions = { contents: "read", packages: "read" };

export function allows(
  permissions: Permissions,
  needs: "read" | "write",
  ...scopes: readonly string[]
): boolean {
  if (typeof permissions === "string") return needs === "read" || permissions === "write-all";
  return scopes.some((scope) => permissions[scope] === needs || permissions[scope] === "write");
}

export const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const scalars = z.record(z.string(), scalar);
const condition = z.optional(z.union([z.string(), z.boolean(), z.number()]));
const flag = z.optional(z.union([z.string(), z.boolean()]));
const amount = z.optional(z.union([z.string(), z.number()]));
const words = z.union([z.pipe(z.string(), z.transform((word) => [word])), z.array(z.string())]);
const defaults = z.optional(z.strictObject({
  run: z.optional(z.strictObject({
    shell: z.optional(z.string()),
    "working-directory": z.optional(z.string()),
  })),
}));

export const StepSchema = z.strictObject({
  name: z.optional(z.string()),
  id: z.optional(z.string()),
  if: condition,
  uses: z.optional(z.string()),
  run: z.optional(z.string()),
  with: z.optional(scalars),
  env: z.optional(scalars),
  shell: z.optional(z.string()),
  "working-directory": z.optional(z.string()),
  "continue-on-error": flag,
  "timeout-minutes": amount,
});

/** A step of a workflow or of a composite action, as the YAML has it. */
export type Step = z.infer<typeof StepSchema>;

/** A machine by its labels; a group has some besides. */
const runner = z.union([
  words,
  z.pipe(
    z.strictObject({ group: z.string(), labels: z.optional(words) }),
    z.transform(({ group, labels = [] }) => [group, ...labels]),
  ),
]);

const environment = z.union([
  z.pipe(z.string(), z.transform((name) => ({ name, url: undefined }))),
  z.strictObject({
    name: z.string(),
    url: z.optional(z.string()),
    deployment: z.optional(z.boolean()),
  }),
]);

/** A container: what it is made of does not matter, as steps run without it here. */
const container = z.union([
  z.pipe(z.string(), z.transform((image) => ({ image }))),
  z.strictObject({
    image: z.string(),
    env: z.optional(scalars),
    volumes: z.optional(z.array(z.string())),
    options: z.optional(z.string()),
    credentials: z.optional(scalars),
  }),
]);

const anyJob = {
  name: z.optional(z.string()),
  needs: z.optional(words),
  if: condition,
  permissions: z.optional(PermissionsSchema),
  strategy: z.optional(z.strictObject({
    "fail-fast": flag,
    "max-parallel": amount,
    matrix: z.record(z.string(), z.union([z.string(), z.array(z.unknown())])),
  })),
};

const OwnJobSchema = z.strictObject({
  ...anyJob,
  "runs-on": runner,
  environment: z.optional(environment),
  container: z.optional(container),
  "timeout-minutes": amount,
  "continue-on-error": flag,
  outputs: z.optional(scalars),
  env: z.optional(scalars),
  defaults,
  steps: z.array(StepSchema),
});

/** A job with steps. */
export type OwnJob = z.infer<typeof OwnJobSchema>;

const CallerSchema = z.strictObject({
  ...anyJob,
  uses: z.string(),
  with: z.optional(scalars),
  secrets: z.optional(z.union([z.literal("inherit"), z.record(z.string(), z.string())])),
});

/** A job that calls a workflow. */
export type Caller = z.infer<typeof CallerSchema>;

export type Job = OwnJob | Caller;

export function isCaller(job: Job): job is Caller {
  return "uses" in job;
}

/** Whether a job calls a workflow of another repository. */
export function isRemote({ uses }: Caller): boolean {
  return !uses.startsWith("./");
}

/** By a union, a key that is not modelled would be one among the mistakes of either kind. */
const JobSchema = z.pipe(
  z.record(z.string(), z.unknown()),
  z.transform((job, context): Job => {
    const schema = "uses" in job ? CallerSchema : OwnJobSchema;
    const parsed = schema.safeParse(job, REPORT_INPUT);
    if (parsed.success) return parsed.data;
    context.issues.push(...parsed.error.issues as typeof context.issues);
    return z.NEVER;
  }),
);

const anyInput = {
  description: z.optional(z.string()),
  default: z.optional(scalar),
  required: z.optional(z.boolean()),
};

/** What a workflow takes where it is called, and what it gives back. */
const call = z.nullish(z.strictObject({
  inputs: z.optional(z.record(
    z.string(),
    z.strictObject({ ...anyInput, type: z.enum(["string", "boolean", "number"]) }),
  )),
  secrets: z.optional(z.record(
    z.string(),
    z.nullable(z.strictObject({
      description: z.optional(z.string()),
      required: z.optional(z.boolean()),
    })),
  )),
  outputs: z.optional(z.record(
    z.string(),
    z.strictObject({ description: z.optional(z.string()), value: scalar }),
  )),
}));

const filters = z.strictObject({
  branches: z.optional(z.array(z.string())),
  paths: z.optional(z.array(z.string())),
  types: z.optional(z.array(z.string())),
});

const WorkflowSchema = z.strictObject({
  name: z.optional(z.string()),
  on: z.strictObject({
    push: z.optional(filters),
    pull_request: z.optional(filters),
    pull_request_target: z.optional(filters),
    merge_group: z.optional(filters),
    workflow_dispatch: z.optional(z.strictObject({
      inputs: z.record(
        z.string(),
        z.strictObject({
          ...anyInput,
          type: z.enum(["string", "boolean", "choice"]),
          options: z.optional(z.array(z.string())),
        }),
      ),
    })),
    workflow_call: call,
    schedule: z.optional(z.array(z.strictObject({ cron: z.string() }))),
    workflow_run: z.optional(z.strictObject({
      workflows: z.array(z.string()),
      types: z.optional(z.array(z.string())),
      branches: z.optional(z.array(z.string())),
    })),
  }),
  concurrency: z.optional(z.union([z.string(), scalars])),
  permissions: z.optional(PermissionsSchema),
  env: z.optional(scalars),
  defaults,
  jobs: z.record(z.string(), JobSchema),
});

export type Workflow = z.infer<typeof WorkflowSchema> & {
  readonly path: string;
  readonly lock: Lock;
  /** The ids of its jobs, each after those that it needs. */
  readonly order: readonly string[];
  /** All jobs that each job needs, by way of others too. */
  readonly needed: ReadonlyMap<string, ReadonlySet<string>>;
  /** The workflows of the repository that its jobs call, by the jobs' ids. */
  readonly called: ReadonlyMap<string, Workflow>;
};

/** Reads one workflow from its YAML. A key that the simulator does not model is an error. */
export function readOneWorkflow(
  path: string,
  text: string,
  lock?: string,
): Omit<Workflow, "called"> {
  const workflow = readYaml(WorkflowSchema, path, text);
  const jobs = Object.entries(workflow.jobs);
  for (const [id, job] of jobs) {
    if (!isCaller(job)) checkSteps(path, id, job.steps);
  }
  const needs = new Map(jobs.map(([id, job]) => [id, job.needs ?? []]));
  const needed = new Map(jobs.map(([id]) => [id, allNeeds(needs, id)]));
  const problems = [...needed].flatMap(([id, all]) => [
    ...[...all].filter((need) => !needs.has(need)).map((need) =>
      `Cannot run the job "${id}": it needs "${need}", which is not there`
    ),
    ...all.has(id) ? [`Cannot run the job "${id}": it needs itself by way of others`] : [],
  ]);
  if (problems.length > 0) {
    throw new UserError(problems.map((message) => ({ file: path, message })));
  }
  // A job needs all that the jobs that it needs do, and those besides.
  const countOf = (id: string) => needed.get(id)?.size ?? 0;
  const order = [...needs.keys()].sort((a, b) => countOf(a) - countOf(b));
  return { ...workflow, path, lock: parseLock(lock), order, needed };
}

export function checkSteps(file: string, of: string, steps: readonly Step[]): void {
  const wrong = steps.findIndex((step) => (step.run === undefined) === (step.uses === undefined));
  if (wrong < 0) return;
  throw new UserError({
    file,
    message: `Cannot run step ${wrong + 1} of "${of}": expected either "run" or "uses"`,
  });
}

/** Reads YAML by a schema. A key that is not modelled is an error. */
export function readYaml<Schema extends z.ZodMiniType>(
  schema: Schema,
  file: string,
  text: string,
): z.infer<Schema> {
  let value: unknown;
  try {
    value = load(text, { schema: CORE_SCHEMA });
  } catch (error) {
    throw new UserError(yamlProblem({ path: file, text }, error));
  }
  const parsed = schema.safeParse(value, REPORT_INPUT);
  if (parsed.success) return parsed.data;
  throw new UserError(parsed.error.issues.map((issue) => {
    if (issue.code !== "unrecognized_keys") return { file, message: describeIssue(issue) };
    const at = issue.path.join(".");
    const keys = issue.keys.map((key) => `"${at === "" ? key : `${at}.${key}`}"`).join(", ");
    return { file, message: unmodelled(keys).problems[0]?.message ?? "" };
  }));
}
