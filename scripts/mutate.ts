/**
 * Makes small changes for the worse, one at a time, and shows those that nothing notices: changes of
 * the source, which tests have to notice, and edits of the generated workflows, which the drift
 * check and a simulated run have to notice.
 *
 *     deno task mutate [WORDS]
 *
 * With words, only the mutants whose names have them.
 *
 * @module
 */
import { findSurvivors } from "../tests/mutate/find_survivors.ts";
import { nameOf, type Seed } from "../tests/mutate/seed.ts";
import { SOURCE_SEEDS } from "../tests/mutate/source_seeds.ts";
import { WORKFLOW_SEEDS } from "../tests/mutate/workflow_seeds.ts";
import { runTask } from "./run_task.ts";

await runTask(async ({ out }) => {
  const named = (seed: Seed) => nameOf(seed).includes(Deno.args.join(" "));
  const [sources, workflows] = [SOURCE_SEEDS.filter(named), WORKFLOW_SEEDS.filter(named)];
  const lanes = navigator.hardwareConcurrency;
  const survivors = await findSurvivors({ sources, workflows, lanes });
  for (const survivor of survivors) out(`survived: ${survivor}\n`);
  out(`${sources.length + workflows.length} mutants, ${survivors.length} survived\n`);
  return survivors.length === 0 ? 0 : 1;
});
