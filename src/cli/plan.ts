import { importConfig } from "../config/import_config.ts";
import type { OptionTexts } from "../contract/command.ts";
import type { planCommand } from "../contract/plan.ts";
import { readChange } from "../git/changed_files.ts";
import type { Io } from "./io.ts";

/**
 * `hubwright plan`: decides, then prints; inside a workflow it also sets the outputs and writes
 * the summary. Git is at work while most of the program loads.
 *
 * @throws {UsageError | UserError} Where something is wrong; nothing has been written then.
 */
export async function runPlan(
  texts: OptionTexts<typeof planCommand>,
  io: Io,
): Promise<number> {
  const repo = texts.repo ?? ".";
  const change = texts.base === undefined ? undefined : readChange(repo, texts.base, texts.head);
  const config = importConfig(repo, texts.config);
  // Whoever waits for them hears of their failures; until then nobody does.
  for (const promise of [change, config]) promise?.catch(() => {});
  const { decidePlan } = await import("./decide_plan.ts");
  return await decidePlan(texts, { change, config }, io);
}
