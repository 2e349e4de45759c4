/** Where an expression may be, and what GitHub offers there. */
export interface Place {
  readonly contexts: readonly string[];
  /** The functions that may be called, besides those that may be called anywhere. */
  readonly functions: readonly string[];
}

/** The functions that say how it went so far. */
export const STATUS_FUNCTIONS = ["success", "failure", "cancelled", "always"] as const;

/** The function that says whether files changed. */
export const HASH_FILES = "hashFiles";

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
  jobIf: place("github needs vars inputs", STATUS_FUNCTIONS),
  jobName: place("github needs strategy matrix vars inputs"),
  jobStrategy: place("github needs vars inputs"),
  jobSetting: place("github needs strategy matrix vars inputs"),
  jobEnv: place("github needs strategy matrix vars secrets inputs"),
  jobDefaults: place("github needs strategy matrix env vars inputs"),
  jobOutputs: place(STEP),
  step: place(STEP, [HASH_FILES]),
  stepIf: place("github needs strategy matrix job runner env vars steps inputs", [
    HASH_FILES,
    ...STATUS_FUNCTIONS,
  ]),
} as const satisfies Readonly<Record<string, Place>>;

function place(contexts: string, functions: readonly string[] = []): Place {
  return { contexts: contexts.split(" "), functions };
}
