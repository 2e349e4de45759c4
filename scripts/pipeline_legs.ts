import { fillText, holds, PLACES } from "../src/simulate/evaluate.ts";
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
  readonly last: readonly Leg[];
}

/**
 * The legs of a run in which everything succeeds, each after those that it waits for. They come from
 * the generated workflow's own expressions and what the plan puts out, so they cannot drift apart.
 */
export function pipelineLegs(workflow: Workflow, planned: Texts): readonly Leg[] {
  const level = { workflow, inputs: toData("inputs", {}), prefix: "", after: [] };
  return levelLegs(level, planned);
}

function levelLegs(level: Level, planned: Texts): readonly Leg[] {
  const { workflow, inputs, prefix, after } = level;
  const ended = new Map<string, Ended>();
  const skipped: Ended = { result: "skipped", outputs: {}, last: [] };
  const all: Leg[] = [];
  for (const id of workflow.order) {
    const job = workflow.jobs[id] as Job;
    const needs = (job.needs ?? []).map((need) => [need, ended.get(need) ?? skipped] as const);
    const results = needs.map(([need, { result, outputs }]) => [need, { result, outputs }]);
    const contexts: Contexts = {
      ...EMPTY_CONTEXTS,
      inputs,
      github: toData("github", PUSH),
      needs: toData("needs", Object.fromEntries(results)),
    };
    const scope = (key: string, place = PLACES.jobStrategy, of = contexts) => (
      { at: `${workflow.path}: jobs.${id}.${key}`, place, contexts: () => of }
    );
    const before = needs.length === 0 ? after : [...new Set(needs.flatMap(([, { last }]) => last))];
    const chain = [...workflow.needed.get(id) ?? []]
      .map((need) => ended.get(need)?.result ?? "skipped");
    const status = jobStatus(chain, false);
    const matrices = holds(job.if, { ...scope("if", PLACES.jobIf), status })
      ? matrixLegs(job.strategy, scope("strategy.matrix"), workflow.path)
      : [];
    const legs = matrices.flatMap((matrix) => {
      const name = prefix + legName(job.name ?? id, matrix);
      const callee = workflow.called.get(id);
      if (!isCaller(job) || callee === undefined) {
        const release = matrix["jobs"] as Leg["release"];
        return [{ name, job: prefix + id, release, after: before }];
      }
      const given = { ...contexts, matrix: toData("matrix", matrix) };
      const inner = callInputs(callee.on.workflow_call?.inputs, job.with, {
        given: scope("with", PLACES.jobSetting, given),
        default: scope("inputs", PLACES.concurrency),
      });
      const called = {
        workflow: callee,
        inputs: inner,
        prefix: calledName(name, ""),
        after: before,
      };
      return levelLegs(called, planned);
    });
    all.push(...legs);
    const waves = isCaller(job) ? undefined : job.steps.find(({ env }) => env?.["WAVE_CLUSTERS"]);
    const clusters = waves &&
      fillText(waves.env?.["WAVE_CLUSTERS"] ?? "", scope("steps", PLACES.step));
    ended.set(id, {
      result: legs.length > 0 ? "success" : "skipped",
      outputs: outputsOf(id, planned, clusters),
      last: legs.length > 0 ? legs : before,
    });
  }
  return all;
}

/** What a job that succeeds puts out: the filter lets all prod hubs of its wave through. */
function outputsOf(id: string, planned: Texts, clusters: string | undefined): Texts {
  if (id === "generate-jobs") return planned;
  if (!id.startsWith("filter-generate-jobs")) return {};
  const legs = JSON.parse(planned["prod-hub-matrix-jobs"] ?? "[]") as readonly ProdHubJob[];
  const names: readonly string[] | undefined = clusters && JSON.parse(clusters);
  const passed = legs.filter(({ cluster_name }) => names?.includes(cluster_name) ?? true);
  return {
    "prod-hub-matrix-jobs": JSON.stringify(passed),
    shards: JSON.stringify(inShards(passed)),
  };
}
