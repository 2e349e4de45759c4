import { UserError } from "../errors.ts";
import { didYouMean } from "../text/nearest.ts";
import * as z from "../zod.ts";
import {
  checkSteps,
  isCaller,
  isRemote,
  readYaml,
  scalar,
  type Step,
  StepSchema,
  unmodelled,
  type Workflow,
} from "./workflow_file.ts";

const input = z.nullish(z.object({ default: z.optional(scalar) }));
const output = z.object({ value: z.string() });

const ActionSchema = z.object({
  name: z.optional(z.string()),
  /** What each is where nothing gives it. */
  inputs: z._default(
    z.record(z.string(), z.pipe(input, z.transform((input) => input?.default ?? ""))),
    {},
  ),
  outputs: z.optional(z.record(z.string(), z.pipe(output, z.transform(({ value }) => value)))),
  runs: z.object({ using: z.string(), steps: z._default(z.array(StepSchema), []) }),
});

/** The actions that were read before: every leg reads the same ones. */
const actions = new Map<string, z.infer<typeof ActionSchema>>();

export function readAction(path: string, text: string): z.infer<typeof ActionSchema> {
  const known = actions.get(`${path}\n${text}`);
  if (known !== undefined) return known;
  const action = readYaml(ActionSchema, path, text);
  if (action.runs.using !== "composite") {
    throw unmodelled(`an action that runs using "${action.runs.using}"`, path);
  }
  checkSteps(path, "runs", action.runs.steps);
  actions.set(`${path}\n${text}`, action);
  return action;
}

type Read = (path: string) => Promise<string | undefined>;
type Found = { readonly name: string; readonly text: string } | undefined;

export async function findAction(folder: string, read: Read): Promise<Found> {
  for (const name of ["action.yml", "action.yaml", "Dockerfile"]) {
    const text = await read(`${folder}/${name}`);
    if (text !== undefined) return { name, text };
  }
  return undefined;
}

/**
 * The actions that workflows use, and those that the repository's own actions use; and the
 * workflows of other repositories that are called.
 */
export async function usedActions(
  workflows: readonly Workflow[],
  read: Read,
): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  const visit = async (steps: readonly Step[]): Promise<void> => {
    for (const { uses = "" } of steps) {
      const [name = ""] = uses.split("@");
      if (name === "" || names.has(name)) continue;
      names.add(name);
      if (name.startsWith("./")) await visit(await stepsOf(name.slice(2), read));
    }
  };
  for (const { jobs } of workflows) {
    for (const job of Object.values(jobs)) {
      if (!isCaller(job)) await visit(job.steps);
      else if (isRemote(job)) names.add(job.uses.split("@")[0] ?? "");
    }
  }
  return names;
}

/** The steps of an action; none where it is of a kind that cannot run here, or cannot be read. */
async function stepsOf(folder: string, read: Read): Promise<readonly Step[]> {
  const found = await findAction(folder, read);
  try {
    return found === undefined ? [] : readAction(folder, found.text).runs.steps;
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

export function checkSkippedActions(skipped: readonly string[], used: ReadonlySet<string>): void {
  const known = [...used].sort();
  const problems = skipped.filter((word) => !used.has(word)).map((word) => ({
    message: `Cannot skip the action "${word}": no step uses it, only ${known.join(", ")}` +
      didYouMean({ word, known }),
  }));
  if (problems.length > 0) throw new UserError(problems);
}
