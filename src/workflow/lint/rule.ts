import type { WorkflowModel } from "../model.ts";
import type { Finding } from "../value_places.ts";

/** Something that no generated workflow may have. */
export interface LintRule {
  /** Its name, at the end of its messages. */
  readonly id: string;
  readonly refuses: string;
  readonly why: string;
  readonly fix: string;
  readonly check: (workflow: WorkflowModel) => readonly Finding[];
}
