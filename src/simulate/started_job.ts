import type { data } from "@actions/expressions";
import { legName } from "../workflow/leg_name.ts";
import { type Contexts, toData } from "./context_data.ts";
import { fillText, holds, type Place, PLACES, type Scope } from "./evaluate.ts";
import { jobStatus } from "./job_results.ts";
import type { JobRecord, LegRecord, MatrixLeg, Result } from "./record.ts";
import type { Turn } from "./turns.ts";
import { isCaller, type Job, type Permissions, type Workflow } from "./workflow_file.ts";
import { EMPTY_CONTEXTS, githubContext, type Run } from "./world.ts";

/** A workflow in a run: the one that an event started, or one that a job calls. */
export interface Level {
  readonly run: Run;
  readonly workflow: Workflow;
  /** What GitHub puts before the names of its jobs: `Caller (leg) / `. */
  readonly prefix: string;
  /** The ids of the jobs that lead to the call, the outermost first. */
  readonly callers: readonly string[];
  /** What a job without `permissions` may do. */
  readonly permissions: Permissions;
  readonly inputs: data.ExpressionData;
  /** The value of a secret; empty if the workflow was not given it. */
  readonly secret: (name: string) => string;
  /** When a leg may have a machine. */
  readonly turn: Turn;
}

/** A job whose turn has come, or a leg of it, whose contexts have its values of the matrix. */
export interface StartedJob<Kind extends Job = Job> {
  readonly level: Level;
  readonly id: string;
  readonly job: Kind;
  readonly permissions: Permissions;
  readonly token: string;
  readonly contexts: Contexts;
  /** How all jobs ended that it needs, directly or through others. */
  readonly before: readonly Result[];
}

export function startJob(
  level: Level,
  id: string,
  job: Job,
  finished: ReadonlyMap<string, JobRecord>,
): StartedJob {
  const { run, workflow: { needed }, inputs } = level;
  const { needs = [], permissions = level.permissions } = job;
  const token = run.world.api.tokenFor(permissions);
  const results = needs.map((need) => {
    const { seen = "skipped", outputs = {} } = finished.get(need) ?? {};
    return [need, { result: seen, outputs }] as const;
  });
  const contexts: Contexts = {
    ...EMPTY_CONTEXTS,
    inputs,
    github: githubContext(run, { token }),
    needs: toData("needs", Object.fromEntries(results)),
  };
  const before = [...needed.get(id) ?? []].map((need) => finished.get(need)?.seen ?? "skipped");
  return { level, id, job, permissions, token, contexts, before };
}

export function jobScope(
  { level: { workflow }, id, contexts }: StartedJob,
  key: string,
  place: Place = PLACES.jobStrategy,
): Scope {
  return { at: `${workflow.path}: jobs.${id}.${key}`, place, contexts };
}

export function conditionHolds(started: StartedJob, cancelled: boolean): boolean {
  const status = jobStatus(started.before, cancelled);
  return holds(started.job.if, { ...jobScope(started, "if", PLACES.jobIf), status });
}

/** What GitHub calls a leg, below what calls its workflow. */
export function nameOfLeg(started: StartedJob, matrix: MatrixLeg): string {
  const { level, id, job: { name = id } } = started;
  const own = name.includes("${{")
    ? fillText(name, jobScope(started, "name", PLACES.jobSetting))
    : legName(name, matrix);
  return level.prefix + own;
}

/** Lists a leg that runs nothing, whether or not a runner took it. */
export function idleLeg(
  started: StartedJob,
  matrix: MatrixLeg,
  result: Result,
  lost = false,
): LegRecord {
  const { level: { run }, job } = started;
  const name = nameOfLeg(started, matrix);
  run.listed.push({ name, attempt: run.attempt, taken: lost, steps: [], end: { result, lost } });
  const nothing = { steps: [], outputs: {}, annotations: [], summary: "" };
  return { name, matrix, lost, ...nothing, result, ...isCaller(job) && { called: [] } };
}
