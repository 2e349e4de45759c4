import { importConfig, type ImportedConfig } from "../config/import_config.ts";
import type { Settings } from "../config/settings.ts";
import type {
  OptionTexts,
  OptionValues,
  OutputValues,
  VariableValues,
} from "../contract/command.ts";
import { planCommand } from "../contract/plan.ts";
import { UsageError, UserError } from "../errors.ts";
import { type Change, readChange } from "../git/changed_files.ts";
import type { Cluster } from "../plan/cluster.ts";
import { labelEffects } from "../plan/labels.ts";
import { matrixJobs, matrixProblems } from "../plan/matrix.ts";
import { plan } from "../plan/plan.ts";
import { buildRules } from "../plan/rules.ts";
import type { Plan } from "../plan/schema.ts";
import { readPathList } from "./changed_files_from.ts";
import { gather } from "./gather.ts";
import type { Io } from "./io.ts";
import { readOptions, readVariables } from "./read_values.ts";

type Options = OptionValues<typeof planCommand>;
type Variables = VariableValues<typeof planCommand>;

/** How many characters a {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary job summary} may have: 1 MiB, less a margin. */
const SUMMARY_LIMIT = 1_000_000;

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
  // These work while the schemas and the clusters load; that the head is checked out is the rule.
  const change = texts.base === undefined ? undefined : readChange(repo, texts.base, texts.head);
  const config = importConfig(repo, texts.config);
  const settings = readSettings(config);
  const onDisk = settings.then((loaded) => readClusters(repo, loaded));
  for (const started of [change, settings, onDisk]) started?.catch(() => {});

  const options = await readOptions(planCommand, texts);
  checkSource(options);
  const variables = await readVariables(planCommand, io.env);
  const [source, loaded] = await gather<[Change, Settings]>(
    change === undefined ? givenSource(options, io) : change,
    settings,
  );
  const [clusters, labels] = await gather<[readonly Cluster[], readonly string[]]>(
    source.checkedOut ? onDisk : readClustersAt(repo, loaded, source.head),
    readLabels(options, variables, loaded, source.head, io),
  );
  const result = plan({
    base: source.base,
    head: source.head,
    changed: source.files,
    clusters,
    rules: buildRules({ clustersDir: loaded.clustersDir, ...loaded.rules }, clusters),
    labels: labelEffects(labels, loaded.labels),
  });
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

async function readSettings(imported: Promise<ImportedConfig>): Promise<Settings> {
  const { checkConfig } = await import("../config/load_config.ts");
  return checkConfig(await imported);
}

function checkSource(options: Options): void {
  const given = (["base", "changed-files", "changed-files-from"] as const)
    .filter((name) => options[name] !== undefined);
  if (given.length !== 1) {
    const found = given.length === 0 ? "none" : given.map((name) => `--${name}`).join(" and ");
    throw new UsageError(
      "Cannot tell what changed: expected one of --base, --changed-files and " +
        `--changed-files-from, found ${found}`,
    );
  }
  if (options.head !== undefined && options.base === undefined) {
    throw new UsageError("Cannot use --head without --base: the changed files are given");
  }
}

async function givenSource(options: Options, io: Io): Promise<Change> {
  const list = options["changed-files-from"];
  const files = list === undefined ? options["changed-files"] ?? [] : await readPathList(list, io);
  return { base: "", head: "", checkedOut: true, files };
}

async function readClusters(repo: string, settings: Settings): Promise<readonly Cluster[]> {
  const { loadClusters } = await import("../config/load_clusters.ts");
  return await loadClusters(repo, settings);
}

async function readClustersAt(
  repo: string,
  settings: Settings,
  commit: string,
): Promise<readonly Cluster[]> {
  const { clusterFilesAt } = await import("../git/clusters_at.ts");
  const { parseClusters } = await import("../config/clusters.ts");
  const { clustersDir, ignoreClusters } = settings;
  const files = await clusterFilesAt(repo, commit, clustersDir, ignoreClusters);
  return parseClusters(files, settings);
}

/** Labels are given, or on a push looked up: those of the pull request that it merged. */
async function readLabels(
  options: Options,
  variables: Variables,
  settings: Settings,
  head: string,
  io: Io,
): Promise<readonly string[]> {
  if (options.labels !== undefined) return options.labels;
  const { GITHUB_EVENT_NAME, GITHUB_TOKEN, GITHUB_API_URL, GITHUB_REPOSITORY } = variables;
  if (GITHUB_EVENT_NAME !== "push" || head === "") return [];
  if (!GITHUB_TOKEN || !GITHUB_API_URL || !GITHUB_REPOSITORY) return [];
  const { connect } = await import("../github/api.ts");
  const { labelsOfMergedPullRequest } = await import("../github/labels.ts");
  const github = connect({
    token: GITHUB_TOKEN,
    baseUrl: GITHUB_API_URL,
    repository: GITHUB_REPOSITORY,
    log: (line) => io.err(`${line}\n`),
  });
  return await labelsOfMergedPullRequest(github, head, settings.defaultBranch);
}

async function formatPlan(
  result: Plan,
  format: NonNullable<Options["format"]>,
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

async function writePlanFile(path: string, result: Plan): Promise<void> {
  try {
    await Deno.writeTextFile(path, `${JSON.stringify(result)}\n`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError({ file: path, message: `Cannot write the plan: ${reason}` });
  }
}

async function writeStepFiles(
  { GITHUB_OUTPUT, GITHUB_STEP_SUMMARY }: Variables,
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
