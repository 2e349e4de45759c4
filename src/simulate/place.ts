/** Where an expression may be, and what GitHub offers there. */
export interface Place {
  readonly contexts: readonly string[];
  /** Whether `success()`, `failure()`, `cancelled()` and `always()` may be called. */
  readonly status: boolean;
}

const STEP = "github needs strategy matrix job runner env vars secrets steps inputs";

/**
 * The places of a workflow. A context that GitHub does not offer at a place is an error there.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/contexts#context-availability}
 */
export const PLACES = {
  runName: place("github inputs vars"),
  workflowEnv: place("github secrets inputs vars"),
  concurrency: place("github inputs vars"),
  jobIf: place("github needs vars inputs", true),
  jobName: place("github needs strategy matrix vars inputs"),
  jobStrategy: place("github needs vars inputs"),
  jobSetting: place("github needs strategy matrix vars inputs"),
  jobEnv: place("github needs strategy matrix vars secrets inputs"),
  jobDefaults: place("github needs strategy matrix env vars inputs"),
  jobOutputs: place(STEP),
  step: place(STEP),
  stepIf: place("github needs strategy matrix job runner env vars steps inputs", true),
} as const satisfies Readonly<Record<string, Place>>;

function place(contexts: string, status = false): Place {
  return { contexts: contexts.split(" "), status };
}
