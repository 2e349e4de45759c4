import type { WorkflowModel } from "../model.ts";
import type { Finding } from "../value_places.ts";

/** Something that no generated workflow may have. */
export interface LintRule {
  /** Its name, at the end of its messages. */
  readonly id: string;
  /** What it refuses. */
  readonly refuses: string;
  /** Why. */
  readonly why: string;
  /** How to fix it: each of its messages says so. */
  readonly fix: string;
  /** Finds what it refuses. */
  readonly check: (workflow: WorkflowModel) => readonly Finding[];
}
