import type { Seed } from "./seed.ts";

export interface SourceSeed extends Seed {
  readonly tests: readonly string[];
}

type Row = readonly [file: string, breaks: string, from: string, to: string];

const seeds = (folder: string, tests: readonly string[], rows: readonly Row[]): SourceSeed[] =>
  rows.map(([file, breaks, from, to]) => ({
    ...{ file: `${folder}/${file}.ts`, breaks, from, to },
    tests,
  }));

/** Changes of the source for the worse: at least one in each folder that decides something. */
export const SOURCE_SEEDS: readonly SourceSeed[] = [
  ...seeds("src/filter", ["tests/filter/filter_test.ts", "tests/filter/verdict_test.ts"], [
    ["filter", "a failure passes", 'verdict.status === "failure"', "false"],
    ["filter", "a cancellation passes", 'verdict.status === "cancelled"', "false"],
    ["filter", "an earlier attempt's verdict", "latest === verdict.attempt", "true"],
    ["filter", "no verdict passes", 'text === undefined || text === ""', "text === undefined"],
    ["filter", "a build that failed", 'buildResult !== "success"', "false"],
    ["filter", "a wave that failed", "if (stopped !== undefined) {", "if (false) {"],
    ["filter", "whose canary it is", "withCanary.has(cluster_name)", "withCanary.size > 0"],
    ["verdict", "one dot of a name", "cluster.replaceAll", "cluster.replace"],
    ["verdict", "text after a verdict", "[0-9]*)$/", "[0-9]*)/"],
  ]),
  ...seeds("src/plan", ["tests/plan/waves_test.ts", "tests/plan/rollout_test.ts"], [
    ["waves", "the first wave that matches", "waves.findIndex(", "waves.findLastIndex("],
    ["waves", "a job's last leg", "(shard + 1) * BOUNDS.legs)", "(shard + 1) * BOUNDS.legs - 1)"],
    ["rollout", "canaries of other waves", "jobs.canaries.filter(isIn)", "jobs.canaries"],
    ["rollout", "whether a wave has prod hubs", "jobs.prod.some(isIn)", "true"],
    ["waves", "waves of a dry run", "names.filter((name) => own.has(name))", "[...wave]"],
  ]),
  ...seeds("src/plan", ["tests/plan"], [
    ["naming", "cluster.yaml is no file of its cluster", ": [file, ...", ": [..."],
    ["naming", "values files", "entry.valuesFiles]", "[]]"],
    ["naming", "named files of releases", "entry.otherFiles ?? []]", "[]]"],
    ["naming", "named files of a cluster", "whole }, otherFiles]", "whole }, []]"],
    ["everywhere", "all support charts", "support || matchesAny(allSupport, path)", "support"],
    ["everywhere", "all hubs", "hubs || matchesAny(allHubs, path)", "hubs"],
    ["everywhere", "hubs of unknown charts", "        : reachesUnknown;", "        : false;"],
    ["rules", "clusters trigger nothing", "          ...clusterPatterns,\n", ""],
    ["rules", "exceptions", "isOfSomeChart(path)) && !isException(path)", "isOfSomeChart(path))"],
    ["rules", "files outside", "...clusters.flatMap(filesOf).filter(", "...[''].filter("],
    ["removal_notices", "a file still named", "naming.length === 0 ? []", "true ? []"],
    ["naming", "patterns of releases", "entry.patterns)", "[])"],
    ["releases", "add-ons", "...addons.map(", "...addons.slice(9).map("],
    ["releases", "a support chart", "support === null ? []", "support ? []"],
    ["decide", "add-ons by label", '{ kind: "before all hubs" }', '{ kind: "all support charts" }'],
    ["matrix_size", "more legs than GitHub makes", "> shards * BOUNDS.", "> 2 * shards * BOUNDS."],
    ["matrix_size", "waves by themselves", "byWave(prod, waves)", "[prod]"],
  ]),
  ...seeds("src/config", ["tests/config"], [
    ["compare_cluster_files", "a removed file", 'return { kind: "removed" }', "after = ''"],
  ]),
  ...seeds("src/config", ["tests/config/job_settings_test.ts"], [
    ["job_settings", "what one job is told", "...every,\n    ...told,", "...told,\n    ...every,"],
  ]),
  ...seeds("src/config", ["tests/config/refused_config_test.ts"], [
    ["step_schema", "the name of a deciding step", "!DECIDING.test(name)", "true"],
    ["job_schema", "a shell that goes on", "SHELL.test(name) &&", "true ||"],
  ]),
  ...seeds("src/ledger", ["tests/ledger/ledger_output_test.ts"], [
    ["ledger_output", "a check that is not there", "unchecked.includes(", '[""].includes('],
  ]),
  ...seeds("src", ["tests/cli/plan_test.ts", "tests/cli/filter_test.ts"], [
    ["config/layout", "a workflow with other jobs", "if (found === wanted) return;", "return;"],
    ["contract/filter", "hubs of other waves", "|| wave.has(cluster)", "|| true"],
    [
      "contract/schemas",
      "a job without the verdict",
      '.filter(([, verdict]) => verdict !== "")',
      "",
    ],
  ]),
  ...seeds("workflows", ["tests/workflows/layouts_test.ts"], [
    ["lanes", "shards in turn", "maxParallel === undefined ? []", "true ? []"],
    ["deploy_hubs", "the clusters of a wave", "=== wave);", "!== wave);"],
    ["cluster_job", "permissions of the called", "permissions: mostOf(called)", "permissions: {}"],
    ["deploy_cluster", "a secret for each hub's cluster", "legs.flatMap((leg)", "[].flatMap((leg)"],
    ["mod", "secrets of an extended workflow", "declareSecrets(", "((x: any, _: any) => x)("],
  ]),
  ...seeds("src/adopt", ["tests/adopt/deno_json_test.ts"], [
    ["add_property", "comments that move", "(place &&", "(false &&"],
  ]),
  ...seeds("workflows", ["tests/workflows/extend_test.ts"], [
    ["extend", "an added need that failed", '"result").equals("success")', '"result").not()'],
  ]),
  ...seeds("workflows", ["tests/workflows/own_commands_test.ts"], [
    ["release_command", "whose command it is", "map(([name]) => shellQuote(name)", "map(() => '*'"],
    ["release_command", "no check", "command === null ? ", "command === '' ? "],
    ["release_command", "commands that leak", "PLAIN.test(text) ? text", "true ? text"],
    [
      "canary_job",
      "add-ons without a step",
      'stopOnMore("add-on", addons, mostAddons)',
      "checkout()",
    ],
  ]),
  ...seeds("workflows", ["tests/workflows/job_options_test.ts"], [
    ["job_options", "a weaker permission", 'least?.access === "write"', "false"],
    ["job_options", "a shell for hubwright's own", "(shell === undefined) return", "(true) return"],
    ["canary_job", "a build before canaries", "needs: [...required, ", "needs: [plan, "],
    ["steps", "the history of a plan", "fetchDepth !== 0 ?", "fetchDepth === undefined ?"],
  ]),
  ...seeds("src", ["tests/contract/plan_outputs_test.ts"], [
    ["contract/output_limits", "a long variable", "bytes <= MOST_VARIABLE", "true"],
    ["ledger/packed_ledger", "values of a cluster", "}),\n    ...(values", "}),\n    ...(false"],
  ]),
  ...seeds("src/github", ["tests/github/parse_plan_test.ts"], [
    ["parse_plan", "many lists together", "count += countItems(", "countItems("],
    ["plan_claims", "a cluster in no wave", "|| inWaves.has(cluster)", "|| true"],
  ]),
  ...seeds("src/validate", ["tests/validate"], [
    ["case_collisions", "case", ".toLowerCase()", ""],
    ["fleet_rules", "waves by themselves", "waves: settings.waves", "waves: undefined"],
    ["wave_rules", "a pattern of a cluster", ".filter(matches)", ".filter((n) => n === glob)"],
    ["wave_rules", "the first wave counts", "(name) => waveOf(name, waves) === wave", "() => true"],
    ["wave_rules", "clusters to come", "/^\\*+$/.test(glob)", "false"],
    ["read_repository", "waves have a rule", "{ ...settings, waves: undefined }", "settings"],
    ["fleet_rules", "a staging hub", "hubs.some((hub) => hub.staging)", "false"],
    ["unseen_files", "named files", "!named.has(file) && ", ""],
    [
      "unseen_files",
      "names in what is not YAML",
      "(({ value }) => value === undefined)",
      "(() => false)",
    ],
  ]),
  ...seeds("src/replay", ["tests/replay/upgrades_test.ts", "tests/replay/rule_tally_test.ts"], [
    ["upgrades", "causes of prod hubs", "[...own, ...ofProdHubs]", "own"],
    ["upgrades", "a rule that follows", "rule !== FOLLOWS", "rule !== ''"],
  ]),
  ...seeds("src/explain", ["tests/explain"], [
    ["mask", "secrets are shown", "|secret|token|", "|token|"],
  ]),
  ...seeds("src/explain", ["tests/cli/explain_test.ts"], [
    ["explain_cluster", "which wave", "input.waves) + 1", "input.waves)"],
  ]),
  ...seeds("src/report", ["tests/report"], [
    ["plan_clusters", "the order of waves", "a.wave - b.wave", "0"],
    ["mermaid", "what follows what", "[...lines, ...order]", "lines"],
    [
      "markdown",
      "why GitHub refuses",
      '"## Deployment plan\\n\\n" + alert',
      '"" + alert.slice(0, 0)',
    ],
    ["markdown_text", "an at sign beside a word", 'character === "@" ? APART : ""', '""'],
    ["markdown_text", "the slashes of a link", "|(?<=:)\\/", ""],
  ]),
  ...seeds("src/report", ["tests/report/status_test.ts"], [
    ["status_page", "markup of others", `/[&<>"']/g`, "/[&]/g"],
  ]),
  ...seeds("src/ledger", ["tests/ledger/deployments_test.ts"], [
    ["deployments", "a record about another commit", "record.as_of !== sha", "sha === ''"],
    ["deployments", "others' deployments", "deployment.task !== LEDGER_TASK ||", "false &&"],
    ["deployments", "a large payload", "deployed }, needed, packed]", "deployed }, packed]"],
    ["deployments", "a packed payload", "needed, packed]", "needed]"],
  ]),
  ...seeds("src/ledger", ["tests/validate/rules_test.ts"], [
    ["pauses", "a pause of what is not there", "!known.includes(name)", "false"],
  ]),
  ...seeds("src", ["tests/ledger/histories_test.ts"], [
    ["ledger/make_up", "what was taken back", "steps.slice(from ?? 0, until)", "steps.slice(-1)"],
    ["ledger/make_up", "what came up to date", "      settled.delete(releaseKey(release));\n", ""],
    ["ledger/outcomes", "a runner without a word", "conclusions.size === 0 || ", ""],
    ["github/later_run", "a later run", "run_number > run.run_number", "run_number < 0"],
    ["replay/plan_steps", "earlier labels", ": labelsOf(push)", ": Promise.resolve([])"],
    ["replay/plan_steps", "labels in any order", "allLabels[index]", "allLabels[0]"],
  ]),
  ...seeds("src", ["tests/simulate/sequence_test.ts"], [
    ["contract/deployment_plan", "what a force push replaced", "|| replaced) {", ") {"],
    ["ledger/make_up", "a canary that is owed", "selection.canaries || ", "true || "],
    ["contract/report", "a job by another name", "variables.PROD_JOB ??", "undefined ??"],
    ["contract/guard", "a later run", "later === undefined && ", ""],
    ["simulate/simulated_fleet", "what is forgotten", "!known.has(key)) {", "false) {"],
    ["simulate/simulated_fleet", "an older commit", "runs !== sha && sha !== tip", "false"],
  ]),
  ...seeds("src/simulate", ["tests/simulate/run_test.ts"], [
    ["run_level", "what needs a failed job", "return failed.union(", "return failed.intersection("],
    ["run_level", "a leg that succeeded before", "&& !isUndone(before)", "&& false"],
  ]),
  ...seeds("src/simulate", ["tests/simulate/called_test.ts"], [
    ["call_leg", "a secret that is not passed", '()) ?? ""', "()) ?? level.secret(name)"],
    ["run_level", "what the run's end kept", 'why === CANCELLED ? "cancelled" : seen', "seen"],
    ["run_level", "a leg that fails gives nothing", 'result === "success";', "true;"],
    ["call_leg", "permissions of the caller", "callee.permissions ?? permissions", "permissions"],
    ["run_level", "what succeeded in a call", "inner, before?.called", "inner, undefined"],
    ["run_leg", "a fault of the caller", "[...callers, id]", "[id]"],
    ["call_inputs", "a text that looks like a flag", "value instanceof data.BooleanData", "true"],
  ]),
  ...seeds("src/simulate", ["tests/simulate/read_workflow_test.ts"], [
    ["read_workflow", "more than the caller has", "|| allows(most, level, scope)", "|| true"],
    ["read_workflow", "a required secret", "of?.required === true &&", "false &&"],
    ["read_workflow", "permissions hold further down", "...wrongCalls(callee, given)]", "]"],
  ]),
  ...seeds("src/simulate", ["tests/simulate/release_test.ts"], [
    ["release", "whose call it is", "&& matrix.cluster === release.cluster", ""],
    ["release", "which wave it is", "id.endsWith(`-wave-${wave + 1}`)", "id > ''"],
  ]),
  ...seeds("src/ledger", ["tests/ledger/fleet_status_test.ts"], [
    ["fleet_status", "a record that does not say", "undefined) break;", "undefined) continue;"],
    ["fleet_status", "since when", "paid - 1", "paid"],
  ]),
  ...seeds("src/ledger", [
    ...["make_up", "outcomes", "settle", "selection"].map((name) => `tests/ledger/${name}_test.ts`),
  ], [
    ["make_up", "what was attempted", "causes.length === 0 && !", "causes.length === 0 || !"],
    [
      "make_up",
      "what a later push skips",
      "steps.length - (isSkipped(release, input) ? own : 0)",
      "steps.length",
    ],
    ["make_up", "a base of its own", "(owed?.base ?? record.as_of, past)", "(record.as_of, past)"],
    ["make_up", "a paused staging hub", "(isProd ?", "(!isProd ?"],
    ["make_up", "what is not asked for", "past.selection?.includes(release) === false", "false"],
    ["outcomes", "the last attempt decides", "b.run_attempt - a.", "a.run_attempt - b."],
    ["outcomes", "a health check", "[upgrade, ...checks]\n    .map", "[upgrade]\n    .map"],
    ["outcomes", "a lost runner", '(lost ? "lost" : "skipped")', '"skipped"'],
    ["outcomes", "legs of one name", "sharing === 1 ||", "true ||"],
    ["make_up", "what was asked for", "&& !asked) return causes", ") return causes"],
    ["settle", "what was asked for", "...(asked && { asked })", ""],
    [
      "settle",
      "what was begun once",
      "if (before !== undefined && wasAttempted(before.outcome) && ",
      "if (false && ",
    ],
    ["settle", "the other run's commit", ": record.as_of, owed:", ": settlement.head, owed:"],
    ["selection", "a phase", "(phase === undefined || phase === release.phase) &&", "true &&"],
  ]),
  ...seeds("src/contract", ["tests/cli/deployment_plan_test.ts", "tests/cli/report_test.ts"], [
    ["deployment_plan", "an older commit", 'line === "older"', "false"],
    ["deployment_plan", "a later run", "if (overtaken !== undefined)", "if (false)"],
    ["deployment_plan", "what a merge brings in", "own: isOne || isMixed ? 0", "own: isOne ? 0"],
    [
      "deployment_plan",
      "an unreadable start",
      'stored === undefined && line === "unrelated"',
      "false",
    ],
    ["close_run", "a later run of the commit", "isOwn && later === undefined", "isOwn"],
    ["close_run", "someone else's record", "before.as_of === head)", "true)"],
    ["close_run", "a record of the same commit", "(attempt > 1 && before", "(before"],
    ["close_run", "a correction", 'release.outcome !== "success" ||', "true ||"],
    [
      "close_run",
      "a record that is gone",
      "if (stored === undefined && ledger.record !== null)",
      "if (false)",
    ],
    ["close_run", "what was reported", "run_attempt > reported", "run_attempt > 0"],
    ["guard", "a later run", "later === undefined && [", "["],
    ["guard", "another commit", "[head, as_of].includes(recorded)", "true"],
  ]),
  ...seeds("src/github", ["tests/github/later_run_test.ts"], [
    ["later_run", "more runs than a page", "later.length === PAGE", "false"],
    ["later_run", "a run that waits", "!WAITING.includes(", "![''].includes("],
  ]),
  ...seeds("src/tools", ["tests/cli/status_test.ts"], [
    ["github_access", "a token for GitHub alone", "isGitHubs(host);", "true;"],
  ]),
  ...seeds("src/text", [
    "tests/text",
    "tests/hostile/rendering_test.ts",
    "tests/hostile/config_test.ts",
  ], [
    ["visible", "commands to the runner", '.replace(/^(\\s*):(?=:)/, "$1\\\\u{3a}")', ""],
    [
      "visible",
      "hidden characters",
      "escapeHidden(escapePiledUp(broken, escapeCharacter), escapeCharacter)",
      "escapePiledUp(broken, escapeCharacter)",
    ],
    ["shell_quote", "quotes in a word", ".replaceAll(\"'\", `'\\\\''`)", ""],
  ]),
  ...seeds("src/github", ["tests/github"], [
    ["write_comment", "anyone's comment", "user?.login === AUTHOR.login && ", ""],
    ["write_comment", "the newest stays", "b.id < a.id ? b : a", "b.id > a.id ? b : a"],
    ["pull_request", "any commit", "headSha === plannedSha", "headSha !== ''"],
    ["pull_request", "closed ones", "if (!isOpen)", "if (false)"],
  ]),
  ...seeds("src/drift", [
    "tests/drift",
    "tests/faults/disk_test.ts",
    "tests/faults/generate_test.ts",
  ], [
    ["write_files", "what is taken back", "undo.reverse()", "undo.slice(1)"],
    [
      "read_files",
      "broken links",
      "if (error instanceof Deno.errors.FilesystemLoop) return [];",
      "",
    ],
  ]),
  ...seeds(
    "src/simulate",
    ["run", "rules", "release"].map((name) => `tests/simulate/${name}_test.ts`),
    [
      ["job_results", "a skipped job", 'result === "success")', 'result !== "failure")'],
      [
        "job_results",
        "the worst of legs",
        '"failure", "cancelled", "success"',
        '"success", "failure"',
      ],
      ["release", "whose leg it is", "values.cluster_name !== cluster", "false"],
    ],
  ),
  ...seeds("src/adopt", ["tests/adopt", "tests/tools/init_test.ts"], [
    ["adopted_files", "links where files go", 'if (kind !== "link") return [];', "return [];"],
    ["own_release", "an older version", "numeric: true }) > 0", "numeric: true }) > 1"],
    ["own_release", "what others wrote", "if (foreign.length > 0)", "if (foreign.length > 9)"],
    ["read_git", "a folder inside a repository", "if (folder !== top)", "if (folder === top)"],
    ["read_git", "what is not pushed", "const since = pushed ??", "const since = undefined ??"],
    ["adoption", "workflows in the way", "problems: replace ? []", "problems: true ? []"],
    ["find_file_keys", "texts that are no files", 'said === "other")', 'said === "none")'],
    ["find_workflows", "workflows of hubwright", "(text, mark)", "(text, mark + mark)"],
    ["deployer_commands", "words of a command", 'return "CLUSTER"', 'return "HUB"'],
    ["config_code", "a key called __proto__", 'if (key === "__proto__")', 'if (key === "")'],
    ["deno_json", "tasks that are there", "if (!Object.hasOwn(there, name))", "if (true)"],
  ]),
];
