import { fillAll, holds, type Place, PLACES, type Scope } from "../src/simulate/evaluate.ts";
import { callInputs } from "../src/simulate/call_inputs.ts";
import { type Contexts, toData } from "../src/simulate/context_data.ts";
import { jobStatus } from "../src/simulate/job_results.ts";
import { matrixLegs } from "../src/simulate/matrix_legs.ts";
import type { Result, Texts } from "../src/simulate/record.ts";
import { isCaller, type Job, type Workflow } from "../src/simulate/workflow_file.ts";
import { EMPTY_CONTEXTS } from "../src/simulate/world.ts";
import type { ProdHubJob, SupportAndStagingJob } from "../src/plan/schema.ts";
import { inShards } from "../src/plan/waves.ts";
import { calledName, legName } from "../src/workflow/leg_name.ts";

/** A job that takes a runner, or a leg of one. */
export interface Leg {
  /** As GitHub lists it. */
  readonly name: string;
  /** The job that it is a leg of: its id, after the name of what calls its workflow. */
  readonly job: string;
  /** What it upgrades, where it upgrades anything. */
  readonly release: SupportAndStagingJob | ProdHubJob | undefined;
  /** What must be over before it can begin. */
  readonly after: readonly Leg[];
}

/** The push that every leg succeeds after. */
const PUSH = { event_name: "push", ref: "refs/heads/main", run_attempt: "1" };

/** A workflow, and how it came to be run. */
interface Level {
  readonly workflow: Workflow;
  readonly inputs: Contexts[string];
  /** What GitHub puts before the names of its jobs. */
  readonly prefix: string;
  readonly after: readonly Leg[];
}

/** What became of a job, for those that need it. */
interface Ended {
  readonly result: Result;
  readonly outputs: Texts;
  readonly legs: readonly Leg[];
  /** Its legs, or where it has none those that it waited for. */
  readonly last: readonly Leg[];
}

type ScopeOf = (key: string, place: Place, more?: Contexts) => Scope;

/**
 * The legs of a run in which everything succeeds, each after those that it waits for. They come from
 * the generated workflow's own expressions and what the plan puts out, so they cannot drift apart.
 */
export function pipelineLegs(workflow: Workflow, planned: Texts): readonly Leg[] {
  const level = { workflow, inputs: toData("inputs", {}), prefix: "", after: [] };
  return levelLegs(level, planned);
}

function levelLegs(level: Level, planned: Texts): readonly Leg[] {
  const { workflow, after } = level;
  const ended = new Map<string, Ended>();
  const resultOf = (id: string) => ended.get(id)?.result ?? "skipped";
  for (const id of workflow.order) {
    const job = workflow.jobs[id] as Job;
    const { needs = [] } = job;
    const lasts = needs.flatMap((need) => ended.get(need)?.last ?? []);
    const before = needs.length === 0 ? after : [...new Set(lasts)];
    const results = needs.map((need) => {
      const outputs = ended.get(need)?.outputs ?? {};
      return [need, { result: resultOf(need), outputs }] as const;
    });
    const contexts: Contexts = {
      ...EMPTY_CONTEXTS,
      inputs: level.inputs,
      github: toData("github", PUSH),
      needs: toData("needs", Object.fromEntries(results)),
    };
    const scope: ScopeOf = (key, place, more) => (
      {
        at: `${workflow.path}: jobs.${id}.${key}`,
        place,
        contexts: { ...contexts, ...more },
      }
    );
    const status = jobStatus([...workflow.needed.get(id) ?? []].map(resultOf), false);
    const legs = holds(job.if, { ...scope("if", PLACES.jobIf), status })
      ? legsOf({ ...level, after: before }, id, job, scope, planned)
      : [];
    ended.set(id, {
      result: legs.length > 0 ? "success" : "skipped",
      outputs: outputsOf(id, job, scope, planned),
      legs,
      last: legs.length > 0 ? legs : before,
    });
  }
  return [...ended.values()].flatMap(({ legs }) => legs);
}

/** The legs of a job that is not skipped; of one that calls a workflow, the legs of that. */
function legsOf(
  level: Level,
  id: string,
  job: Job,
  scope: ScopeOf,
  planned: Texts,
): readonly Leg[] {
  const { workflow, prefix, after } = level;
  const matrices = matrixLegs(
    job.strategy,
    scope("strategy.matrix", PLACES.jobStrategy),
    workflow.path,
  );
  return matrices.flatMap((matrix) => {
    const name = prefix + legName(job.name ?? id, matrix);
    const callee = workflow.called.get(id);
    if (!isCaller(job) || callee === undefined) {
      return [{ name, job: prefix + id, release: matrix["jobs"] as Leg["release"], after }];
    }
    const inputs = callInputs(callee.on.workflow_call?.inputs, job.with, {
      given: scope("with", PLACES.jobSetting, { matrix: toData("matrix", matrix) }),
      default: scope("inputs", PLACES.concurrency),
    });
    return levelLegs({ workflow: callee, inputs, prefix: calledName(name, ""), after }, planned);
  });
}

/** What a job that succeeds puts out: the filter lets all prod hubs of its wave through. */
function outputsOf(id: string, job: Job, scope: ScopeOf, planned: Texts): Texts {
  if (id === "generate-jobs") return planned;
  if (!id.startsWith("filter-generate-jobs") || isCaller(job)) return {};
  const { env = {} } = job.steps.find(({ id }) => id === "filter") ?? {};
  const { PROD_HUB_MATRIX_JOBS = "[]", WAVE_CLUSTERS = "null" } = fillAll(
    { ...env, GITHUB_TOKEN: "" },
    scope("steps", PLACES.step),
  );
  const legs: readonly ProdHubJob[] = JSON.parse(PROD_HUB_MATRIX_JOBS);
  const names: readonly string[] | null = JSON.parse(WAVE_CLUSTERS);
  const passed = legs.filter(({ cluster_name }) => names?.includes(cluster_name) ?? true);
  return {
    "prod-hub-matrix-jobs": JSON.stringify(passed),
    shards: JSON.stringify(inShards(passed)),
  };
}
