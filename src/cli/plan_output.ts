import type { OutputValues, SchemaOutput, VariableValues } from "../contract/command.ts";
import type { planCommand } from "../contract/plan.ts";
import { UserError } from "../errors.ts";
import type { Plan } from "../plan/schema.ts";
import type { Io } from "./io.ts";

/** How many characters a {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary job summary} may have: 1 MiB, less a margin. */
const SUMMARY_LIMIT = 1_000_000;

/**
 * Writes a plan as the user wants to see it.
 *
 * @param result The plan.
 * @param format The format.
 * @param io The outside world, for how wide it is.
 * @returns The text, with a final line break.
 */
export async function formatPlan(
  result: Plan,
  format: SchemaOutput<"planFormat">,
  io: Io,
): Promise<string> {
  switch (format) {
    case "json":
      return `${JSON.stringify(result, null, 2)}\n`;
    case "markdown": {
      const { planMarkdown } = await import("../report/markdown.ts");
      return planMarkdown(result, { limit: SUMMARY_LIMIT });
    }
    case "table": {
      const { planTables } = await import("../report/table.ts");
      return planTables(result, io);
    }
  }
}

/**
 * Writes a plan to a file.
 *
 * @param path The file.
 * @param result The plan.
 * @throws {UserError} Where it cannot be written.
 */
export async function writePlanFile(path: string, result: Plan): Promise<void> {
  try {
    await Deno.writeTextFile(path, `${JSON.stringify(result)}\n`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError({ file: path, message: `Cannot write the plan: ${reason}` });
  }
}

/**
 * Writes the job summary and sets the step outputs, where a runner wants them.
 *
 * @param variables Where the runner takes them.
 * @param result The plan.
 * @param outputs The outputs.
 */
export async function writeStepFiles(
  { GITHUB_OUTPUT, GITHUB_STEP_SUMMARY }: VariableValues<typeof planCommand>,
  result: Plan,
  outputs: OutputValues<typeof planCommand>,
): Promise<void> {
  if (GITHUB_OUTPUT === undefined && GITHUB_STEP_SUMMARY === undefined) return;
  const { appendStepFile, formatOutputs } = await import("../github/step_files.ts");
  if (GITHUB_STEP_SUMMARY !== undefined) {
    const { planMarkdown } = await import("../report/markdown.ts");
    const { planMermaid } = await import("../report/mermaid.ts");
    const picture = planMermaid(result);
    const text = planMarkdown(result, { limit: SUMMARY_LIMIT - picture.length });
    await appendStepFile(GITHUB_STEP_SUMMARY, `${text}\n${picture}`);
  }
  await appendStepFile(GITHUB_OUTPUT, formatOutputs(outputs, crypto.randomUUID()));
}
