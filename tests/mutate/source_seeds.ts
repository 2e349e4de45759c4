import type { Seed } from "./seed.ts";

/** A change of the source, and the tests that notice it. */
export interface SourceSeed extends Seed {
  readonly tests: readonly string[];
}

type Row = readonly [file: string, breaks: string, from: string, to: string];

const seeds = (tests: string | readonly string[], rows: readonly Row[]): readonly SourceSeed[] =>
  rows.map(([file, breaks, from, to]) => ({ file, breaks, from, to, tests: [tests].flat() }));

/** Changes of the source for the worse: at least one in each folder that decides something. */
export const SOURCE_SEEDS: readonly SourceSeed[] = [
  ...seeds("tests/filter", [
    [
      "src/filter/filter.ts",
      "any verdict passes",
      "if (latest === verdict.attempt)",
      "if (latest !== undefined)",
    ],
    ["src/filter/filter.ts", "canaries by provider", "has(job.cluster_name)", "has(job.provider)"],
    ["src/filter/verdict.ts", "one dot of a name", "cluster.replaceAll", "cluster.replace"],
  ]),
  ...seeds("tests/plan", [
    ["src/plan/naming.ts", "cluster.yaml names no cluster", "add([cluster.file], ", "add([], "],
    ["src/plan/naming.ts", "values files of hubs", "add(valuesFiles, ", "add([], "],
    ["src/plan/naming.ts", "support's values files", "add(cluster.support?.valuesFiles", "add([]"],
    ["src/plan/decide_everywhere.ts", "support charts", "(allSupport, path) ?", "([], path) ?"],
    ["src/plan/decide_everywhere.ts", "all hubs", "matchesAny(hubs, path)", "false"],
    ["src/plan/rules.ts", "clusters trigger nothing", "`${patterns.clustersDir}/**`,", ""],
    ["src/plan/rules.ts", "an exception", "isEverywhere(path) && !isException(path)", "true"],
  ]),
  ...seeds("tests/explain", [
    ["src/explain/mask.ts", "passwords are shown", "|secret|token|", "|token|"],
  ]),
  ...seeds("tests/github", [
    ["src/github/upsert_comment.ts", "anyone's comment", "user?.login === AUTHOR.login && ", ""],
    [
      "src/github/upsert_comment.ts",
      "the newest stays",
      "b.id < a.id ? b : a",
      "b.id > a.id ? b : a",
    ],
    ["src/github/pull_request.ts", "any commit", "head.sha !== headSha", "head.sha === ''"],
    ["src/github/pull_request.ts", "closed ones", 'state !== "open"', 'state === ""'],
  ]),
];
