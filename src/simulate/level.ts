import type { data } from "@actions/expressions";
import type { JobRecord } from "./record.ts";
import type { Turn } from "./turns.ts";
import type { Permissions, Workflow } from "./workflow_file.ts";
import type { Run } from "./world.ts";

/** A workflow in a run: the one that an event started, or one that a job calls. */
export interface Level {
  readonly run: Run;
  readonly workflow: Workflow;
  /** What GitHub puts before the names of its jobs: `Caller (leg) / `. */
  readonly prefix: string;
  /** The ids of the jobs by way of which it is called, the outermost first. */
  readonly callers: readonly string[];
  /** What a job may do that does not state it. */
  readonly permissions: Permissions;
  readonly inputs: data.ExpressionData;
  /** What a secret is; empty where it is not in reach. */
  readonly secret: (name: string) => string;
  /** When a leg may have a machine. */
  readonly turn: Turn;
}

/** Runs the jobs of a workflow; of those of an earlier attempt, the ones that did not succeed. */
export type RunLevel = (
  level: Level,
  earlier: readonly JobRecord[] | undefined,
) => Promise<readonly JobRecord[]>;
