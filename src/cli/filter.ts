import type { OptionTexts, OutputValues } from "../contract/command.ts";
import { filterCommand } from "../contract/filter.ts";
import { filter } from "../filter/filter.ts";
import { appendStepFiles, formatOutputs } from "../github/step_files.ts";
import { filteredMarkdown } from "../report/markdown.ts";
import { filteredTables } from "../report/plan_tables.ts";
import type { Io } from "./io.ts";
import { isWorkflow, printProblems } from "./problems.ts";
import { readOptions, readVariables } from "./read_values.ts";

/** How many characters a job summary may have: 1 MiB, less a margin. */
const SUMMARY_LIMIT = 1_000_000;

/**
 * `hubwright filter`: lets through the prod hubs whose canary passed. The run is red where any hub
 * is blocked; what passed is in the output all the same.
 *
 * @throws {UserError} Where a variable is missing or wrong; nothing passes then.
 */
export function runFilter(
  texts: OptionTexts<typeof filterCommand>,
  io: Io,
): Promise<number> {
  readOptions(filterCommand, texts);
  const variables = readVariables(filterCommand, io.env);
  const filtered = filter({
    prod: variables.PROD_HUB_MATRIX_JOBS,
    canaries: variables.SUPPORT_AND_STAGING_MATRIX_JOBS,
    canaryResult: variables.CANARY_RESULT,
    verdicts: variables.CANARY_OUTPUTS,
  });
  io.out(filteredTables(filtered, io));
  const outputs: OutputValues<typeof filterCommand> = {
    "prod-hub-matrix-jobs": [...filtered.passed],
  };
  appendStepFiles([
    {
      path: variables.GITHUB_STEP_SUMMARY,
      text: filteredMarkdown(filtered, { limit: SUMMARY_LIMIT }),
    },
    {
      path: variables.GITHUB_OUTPUT,
      text: formatOutputs(outputs, crypto.randomUUID()),
    },
  ]);
  if (isWorkflow(io)) {
    printProblems(
      filtered.blocked.map(({ job, reason }) => ({
        message: `The prod hub ${job.hub_name} of ${job.cluster_name} is blocked: ${reason}`,
      })),
      io,
    );
  }
  return Promise.resolve(filtered.blocked.length === 0 ? 0 : 1);
}
