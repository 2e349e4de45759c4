import { importConfig, type ImportedConfig } from "../config/import_config.ts";
import type { Settings } from "../config/settings.ts";
import type { OptionTexts } from "../contract/command.ts";
import { planCommand } from "../contract/plan.ts";
import { UserError } from "../errors.ts";
import { type Change, readChange } from "../git/changed_files.ts";
import { labelEffects } from "../plan/labels.ts";
import { matrixJobs, matrixProblems } from "../plan/matrix.ts";
import { plan } from "../plan/plan.ts";
import { gather } from "./gather.ts";
import type { Io } from "./io.ts";
import { checkSource, givenChange, parseRelevant, readFiles, readLabels } from "./plan_input.ts";
import { formatPlan, writePlanFile, writeStepFiles } from "./plan_output.ts";
import { readOptions, readVariables } from "./read_values.ts";

/**
 * `hubwright plan`: decides, then prints; inside a workflow it also sets the outputs and writes
 * the summary.
 *
 * @param texts The options.
 * @param io The outside world.
 * @returns The exit code.
 * @throws {UsageError | UserError} Where something is wrong; nothing has been written then.
 */
export async function runPlan(
  texts: OptionTexts<typeof planCommand>,
  io: Io,
): Promise<number> {
  const repo = texts.repo ?? ".";
  // Git and the config are at work while the schemas load.
  const started = texts.base === undefined ? undefined : readChange(repo, texts.base, texts.head);
  const imported = importConfig(repo, texts.config);
  for (const promise of [started, imported]) promise?.catch(() => {});

  const options = await readOptions(planCommand, texts);
  checkSource(options);
  const variables = await readVariables(planCommand, io.env);
  const [change, settings] = await gather<[Change, Settings]>(
    started ?? givenChange(options, io),
    checkSettings(imported),
  );
  const [files, labels] = await gather(
    readFiles(repo, settings, change),
    readLabels(options, variables, settings, change, io),
  );
  const effects = labelEffects(labels, settings.labels);
  const { clusters, rules } = await parseRelevant(files, settings, change, effects);
  const { base, head, files: changed } = change;
  const result = plan({ base, head, changed, clusters, rules, labels: effects });
  const { canaries, prod } = matrixJobs(result);
  const problems = matrixProblems({ canaries, prod });
  if (problems.length > 0) throw new UserError(problems);

  const text = await formatPlan(result, options.format ?? "table", io);
  if (options["plan-file"] !== undefined) await writePlanFile(options["plan-file"], result);
  await writeStepFiles(variables, result, {
    "support-and-staging-matrix-jobs": [...canaries],
    "prod-hub-matrix-jobs": [...prod],
  });
  io.out(text);
  return 0;
}

async function checkSettings(imported: Promise<ImportedConfig>): Promise<Settings> {
  const { checkConfig } = await import("../config/load_config.ts");
  return checkConfig(await imported);
}
