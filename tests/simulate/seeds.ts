/** A drift between two sides that have to agree, made by changing one of them. */
export interface Seed {
  /** What is changed. */
  readonly name: string;
  /** The file. */
  readonly file: string;
  /** What stands in it. */
  readonly from: RegExp;
  /** What takes its place. */
  readonly to: string;
}

function seed(kind: string, file: string, from: RegExp, to: string): Seed {
  return { name: `${kind}: ${file}: ${from.source} becomes ${to || "nothing"}`, file, from, to };
}

const PLAN = "src/contract/plan.ts";
const CHANGE = "src/contract/common.ts";
const FILTER = "src/contract/filter.ts";
const COMMENT = "src/contract/comment.ts";
const DEPLOY = "workflows/deploy_hubs.ts";
const RULES = "src/plan/rules.ts";
const NAMING = "src/plan/naming.ts";
const EVERYWHERE = "src/plan/decide_everywhere.ts";

/** Drifts in the source of hubwright. */
export const SOURCE_SEEDS: readonly Seed[] = [
  ...[
    [PLAN, /"support-and-staging-matrix-jobs": \{/, '"canary-jobs": {'],
    [PLAN, /"prod-hub-matrix-jobs": \{/, '"prod-jobs": {'],
    [FILTER, /"prod-hub-matrix-jobs": \{/, '"prod-jobs": {'],
    ["src/cli/decide_plan.ts", /"prod-hub-matrix-jobs":/, '"prod-jobs":'],
    ["src/cli/filter.ts", /"prod-hub-matrix-jobs":/, '"prod-jobs":'],
    [DEPLOY, /outputs\["support-and-staging-matrix-jobs"\]/, 'outputs["canary-jobs"]'],
    [DEPLOY, /planned\["prod-hub-matrix-jobs"\]/, 'planned["prod-jobs"]'],
    [DEPLOY, /echo success_/, "echo passed_"],
    ["src/filter/verdict.ts", /`success_\$\{cluster\./, "`passed_${cluster."],
  ].map(([file, from, to]) => seed("an output", String(file), from as RegExp, String(to))),
  ...["cluster_name", "provider", "upgrade_support", "staging_hubs", "hub_name"].map((field) =>
    seed("a matrix field", "src/plan/matrix.ts", new RegExp(`${field}: row`), `${field}_: row`)
  ),
  ...["cluster_name", "staging_hubs", "hub_name"].map((field) =>
    seed("a matrix field", DEPLOY, new RegExp(`${field}: ([A-Za-z]+)`), `${field}_: $1`)
  ),
  ...[
    ...[
      "PROD_HUB_MATRIX_JOBS",
      "SUPPORT_AND_STAGING_MATRIX_JOBS",
      "CANARY_RESULT",
      "CANARY_OUTPUTS",
    ]
      .map((name) => [FILTER, name] as const),
    ...["PLAN_ARTIFACT", "RUN_HEAD_SHA", "RUN_URL", "GITHUB_TOKEN"].map((name) =>
      [COMMENT, name] as const
    ),
    [PLAN, "GITHUB_TOKEN"] as const,
    [DEPLOY, "CANARY_OUTPUTS"] as const,
    ["workflows/comment_deployment_plan.ts", "RUN_HEAD_SHA"] as const,
  ].map(([file, name]) => seed("a variable", file, new RegExp(`${name}:`), `${name}_:`)),
  ...[["base", CHANGE], ["head", CHANGE], ["labels", CHANGE], ['"plan-file"', PLAN]].map(
    ([name = "", file = ""]) =>
      seed(
        "an option",
        file,
        new RegExp(`\n( +)${name}: \\{`),
        `\n$1"other-${name.replaceAll('"', "")}": {`,
      ),
  ),
  seed("an option", DEPLOY, /\n\s+base: choose/, "\n          bass: choose"),
  ...["generate-jobs", "upgrade-support-and-staging", "filter-generate-jobs", "upgrade-prod-hubs"]
    .map((id) => seed("a job id", DEPLOY, new RegExp(`job\\("${id}"`), `job("other-${id}"`)),
  ...["plan", "verdict", "filter"].map((id) =>
    seed("a step id", DEPLOY, new RegExp(`id: "${id}"`), `id: "other-${id}"`)
  ),
  seed("a need", DEPLOY, /needs: \[generateJobs\],/, ""),
  seed(
    "a need",
    DEPLOY,
    /needs: \[generateJobs, upgradeSupportAndStaging\]/,
    "needs: [generateJobs]",
  ),
  seed(
    "a need",
    DEPLOY,
    /needs: \[generateJobs, upgradeSupportAndStaging\]/,
    "needs: [upgradeSupportAndStaging]",
  ),
  seed("a need", DEPLOY, /needs: \[filterGenerateJobs\],/, ""),
  seed(
    "a rule",
    "src/config/settings.ts",
    /"helm-charts\/support\/\*\*"/,
    '"helm-charts/other/**"',
  ),
  seed(
    "a rule",
    RULES,
    /anywhere\.map\(\(pattern\) => pattern\.glob\)/,
    "reaching.allHubs.map((pattern) => pattern.glob)",
  ),
  seed("a rule", RULES, /`\$\{patterns\.clustersDir\}\/\*\*`/, '"elsewhere/**"'),
  seed("a rule", EVERYWHERE, /matchesAny\(allSupport, path\) \?/, "false ?"),
  seed("a rule", EVERYWHERE, /matchesAny\(hubs, path\) \?/, "matchesAny(allSupport, path) ?"),
  seed(
    "a rule",
    NAMING,
    /add\(\[cluster\.file\], \{ rule: "cluster file", reach: whole \}\);/,
    "",
  ),
  seed("a rule", NAMING, /add\(valuesFiles, /, "add([], "),
  seed("a rule", NAMING, /add\(cluster\.support\?\.valuesFiles, /, "add([], "),
  seed("the gate", "src/filter/filter.ts", /verdict === VERDICT_SUCCESS/, 'verdict !== "failure"'),
  seed(
    "the gate",
    "src/filter/filter.ts",
    /withCanary\.has\(job\.cluster_name\)/,
    "withCanary.has(job.provider)",
  ),
  seed("the gate", "src/filter/verdict.ts", /VERDICT_SUCCESS = "true"/, 'VERDICT_SUCCESS = "ok"'),
  seed("the gate", DEPLOY, /if: always\(\)/, "if: undefined"),
  ...["checkout", "download-artifact", "upload-artifact", "setup-deno"].map((name) =>
    seed(
      "a pin",
      "actions.lock.json",
      new RegExp(`(${name}": \\{\\s+"version": "[^"]+",\\s+"commit": ")[0-9a-f]`),
      "$1x".replace("x", "0"),
    )
  ),
];

/** A change that is no drift: nothing may catch it. */
export const HARMLESS: Seed = seed("no drift", "src/version.ts", /export/, "// A comment.\nexport");

const YAML = ".github/workflows/deploy-hubs.yaml";
const COMMENT_YAML = ".github/workflows/comment-deployment-plan-pr.yaml";

/** Edits by hand of the generated workflows. */
export const YAML_SEEDS: readonly Seed[] = [
  ...["support-and-staging-matrix-jobs", "prod-hub-matrix-jobs", "success_lake"].map((name) =>
    seed("an output", YAML, new RegExp(`\n      ${name}:`), `\n      other_${name}:`)
  ),
  ...["cluster_name", "provider", "upgrade_support", "staging_hubs", "hub_name"].map((name) =>
    seed("a matrix field", YAML, new RegExp(`(: \\$\\{\\{ matrix\\.jobs\\.)${name}`), `$1${name}_`)
  ),
  ...["PROD_HUB_MATRIX_JOBS", "SUPPORT_AND_STAGING_MATRIX_JOBS", "CANARY_RESULT", "CANARY_OUTPUTS"]
    .map((name) =>
      seed("a variable", YAML, new RegExp(`\n          ${name}:`), `\n          ${name}_:`)
    ),
  ...["PLAN_ARTIFACT", "RUN_HEAD_SHA", "RUN_URL", "GITHUB_TOKEN"].map((name) =>
    seed("a variable", COMMENT_YAML, new RegExp(`\n          ${name}:`), `\n          ${name}_:`)
  ),
  ...["base", "head", "plan-file"].map((name) =>
    seed("an option", YAML, new RegExp(`--${name}\\b`), `--${name}s`)
  ),
  ...["generate-jobs", "upgrade-support-and-staging", "filter-generate-jobs"].map((id) =>
    seed("a job id", YAML, new RegExp(`\n  ${id}:`), `\n  other-${id}:`)
  ),
  ...["plan", "filter", "verdict"].map((id) =>
    seed("a step id", YAML, new RegExp(`id: ${id}\n`), `id: other-${id}\n`)
  ),
  seed("a need", YAML, /\n {4}needs: \[generate-jobs\]/, ""),
  seed(
    "a need",
    YAML,
    /needs: \[generate-jobs, upgrade-support-and-staging\]/,
    "needs: [generate-jobs]",
  ),
  seed(
    "a need",
    YAML,
    /needs: \[generate-jobs, upgrade-support-and-staging\]/,
    "needs: [upgrade-support-and-staging]",
  ),
  seed("a need", YAML, /\n {4}needs: \[filter-generate-jobs\]/, ""),
  seed("a condition", YAML, /!cancelled\(\) && /, ""),
  seed("a condition", YAML, /\$\{\{ always\(\) \}\}/, "${{ success() }}"),
  seed("a condition", YAML, /github\.event_name == 'push'/, "github.event_name == 'pull_request'"),
  seed("a rule", YAML, /\n {6}- helm-charts\/basehub\/\*\*/, ""),
  seed("a pin", YAML, /3d3c42e5/, "00000000"),
  seed("fail-fast", YAML, /fail-fast: false/, "fail-fast: true"),
  seed(
    "a script",
    YAML,
    /run: deployer deploy "\$CLUSTER" "\$HUB"/,
    'run: deployer deploy "$HUB" "$CLUSTER"',
  ),
  seed("the trigger", COMMENT_YAML, /Deploy and test hubs\]/, "Deploy hubs]"),
];
