import { appendStepFiles, SUMMARY_LIMIT } from "../github/step_files.ts";
import type { Io } from "../io/io.ts";
import type { Plan } from "../plan/schema.ts";
import { jsonPieces } from "../report/json_text.ts";
import { planMarkdown } from "../report/markdown.ts";
import { planTablePieces } from "../report/plan_tables.ts";
import { joinPieces } from "../text/join_pieces.ts";
import { writePlanFile } from "./plan_file.ts";

export type PlanFormat = "table" | "json" | "markdown";

/** Prints a plan, piece by piece: it may be large. */
export function printPlan(result: Plan, format: PlanFormat = "table", io: Io): void {
  const pieces = {
    json: () => jsonPieces(result),
    markdown: () => [planMarkdown(result, { limit: SUMMARY_LIMIT })],
    table: () => planTablePieces(result, io),
  };
  for (const piece of joinPieces(pieces[format]())) io.out(piece);
}

/**
 * Writes the plan file, the job summary and the step outputs, where they are wanted: all of them,
 * or none where one cannot be written.
 *
 * @throws {UserError} Where one of them cannot be written.
 */
export async function writeResults(
  planFile: string | undefined,
  { GITHUB_EVENT_NAME: event, ...files }: {
    readonly GITHUB_EVENT_NAME: string | undefined;
    readonly GITHUB_OUTPUT: string | undefined;
    readonly GITHUB_STEP_SUMMARY: string | undefined;
  },
  result: Plan,
  outputs: () => string,
): Promise<void> {
  const file = planFile === undefined ? undefined : await writePlanFile(planFile, result);
  try {
    if (files.GITHUB_OUTPUT === undefined && files.GITHUB_STEP_SUMMARY === undefined) return;
    appendStepFiles([
      {
        path: files.GITHUB_STEP_SUMMARY,
        text: planMarkdown(result, { limit: SUMMARY_LIMIT, event }),
      },
      { path: files.GITHUB_OUTPUT, text: outputs() },
    ]);
  } catch (error) {
    await file?.takeBack();
    throw error;
  } finally {
    file?.[Symbol.dispose]();
  }
}
