import type { Seed } from "./seed.ts";

export type Scenario =
  | "hubs"
  | "hubs, a lost canary"
  | "hubs, a failed canary"
  | "hubs, a failed canary of the first wave"
  | "support"
  | "a pull request";

/** An edit by hand of a generated workflow, and the scenario in which it does harm. */
export interface WorkflowSeed extends Seed {
  readonly scenario: Scenario;
  /** Whose workflows are edited: those of the second are in two waves. */
  readonly layout: "four-jobs" | "pipelined";
}

const DEPLOY = ".github/workflows/deploy-hubs.yaml";
const CLUSTER = ".github/workflows/deploy-cluster.yaml";
const COMMENT = ".github/workflows/comment-deployment-plan-pr.yaml";

type Row = readonly [breaks: string, from: string, to: string, scenario?: Scenario];

const seeds = (
  file: string,
  usual: Scenario,
  rows: readonly Row[],
  layout: WorkflowSeed["layout"] = "four-jobs",
): readonly WorkflowSeed[] =>
  rows.map(([breaks, from, to, scenario = usual]) => (
    { breaks, file, from, to, scenario, layout }
  ));

export const WORKFLOW_SEEDS: readonly WorkflowSeed[] = [
  ...seeds(DEPLOY, "hubs", [
    ["an output of the plan", "  support-and-staging-matrix-jobs: ${{ s", "  other: ${{ s"],
    ["another output", "  prod-hub-matrix-jobs: ${{ steps.plan", "  other: ${{ steps.plan"],
    ["an output of the filter", "prod-hub-matrix-jobs: ${{ steps.filter", "o: ${{ steps.filter"],
    ["a canary's verdict", "success_lake: ", "success_lakes: "],
    ["the name of a verdict", "echo success_", "echo passed_"],
    ["what a verdict says", "VERDICT: ${{ job.status }}@", "VERDICT: ${{ job.status }}-"],
    ["a verdict's attempt", "}}@${{ github.run_attempt }}", "}}@9"],
    [
      "the row of a leg",
      "CLUSTER: ${{ matrix.jobs.cluster_name }}\n          VERDICT",
      "CLUSTER: ${{ matrix.job.cluster_name }}\n          VERDICT",
    ],
    ["the support chart of a leg", "jobs.upgrade_support }}", "jobs.upgrade }}", "support"],
    ["the lists of staging hubs", "${{ matrix.jobs.staging_hubs[2] }}", "${{ matrix.jobs.hubs }}"],
    ["what filter lets through", "PROD_HUB_MATRIX_JOBS: ", "PROD_HUBS: "],
    ["the canaries of filter", "CANARY_CLUSTERS: ", "CANARIES: "],
    ["the result for filter", "CANARY_RESULT: ", "RESULT: "],
    ["the verdicts for filter", "CANARY_OUTPUTS: ", "OUTPUTS: "],
    ["--before", "--before=", "--befores="],
    ["--head", "--head=", "--heads="],
    ["--plan-file", "--plan-file=", "--plan-files="],
    ["a permission", "--allow-run=git", "--allow-run=hg"],
    ["the id of the job that plans", "\n  generate-jobs:", "\n  other:"],
    ["the id of the canaries", "\n  upgrade-support-and-staging:", "\n  other:"],
    ["the id of the filter", "\n  filter-generate-jobs:", "\n  other:"],
    ["the id of the step that plans", "id: plan\n", "id: other\n"],
    ["the id of the step that filters", "id: filter\n", "id: other\n"],
    ["the id of the verdict", "id: verdict\n", "id: other\n"],
    ["what the canaries need", "\n    needs: [generate-jobs]\n", "\n"],
    ["that the filter waits for the canaries", "-jobs, upgrade-support-and-staging]", "-jobs]"],
    ["that the filter knows the plan", ": [generate-jobs, upgrade-support-", ": [upgrade-support-"],
    ["what the prod hubs need", "\n    needs: [filter-generate-jobs]\n", "\n"],
    [
      "that a failed canary blocks its own cluster alone",
      "!cancelled() && github.event_name == 'push' && github.ref == 'refs/heads/main' && needs.gen",
      "github.event_name == 'push' && github.ref == 'refs/heads/main' && needs.gen",
      "hubs, a failed canary",
    ],
    [
      "that prod hubs follow a filter that blocked some",
      " || needs.filter-generate-jobs.outputs.prod-hub-matrix-jobs != '')",
      ")",
      "hubs, a failed canary",
    ],
    ["that a failed canary says so", "if: ${{ always", "if: ${{ success", "hubs, a failed canary"],
    [
      "that a pull request deploys nothing",
      "    if: ${{ github.event_name == 'push' && github.ref == 'refs/heads/main' && ",
      "    if: ${{ ",
      "a pull request",
    ],
    [
      "that canaries go on beside one that failed",
      "fail-fast: false\n      matrix:\n        jobs: ${{ fromJSON(needs.generate",
      "fail-fast: true\n      matrix:\n        jobs: ${{ fromJSON(needs.generate",
      "hubs, a failed canary",
    ],
    [
      "the trigger of a chart",
      "branches: [main]\n    paths:\n      - deployer/**\n      - helm-charts/basehub/**\n",
      "branches: [main]\n    paths:\n      - deployer/**\n",
    ],
    [
      "a pinned commit",
      "@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1\n        with:\n          persist-credentials: false\n          fetch",
      "@00000000aac5ba805825da76410c181273ba90b1 # v7.0.1\n        with:\n          persist-credentials: false\n          fetch",
    ],
    [
      "the order of words in a script",
      'HUB: ${{ matrix.jobs.hub_name }}\n        run: deployer deploy "$CLUSTER" "$HUB"',
      'HUB: ${{ matrix.jobs.hub_name }}\n        run: deployer deploy "$HUB" "$CLUSTER"',
    ],
    [
      "the hub of a leg",
      "HUB: ${{ matrix.jobs.hub_name }}\n        run: deployer deploy ",
      "HUB: ${{ matrix.jobs.hub }}\n        run: deployer deploy ",
    ],
    ["what the plan may have been", "needs.generate-jobs.result ==", "needs.generate.result =="],
  ]),
  ...seeds(COMMENT, "a pull request", [
    ["the artifact's folder", "          PLAN_ARTIFACT: ", "          ARTIFACT: "],
    ["the commit of the run", "RUN_HEAD_SHA: ", "HEAD_SHA: "],
    ["the page of the run", "RUN_URL: ", "URL: "],
    [
      "the token",
      "          GITHUB_TOKEN: ${{ github.token }}\n        run: |\n          deno run \\\n            --no-npm \\\n            --no-lock \\\n            --no-remote \\\n            --allow-read",
      "          TOKEN: ${{ github.token }}\n        run: |\n          deno run \\\n            --no-npm \\\n            --no-lock \\\n            --no-remote \\\n            --allow-read",
    ],
    ["the workflow that it follows", "[Deploy and test hubs]", "[Deploy hubs]"],
    ["which runs it follows", "== 'pull_request' && ", "== 'push' && "],
    ["the name of the artifact", "name: pr\n", "name: plan\n"],
  ]),
  ...seeds(DEPLOY, "hubs", [
    ["the clusters of the plan", "  clusters: ${{ steps.plan", "  other: ${{ steps.plan"],
    ["which jobs the plan is for", "LAYOUT: 'pipelined, waves: 2'", "LAYOUT: pipelined"],
    ["the clusters of a wave", "waves[0][0] }}", "waves[0][1] }}"],
    ["the clusters of the next wave", "waves[1][0] }}", "waves[0][0] }}"],
    [
      "that a failed wave stops the next",
      "needs.deploy-clusters.result == 'success' || ",
      "needs.deploy-clusters.result == 'failure' || ",
      "hubs, a failed canary of the first wave",
    ],
    [
      "that the next wave waits",
      "needs: [generate-jobs, deploy-clusters]",
      "needs: [generate-jobs]",
    ],
    [
      "that a wave goes on beside a cluster that failed",
      "fail-fast: false\n      matrix:\n        cluster: ${{ fromJSON(needs.generate-jobs.outputs.clusters).waves[0]",
      "fail-fast: true\n      matrix:\n        cluster: ${{ fromJSON(needs.generate-jobs.outputs.clusters).waves[0]",
      "hubs, a failed canary of the first wave",
    ],
  ], "pipelined"),
  ...seeds(CLUSTER, "hubs", [
    ["the canary that it is given", "      canaries:\n", "      canary:\n"],
    ["what a canary waits for", "if: ${{ inputs.canaries != '[]' }}", "if: ${{ success() }}"],
    ["the legs of a canary", "fromJSON(inputs.canaries)", "fromJSON(inputs.prod)"],
    ["the legs of prod hubs", "fromJSON(inputs.prod)", "fromJSON(inputs.canaries)"],
    ["what the prod hubs need", "    needs: [upgrade-support-and-staging]\n", ""],
    [
      "that a prod hub waits for its canary",
      "needs.upgrade-support-and-staging.result == 'success' ||",
      "needs.upgrade-support-and-staging.result != '' ||",
      "hubs, a failed canary of the first wave",
    ],
    ["that no canary is none that failed", " || inputs.canaries == '[]'", ""],
    ["that a skipped canary is no end", "!cancelled() && inputs.prod", "inputs.prod"],
    [
      "a staging hub of a leg",
      "if: ${{ matrix.jobs.staging_hubs[0] }}\n        env:\n          CLUSTER: ${{ matrix.jobs.cluster_name }}\n          HUB: ${{ matrix.jobs.staging_hubs[0] }}\n        run: deployer deploy ",
      "if: ${{ matrix.jobs.staging_hubs[9] }}\n        env:\n          CLUSTER: ${{ matrix.jobs.cluster_name }}\n          HUB: ${{ matrix.jobs.staging_hubs[0] }}\n        run: deployer deploy ",
    ],
    [
      "the hub of a leg",
      "HUB: ${{ matrix.jobs.hub_name }}\n        run: deployer deploy ",
      "HUB: ${{ matrix.jobs.hub }}\n        run: deployer deploy ",
    ],
  ], "pipelined"),
];
