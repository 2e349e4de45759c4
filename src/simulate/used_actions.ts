import { UserError } from "../errors.ts";
import { didYouMean } from "../text/nearest.ts";
import { findAction } from "./composite.ts";
import { readAction, type Step, type Workflow } from "./workflow_file.ts";

/** The actions that workflows use, and those that the repository's own actions use. */
export async function usedActions(
  workflows: readonly Workflow[],
  read: (path: string) => Promise<string | undefined>,
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
    for (const { steps } of Object.values(jobs)) await visit(steps);
  }
  return names;
}

/** The steps of an action; none where it is of a kind that cannot run here, or cannot be read. */
async function stepsOf(
  folder: string,
  read: (path: string) => Promise<string | undefined>,
): Promise<readonly Step[]> {
  const found = await findAction(folder, read);
  try {
    return found === undefined ? [] : readAction(folder, found.text).runs.steps ?? [];
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

/** Checks that the actions to skip are there. */
export function checkSkippedActions(skipped: readonly string[], used: ReadonlySet<string>): void {
  const known = [...used].sort();
  const problems = skipped.filter((word) => !used.has(word)).map((word) => ({
    message: `Cannot skip the action "${word}": no step uses it, only ${known.join(", ")}` +
      didYouMean({ word, known }),
  }));
  if (problems.length > 0) throw new UserError(problems);
}
