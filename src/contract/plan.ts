import { unnamedBranch } from "../config/branches.ts";
import { checkLayout } from "../config/layout.ts";
import { loadConfig } from "../config/load_config.ts";
import { UserError } from "../errors.ts";
import { gather } from "../gather.ts";
import { isDeploying } from "../github/later_run.ts";
import { SUMMARY_LIMIT, writeStepFiles } from "../github/step_files.ts";
import type { Io } from "../io/io.ts";
import { planChange } from "../ledger/make_up.ts";
import { matrixJobs } from "../plan/matrix.ts";
import type { Plan } from "../plan/schema.ts";
import { jsonPieces } from "../report/json_text.ts";
import { planMarkdown } from "../report/markdown.ts";
import { planTablePieces } from "../report/plan_tables.ts";
import { readPlanInput } from "../repository/read_plan_input.ts";
import { joinPieces } from "../text/join_pieces.ts";
import { apiVariables, connectApi } from "./api_access.ts";
import { ASKED_OPTIONS, askedFor } from "./asked_options.ts";
import { CHANGE_OPTIONS, checkSource, readOptionsChange } from "./change_options.ts";
import { command } from "./command.ts";
import { formatOption, textOption } from "./common.ts";
import { readLabels } from "./merged_labels.ts";
import { PLAN_OUTPUTS, planOutputs, roomProblems } from "./plan_outputs.ts";
import { type DeploymentPlan, planDeployment } from "./deployment_plan.ts";
import { optionalCount, optionalText } from "./schemas.ts";
import { fromRunner, fromStepIfWanted, STEP_FILES } from "./variables.ts";

const DRY = "This is a dry run, which deploys nothing";

/**
 * `hubwright plan`: decides which releases a change upgrades, and why; inside a workflow it also sets
 * the outputs and writes the summary.
 */
export const planCommand = command({
  name: "plan",
  summary: "Show which support charts and hubs a change upgrades, and why",
  examples: [
    ["hubwright plan --base origin/main", "what merging the checked-out branch upgrades"],
    [
      "hubwright plan --changed-files helm-charts/basehub/values.yaml",
      "what changing that file upgrades",
    ],
    ["hubwright plan --base HEAD^ --format json | jq .prod", "the prod hubs, for a machine"],
  ],
  options: {
    ...CHANGE_OPTIONS,
    ...ASKED_OPTIONS,
    branch: {
      help: "The branch that the change is for, if branches deploy different things",
      value: "NAME",
      schema: optionalText,
    },
    format: formatOption("the plan", ["table", "json", "markdown"]),
    "plan-file": textOption("FILE", "Write the plan to this file as JSON"),
  },
  variables: {
    ...apiVariables(
      optionalText,
      "On a push: looks up the labels of the merged pull request, and what is owed",
    ),
    GITHUB_EVENT_NAME: fromRunner(optionalText, "The event that started the run"),
    LAYOUT: fromStepIfWanted(
      optionalText,
      "Which jobs the workflow has, if not the four",
    ),
    RERUN: fromStepIfWanted(optionalCount, "With a ledger: the run, if it is a re-run"),
    ...STEP_FILES,
  },
  outputs: PLAN_OUTPUTS,
  access: {
    read: ["."],
    write: ["--plan-file", "$GITHUB_OUTPUT", "$GITHUB_STEP_SUMMARY"],
    run: ["git"],
    api: true,
  },
  async run({ options, variables, formatOutputs, io }) {
    const { repo = ".", format = "table" } = options;
    const { GITHUB_EVENT_NAME: event = "" } = variables;
    const asked = askedFor(options, event);
    const readChange = () => {
      checkSource(options);
      return readOptionsChange(options, io);
    };
    // Git takes longest: where no ledger can matter, it starts before the config is looked for.
    const changing = asked === undefined && !isDeploying(event) ? readChange() : undefined;
    const loading = loadConfig(repo, options.config);
    let decided: DeploymentPlan;
    if (asked !== undefined || (isDeploying(event) && (await loading).ledger !== undefined)) {
      const settings = await loading;
      decided = await planDeployment({
        repo,
        settings,
        head: options.head ?? "HEAD",
        before: options.before,
        labelsOf: (change) => readLabels(options, variables, settings, change, io),
        asked,
        github: isDeploying(event) ? connectApi(variables, io) : undefined,
        rerun: variables.RERUN,
        branch: options.branch,
      });
    } else {
      const [change, settings] = await gather(changing ?? readChange(), loading);
      const labels = readLabels(options, variables, settings, change, io);
      // A failure is thrown where they are awaited, which is later than it may come.
      labels.catch(() => {});
      const unnamed = unnamedBranch(options.branch, settings);
      if (unnamed !== undefined) io.err(`${unnamed}\n`);
      const input = await readPlanInput({
        repo,
        settings,
        change,
        labels,
        branch: options.branch,
      });
      decided = { plan: planChange(input, settings.paused), ledger: undefined };
    }
    const { plan: result, ledger } = decided;
    const { canaries, prod } = matrixJobs(result);
    const { GITHUB_OUTPUT, GITHUB_STEP_SUMMARY: summary } = variables;
    const isDry = options["dry-run"] === "true";
    const legs = isDry ? { canaries: [], prod: [] } : { canaries, prod };
    const settings = await loading;
    const outputs = planOutputs(result, legs, settings, isDry ? undefined : ledger);
    const problems = roomProblems(result, settings, outputs);
    const summaryText = (
      more: { readonly refused?: readonly string[]; readonly subject?: string },
    ) => summary && planMarkdown(result, { limit: SUMMARY_LIMIT, event, ...more });
    // People want to see the plan that GitHub would refuse; a workflow must not go on with it.
    if (problems.length > 0) {
      const refused = problems.map(({ message }) => message);
      if (GITHUB_OUTPUT === undefined) printPlan(result, format, io);
      else writeStepFiles([{ path: summary, text: summaryText({ refused }) }]);
      throw new UserError(problems);
    }
    if (GITHUB_OUTPUT !== undefined) checkLayout(settings, variables.LAYOUT);
    writeStepFiles([
      { path: options["plan-file"], text: `${JSON.stringify(result)}\n`, whole: "the plan" },
      { path: summary, text: summaryText(isDry ? { subject: `${DRY}; a real one` } : {}) },
      { path: GITHUB_OUTPUT, text: formatOutputs(outputs) },
    ]);
    printPlan(result, format, io);
    if (isDry && format === "table") io.out(`${DRY}.\n`);
    return 0;
  },
});

/** Prints a plan, piece by piece: it may be large. */
function printPlan(result: Plan, format: "table" | "json" | "markdown", io: Io): void {
  const pieces = {
    json: () => jsonPieces(result),
    markdown: () => [planMarkdown(result, { limit: SUMMARY_LIMIT })],
    table: () => planTablePieces(result, io),
  };
  for (const piece of joinPieces(pieces[format]())) io.out(piece);
}
