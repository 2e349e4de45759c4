import { nameOf } from "./seed.ts";
import { SourceMutants } from "./source_mutants.ts";
import type { SourceSeed } from "./source_seeds.ts";
import { WorkflowMutants } from "./workflow_mutants.ts";
import type { WorkflowSeed } from "./workflow_seeds.ts";

/** The mutants that are tried, and in how many lanes beside each other. */
export interface Mutants {
  readonly sources: readonly SourceSeed[];
  readonly workflows: readonly WorkflowSeed[];
  readonly lanes: number;
}

/** Tries mutants, and says which of them something missed that should have noticed. */
export async function findSurvivors(
  { sources, workflows, lanes }: Mutants,
): Promise<readonly string[]> {
  // A lane takes what is left of one list, and then of the other; the longest come first.
  const [editing, changing] = [workflows.values(), sources.values()];
  const survivors: string[] = [];
  await Promise.all(Array.from({ length: lanes }, async () => {
    await using edits = await WorkflowMutants.create();
    for (const seed of editing) survivors.push(...await missed(edits, seed));
    await using changes = await SourceMutants.create();
    for (const seed of changing) survivors.push(...await missed(changes, seed));
  }));
  return survivors.sort();
}

async function missed<Of extends SourceSeed | WorkflowSeed>(
  mutants: { readonly missedBy: (seed: Of) => Promise<readonly string[]> },
  seed: Of,
): Promise<readonly string[]> {
  return (await mutants.missedBy(seed)).map((by) => `${nameOf(seed)}: missed by ${by}`);
}
