import { checkConfig } from "../config/load_config.ts";
import type { ImportedConfig } from "../config/import_config.ts";
import type { Settings } from "../config/settings.ts";
import type { OptionTexts } from "../contract/command.ts";
import { planCommand } from "../contract/plan.ts";
import { UserError } from "../errors.ts";
import type { Change } from "../git/changed_files.ts";
import { labelEffects } from "../plan/labels.ts";
import { matrixJobs, matrixProblems } from "../plan/matrix.ts";
import { plan } from "../plan/plan.ts";
import { gather } from "./gather.ts";
import type { Io } from "./io.ts";
import { checkSource, givenChange, readFiles, readLabels } from "./plan_input.ts";
import { toPlanInput } from "./to_plan_input.ts";
import { formatPlan, writeResults } from "./plan_output.ts";
import { readOptions, readVariables } from "./read_values.ts";

/** What is under way already. */
export interface Started {
  /** The change between two commits; `undefined` where the changed files are given. */
  readonly change: Promise<Change> | undefined;
  /** The config. */
  readonly config: Promise<ImportedConfig>;
}

/**
 * Makes the plan, prints it and sets the outputs.
 *
 * @throws {UsageError | UserError} Where something is wrong; nothing has been written then.
 */
export async function decidePlan(
  texts: OptionTexts<typeof planCommand>,
  started: Started,
  io: Io,
): Promise<number> {
  const options = readOptions(planCommand, texts);
  checkSource(options);
  const variables = readVariables(planCommand, io.env);
  const repo = options.repo ?? ".";
  const [change, settings] = await gather<[Change, Settings]>(
    started.change ?? givenChange(options, io),
    started.config.then(checkConfig),
  );
  const [files, labels] = await gather(
    readFiles(repo, settings, change),
    readLabels(options, variables, settings, change, io),
  );
  const effects = labelEffects(labels, settings.labels);
  const result = plan(await toPlanInput({ repo, settings, change, files, effects }));
  const problems = matrixProblems({ canaries: result.support_and_staging, prod: result.prod });
  const inWorkflow = variables.GITHUB_OUTPUT !== undefined;
  if (problems.length > 0 && inWorkflow) throw new UserError(problems);

  const text = await formatPlan(result, options.format ?? "table", io);
  if (problems.length > 0) {
    // People want to see what it is that GitHub would refuse.
    for (const piece of text) io.out(piece);
    throw new UserError(problems);
  }
  const { canaries, prod } = matrixJobs(result);
  await writeResults(options["plan-file"], variables, result, {
    "support-and-staging-matrix-jobs": [...canaries],
    "prod-hub-matrix-jobs": [...prod],
  });
  for (const piece of text) io.out(piece);
  return 0;
}
