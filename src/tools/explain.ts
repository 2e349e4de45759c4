import { unnamedBranch } from "../config/branches.ts";
import { loadConfig } from "../config/load_config.ts";
import { UsageError } from "../errors.ts";
import { explainCluster } from "../explain/explain_cluster.ts";
import { explainFile } from "../explain/explain_file.ts";
import { explanationText, fileExplanationText } from "../explain/report_text.ts";
import type { Change } from "../git/change.ts";
import type { PlanInput } from "../plan/plan_input.ts";
import { jsonText } from "../report/json_text.ts";
import { readPlanInput } from "../repository/read_plan_input.ts";
import { gather } from "../gather.ts";
import { command } from "../contract/command.ts";
import {
  CHANGE_OPTIONS,
  type ChangeOptions,
  checkSource,
  fromRoot,
  readOptionsChange,
} from "../contract/change_options.ts";
import { formatOption, textOption } from "../contract/common.ts";
import { checkWord } from "./check_word.ts";

/** `hubwright explain`: why a release is upgraded, or why not; or which releases a file reaches. */
export const explainCommand = command({
  name: "explain",
  summary: "Say why a hub is upgraded or not, or which releases a file reaches",
  examples: [
    ["hubwright explain lake/plankton --base origin/main", "why this hub is upgraded, or not"],
    ["hubwright explain lake --base HEAD^", "the same for everything on a cluster"],
    ["hubwright explain --file config/clusters/common.values.yaml", "which releases read a file"],
  ],
  options: {
    release: {
      ...textOption("CLUSTER[/HUB]", "The cluster, or one of its hubs"),
      positional: true,
    },
    file: textOption("PATH", "A path from the repository's root, instead of CLUSTER[/HUB]"),
    ...CHANGE_OPTIONS,
    branch: textOption(
      "NAME",
      "The branch that the change is for, if branches deploy different things",
    ),
    format: formatOption("the answer", ["text", "json"]),
  },
  access: { read: ["."], run: ["git"] },
  async run({ options, io }) {
    const file = checkQuestion(options);
    const json = options.format === "json";
    const { repo = ".", labels } = options;
    const [settings, change] = await gather(
      loadConfig(repo, options.config),
      file === undefined ? readOptionsChange(options, io) : Promise.resolve(NO_CHANGE),
    );
    const [cluster = "", ...rest] = options.release?.split("/") ?? [];
    // What is not in a wave, or was there before the waves were, can be explained all the same.
    const inNoWave = { ...settings, waves: undefined };
    const request = { repo, settings: inNoWave, change, labels, branch: options.branch };
    const one = file === undefined ? await readPlanInput({ ...request, cluster }) : undefined;
    // All clusters tell what a file reaches, and which cluster may have been meant.
    const input = one?.clusters.some(({ name }) => name === cluster)
      ? one
      : await readPlanInput({ ...request, every: true });
    const unnamed = file === undefined && unnamedBranch(options.branch, settings);
    if (unnamed) io.err(`${unnamed}\n`);
    for (const { message } of input.notices ?? []) io.err(`${message}\n`);
    if (file !== undefined) {
      const explanation = explainFile(input, file);
      io.out(json ? jsonText(explanation) : fileExplanationText(explanation, io));
    } else {
      const hub = rest.length === 0 ? undefined : rest.join("/");
      checkRelease(input, cluster, hub);
      const explanations = explainCluster(
        { ...input, waves: settings.waves },
        settings.paused,
        cluster,
        hub,
      );
      io.out(json ? jsonText(explanations) : explanationText(explanations, io));
    }
    return 0;
  },
});

const NO_CHANGE: Change = { base: "", head: "", checkedOut: true, files: [], deleted: [] };

/** The file that is asked about; `undefined` where a release is. */
function checkQuestion(
  { release, file, ...options }: ChangeOptions & {
    readonly branch?: string;
    readonly release?: string;
    readonly file?: string;
  },
): string | undefined {
  if ((release === undefined) === (file === undefined)) {
    throw new UsageError(
      "Cannot tell what to explain: expected a cluster, a hub as CLUSTER/HUB, or --file PATH, " +
        `found ${file === undefined ? "none of them" : "two of them"}`,
    );
  }
  if (file === undefined) {
    checkSource(options);
    return undefined;
  }
  const given = [...Object.keys(CHANGE_OPTIONS), "branch"]
    .find((name) => options[name as keyof typeof options] !== undefined);
  if (given === undefined) return fromRoot(file);
  throw new UsageError(
    `Cannot use --${given} with --file: what a file reaches depends on no change`,
  );
}

function checkRelease({ clusters }: PlanInput, cluster: string, hub?: string): void {
  const found = clusters.find(({ name }) => name === cluster);
  if (found === undefined) checkWord("cluster", cluster, clusters.map(({ name }) => name));
  else if (hub !== undefined) {
    checkWord(`hub of ${cluster}`, hub, found.hubs.map(({ name }) => name));
  }
}
