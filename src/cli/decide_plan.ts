import { checkConfig } from "../config/load_config.ts";
import type { ImportedConfig } from "../config/import_config.ts";
import type { Settings } from "../config/settings.ts";
import type { OptionTexts } from "../contract/command.ts";
import { planCommand } from "../contract/plan.ts";
import { UserError } from "../errors.ts";
import type { Change } from "../git/changed_files.ts";
import { boundPlan } from "../plan/bounds.ts";
import { labelEffects } from "../plan/labels.ts";
import { matrixJobs, matrixProblems } from "../plan/matrix.ts";
import { plan } from "../plan/plan.ts";
import { gather } from "./gather.ts";
import type { Io } from "./io.ts";
import { checkSource, givenChange, parseRelevant, readFiles, readLabels } from "./plan_input.ts";
import type { preciseInput } from "./precise_input.ts";
import { formatPlan, writeResults } from "./plan_output.ts";
import { readOptions, readVariables } from "./read_values.ts";

/** What `precision: "hub"` needs to know; loaded only for it. */
async function readPrecise(...[repo, settings, change, files]: Parameters<typeof preciseInput>) {
  const { preciseInput } = await import("./precise_input.ts");
  return await preciseInput(repo, settings, change, files);
}

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
 * @param texts The options.
 * @param started What is under way already.
 * @param io The outside world.
 * @returns The exit code.
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
  const { base, head, files: changed } = change;
  const { graph, precise } = settings.precision === "cluster"
    ? {}
    : await readPrecise(repo, settings, change, files);
  const { clusters, rules } = parseRelevant(files, settings, change, effects, graph);
  const result = boundPlan(
    plan({ base, head, changed, clusters, rules, labels: effects, precise }),
  );
  const { canaries, prod } = matrixJobs(result);
  const problems = matrixProblems({ canaries, prod });
  if (problems.length > 0) throw new UserError(problems);

  const text = await formatPlan(result, options.format ?? "table", io);
  await writeResults(options["plan-file"], variables, result, {
    "support-and-staging-matrix-jobs": [...canaries],
    "prod-hub-matrix-jobs": [...prod],
  });
  io.out(text);
  return 0;
}
