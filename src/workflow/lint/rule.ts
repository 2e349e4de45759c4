import type { WorkflowModel } from "../model.ts";

/** Something that a rule refuses, and where it is. */
export interface Finding {
  /** The id of the job, for what is in one. */
  readonly job?: string;
  /** The name of the step, for what is in one. */
  readonly step?: string;
  /** What was found and what is wrong with it, without how to mend it. */
  readonly message: string;
}

/** Something that no generated workflow may have. */
export interface LintRule {
  /** Its name, which stands behind its messages. */
  readonly id: string;
  /** What it refuses. */
  readonly refuses: string;
  /** Why. */
  readonly why: string;
  /** How to mend it: what stands behind each of its messages. */
  readonly mend: string;
  /** Finds what it refuses. */
  readonly check: (workflow: WorkflowModel) => readonly Finding[];
}
