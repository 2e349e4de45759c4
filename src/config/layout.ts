import { UserError } from "../errors.ts";
import type { Settings } from "./settings.ts";

type Layout = Pick<Settings, "layout" | "waves" | "shards">;

/** Whether the four jobs are there more than once. */
export function isSplit({ layout, waves, shards }: Layout): boolean {
  return layout === "four-jobs" && (waves !== undefined || shards > 1);
}

/** Whether a config could take the other layout as it is. */
export function canBePipelined({ layout, gate, jobs }: Settings): boolean {
  return layout !== "pipelined" && gate === "cluster" && jobs.prod.maxParallel === undefined;
}

/** Which jobs a config calls for, in words: a workflow says which it has. */
export function layoutText({ layout, waves, shards }: Layout): string {
  return [
    layout,
    ...(waves === undefined ? [] : [`waves: ${waves.length}`]),
    ...(shards === 1 ? [] : [`shards: ${shards}`]),
  ].join(", ");
}

export type PlanOutput =
  | "support-and-staging-matrix-jobs"
  | "prod-hub-matrix-jobs"
  | "canary-clusters"
  | "waves"
  | "clusters"
  | "ledger";

/** The outputs of `plan` that the jobs behind it read: GitHub takes only so much from one job. */
export function outputsRead(
  settings: Layout & Pick<Settings, "ledger">,
): readonly PlanOutput[] {
  const jobs: readonly PlanOutput[] = settings.layout === "pipelined"
    ? ["clusters"]
    : isSplit(settings)
    ? ["prod-hub-matrix-jobs", "canary-clusters", "waves"]
    : ["support-and-staging-matrix-jobs", "prod-hub-matrix-jobs", "canary-clusters"];
  return settings.ledger ? [...jobs, "ledger"] : jobs;
}

/**
 * Stops where the workflow has other jobs than the config calls for: legs without a job would be
 * dropped.
 *
 * @throws {UserError} If it has.
 */
export function checkLayout(settings: Layout & Pick<Settings, "file">, found = "four-jobs"): void {
  const wanted = layoutText(settings);
  if (found === wanted) return;
  throw new UserError({
    file: settings.file,
    message: `Cannot plan for this workflow: expected the jobs of "${wanted}", found those of ` +
      `${JSON.stringify(found)}; generate it again`,
  });
}
