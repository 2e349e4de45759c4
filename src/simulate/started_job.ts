import { legName } from "../workflow/leg_name.ts";
import { type Contexts, toData } from "./context_data.ts";
import { fillText, holds, type Place, PLACES, type Scope } from "./evaluate.ts";
import { jobStatus } from "./job_results.ts";
import type { Level } from "./level.ts";
import type { JobRecord, MatrixLeg } from "./record.ts";
import type { Job, Permissions } from "./workflow_file.ts";
import { EMPTY_CONTEXTS, githubContext } from "./world.ts";

/** A job whose turn has come, or a leg of it, whose contexts have its values of the matrix. */
export interface StartedJob<Kind extends Job = Job> {
  readonly level: Level;
  readonly id: string;
  readonly job: Kind;
  readonly needs: readonly string[];
  readonly permissions: Permissions;
  readonly token: string;
  readonly contexts: Contexts;
  readonly scope: (key: string, place?: Place, contexts?: Contexts) => Scope;
  readonly conditionHolds: (cancelled: boolean) => boolean;
}

export function startJob(
  level: Level,
  id: string,
  job: Job,
  finished: ReadonlyMap<string, JobRecord>,
): StartedJob {
  const { run, workflow: { path, needed }, inputs } = level;
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
  const scope = (key: string, place: Place = PLACES.jobStrategy, of = contexts): Scope => ({
    at: `${path}: jobs.${id}.${key}`,
    place,
    contexts: () => of,
  });
  const before = [...needed.get(id) ?? []].map((need) => finished.get(need)?.seen ?? "skipped");
  const conditionHolds = (cancelled: boolean) =>
    holds(job.if, { ...scope("if", PLACES.jobIf), status: jobStatus(before, cancelled) });
  return { level, id, job, needs, permissions, token, contexts, scope, conditionHolds };
}

/** What GitHub calls a leg, below what calls its workflow. */
export function nameOfLeg(
  { level, id, job: { name = id }, contexts, scope }: StartedJob,
  matrix: MatrixLeg,
): string {
  const own = name.includes("${{")
    ? fillText(name, scope("name", PLACES.jobSetting, contexts))
    : legName(name, matrix);
  return level.prefix + own;
}
