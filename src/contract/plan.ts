import { loadConfig } from "../config/load_config.ts";
import { UserError } from "../errors.ts";
import { gather } from "../gather.ts";
import { matrixJobs, matrixProblems } from "../plan/matrix.ts";
import { plan } from "../plan/plan.ts";
import { readPlanInput } from "../repository/read_plan_input.ts";
import { command } from "./command.ts";
import { CHANGE_OPTIONS, checkSource, readOptionsChange } from "./change_options.ts";
import { COMMON_OPTIONS, formatOption, STEP_FILES } from "./common.ts";
import { readLabels } from "./merged_labels.ts";
import { printPlan, writeResults } from "./plan_output.ts";
import { canaryLegs, clusterNames, optionalText, prodLegs, text } from "./schemas.ts";

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
    format: formatOption("the plan", ["table", "json", "markdown"]),
    "plan-file": {
      help: "Write the plan to this file as JSON",
      value: "FILE",
      schema: text,
    },
    ...COMMON_OPTIONS,
  },
  variables: {
    GITHUB_TOKEN: {
      help: "On a push: looks up the labels of the pull request that was merged",
      from: "step",
      schema: optionalText,
    },
    GITHUB_EVENT_NAME: {
      help: "The event that started the run",
      from: "runner",
      schema: optionalText,
    },
    GITHUB_REPOSITORY: { help: "owner/name", from: "runner", schema: optionalText },
    GITHUB_API_URL: { help: "Where GitHub's API is", from: "runner", schema: optionalText },
    ...STEP_FILES,
  },
  outputs: {
    "support-and-staging-matrix-jobs": {
      help: "The canary legs, a JSON list",
      schema: canaryLegs,
    },
    "prod-hub-matrix-jobs": { help: "The prod legs, a JSON list", schema: prodLegs },
    "canary-clusters": {
      help: "The clusters that have a canary leg, a JSON list of names",
      schema: clusterNames,
    },
  },
  access: {
    read: [{ path: "." }],
    write: [
      { option: "plan-file" },
      { variable: "GITHUB_OUTPUT" },
      { variable: "GITHUB_STEP_SUMMARY" },
    ],
    run: ["git"],
    api: true,
  },
  async run({ options, variables, formatOutputs, io }) {
    checkSource(options);
    const repo = options.repo ?? ".";
    const [change, settings] = await gather(
      readOptionsChange(options, io),
      loadConfig(repo, options.config),
    );
    const labels = readLabels(options, variables, settings, change, io);
    // A failure is thrown where they are awaited, which is later than it may come.
    labels.catch(() => {});
    const result = plan(await readPlanInput({ repo, settings, change, labels }));
    const { canaries, prod } = matrixJobs(result);
    const problems = matrixProblems({ canaries, prod });
    // A person wants to see the plan that GitHub would refuse; a workflow must not go on with it.
    if (problems.length > 0) {
      if (variables.GITHUB_OUTPUT === undefined) printPlan(result, options.format, io);
      throw new UserError(problems);
    }
    await writeResults(options["plan-file"], variables, result, () =>
      formatOutputs({
        "support-and-staging-matrix-jobs": canaries,
        "prod-hub-matrix-jobs": prod,
        "canary-clusters": canaries.map((canary) => canary.cluster_name),
      }));
    printPlan(result, options.format, io);
    return 0;
  },
});
