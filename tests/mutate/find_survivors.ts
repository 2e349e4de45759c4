import { nameOf, type Seed } from "./seed.ts";
import { SourceMutants } from "./source_mutants.ts";
import type { SourceSeed } from "./source_seeds.ts";
import { WorkflowMutants } from "./workflow_mutants.ts";
import type { WorkflowSeed } from "./workflow_seeds.ts";

/** Tries mutants, in lanes beside each other, and says which of them something missed. */
export async function findSurvivors({ sources, workflows, lanes }: {
  readonly sources: readonly SourceSeed[];
  readonly workflows: readonly WorkflowSeed[];
  readonly lanes: number;
}): Promise<readonly string[]> {
  // A lane takes what is left of one list, and then of the other; the longest come first.
  const [editing, changing] = [workflows.values(), sources.values()];
  const survivors: string[] = [];
  const note = (seed: Seed, missed: readonly string[]) =>
    survivors.push(...missed.map((by) => `${nameOf(seed)}: missed by ${by}`));
  await Promise.all(Array.from({ length: lanes }, async () => {
    if (workflows.length > 0) {
      await using edits = await WorkflowMutants.create();
      for (const seed of editing) note(seed, await edits.missedBy(seed));
    }
    await using changes = await SourceMutants.create();
    for (const seed of changing) note(seed, await changes.missedBy(seed));
  }));
  return survivors.sort();
}
