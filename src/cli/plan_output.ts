import type { OutputValues, SchemaOutput, VariableValues } from "../contract/command.ts";
import type { planCommand } from "../contract/plan.ts";
import type { Plan } from "../plan/schema.ts";
import type { Io } from "./io.ts";
import { writePlanFile } from "./plan_file.ts";

/** How many characters a {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary job summary} may have: 1 MiB, less a margin. */
const SUMMARY_LIMIT = 1_000_000;

/** Writes a plan as the user wants to see it. */
export async function formatPlan(
  result: Plan,
  format: SchemaOutput<"planFormat">,
  io: Io,
): Promise<Iterable<string>> {
  switch (format) {
    case "json": {
      const { jsonPieces } = await import("../report/json_text.ts");
      return jsonPieces(result);
    }
    case "markdown": {
      const { planMarkdown } = await import("../report/markdown.ts");
      return [planMarkdown(result, { limit: SUMMARY_LIMIT })];
    }
    case "table": {
      const { planTablePieces } = await import("../report/plan_tables.ts");
      const { joinPieces } = await import("../text/join_pieces.ts");
      return joinPieces(planTablePieces(result, io));
    }
  }
}

/**
 * Writes the plan file, the job summary and the step outputs, where they are wanted: all of them,
 * or none where one cannot be written.
 *
 * @throws {UserError} Where one of them cannot be written.
 */
export async function writeResults(
  planFile: string | undefined,
  { GITHUB_OUTPUT, GITHUB_STEP_SUMMARY }: VariableValues<typeof planCommand>,
  result: Plan,
  outputs: OutputValues<typeof planCommand>,
): Promise<void> {
  using file = planFile === undefined ? undefined : await writePlanFile(planFile, result);
  if (GITHUB_OUTPUT === undefined && GITHUB_STEP_SUMMARY === undefined) return;
  const { appendStepFiles, formatOutputs } = await import("../github/step_files.ts");
  try {
    appendStepFiles([
      { path: GITHUB_STEP_SUMMARY, text: await formatSummary(result) },
      { path: GITHUB_OUTPUT, text: formatOutputs(outputs, crypto.randomUUID()) },
    ]);
  } catch (error) {
    await file?.takeBack();
    throw error;
  }
}

async function formatSummary(result: Plan): Promise<string> {
  const { planMarkdown } = await import("../report/markdown.ts");
  const { planMermaid } = await import("../report/mermaid.ts");
  const picture = planMermaid(result);
  return `${planMarkdown(result, { limit: SUMMARY_LIMIT - picture.length })}\n${picture}`;
}
