import * as z from "../zod.ts";
import { UsageError } from "../errors.ts";
import { leftOut, uncommittedFiles } from "../git/change.ts";
import { Progress } from "../io/progress.ts";
import { jsonText } from "../report/json_text.ts";
import { parseFault } from "../simulate/fault.ts";
import { sequenceMermaid, sequenceTables } from "../simulate/sequence_report.ts";
import { parseStep } from "../simulate/sequence_step.ts";
import { simulationMermaid, simulationTables } from "../simulate/simulation_report.ts";
import { Simulator } from "../simulate/simulator.ts";
import { command } from "../contract/command.ts";
import { CHANGE_OPTIONS } from "../contract/change_options.ts";
import { formatOption, repeatedOption, textOption } from "../contract/common.ts";

/** `hubwright simulate`: what a change would make GitHub do, tried here. */
export const simulateCommand = command({
  name: "simulate",
  summary: "Run the generated workflows here, with failures, and show what would deploy",
  examples: [
    ["hubwright simulate --base origin/main", "what pushing the checked-out commit would deploy"],
    [
      "hubwright simulate --base HEAD^ --fail staging:lake/staging",
      "what a failed staging hub blocks",
    ],
    [
      'hubwright simulate --push "HEAD~2..HEAD~1 fail=staging:lake/staging" --push HEAD',
      "two pushes in a row, the first of which fails",
    ],
    [
      "hubwright simulate --base origin/main --event pull_request",
      "what a pull request's runs would do, including the comment",
    ],
  ],
  options: {
    base: CHANGE_OPTIONS.base,
    before: CHANGE_OPTIONS.before,
    head: CHANGE_OPTIONS.head,
    event: {
      help: "What happens: push (default) or pull_request",
      value: "EVENT",
      schema: z.enum(["push", "pull_request"]),
    },
    branch: textOption(
      "NAME",
      "The branch that is pushed to, or that the pull request goes to (default: the one " +
        "that deploys everything)",
    ),
    fail: repeatedOption(
      "SPEC",
      "What goes wrong: support:CLUSTER, support:CLUSTER/NAME of an add-on, " +
        "staging:CLUSTER/HUB, prod:CLUSTER/HUB, check:CLUSTER/HUB or job:ID, with =fail (default), =cancel, =timeout, =lost or " +
        "=cancel-run",
    ),
    push: repeatedOption(
      "PUSH",
      "Instead of --base: a push to a fleet, BASE..HEAD or from where the last one ended",
    ),
    step: repeatedOption(
      "STEP",
      "What happens to a fleet: push, rerun STEP all|failed, " +
        "dispatch [RELEASES] [phase=PHASE] [dry-run], schedule or wait 3d; and behind it what " +
        "goes wrong: fail=SPEC, cancel or lost-report",
    ),
    "skip-action": repeatedOption("ACTION", "An action to skip and treat as successful"),
    format: formatOption("what happened", ["table", "json", "mermaid"]),
  },
  access: { read: ["."] },
  async run({ options, io }) {
    const { base, before, head, event, format = "table" } = options;
    const steps = stepsOf(options)?.map(parseStep);
    const from = base ?? before;
    if (steps === undefined && (from === undefined || base !== undefined && before !== undefined)) {
      throw new UsageError(
        "Cannot tell what changed: expected one of --base REF, --before REF, --push and --step",
      );
    }
    const faults = (options.fail ?? []).map(parseFault);
    const skippedActions = options["skip-action"] ?? [];
    const repo = options.repo ?? ".";
    if (head === undefined) {
      const left = await uncommittedFiles(repo).catch(() => []);
      if (left.length > 0) io.err(`${leftOut(left)}\n`);
    }
    using progress = new Progress(io);
    await using simulator = await Simulator.create({
      repo,
      config: options.config,
      progress: (line) => progress.at(`Simulating ${line}`),
    });
    if (steps !== undefined) {
      const found = await Array.fromAsync(simulator.sequence(steps, skippedActions));
      io.out({
        json: () => jsonText(found),
        mermaid: () => sequenceMermaid(found),
        table: () => sequenceTables(found, io),
      }[format]());
      return found.every(({ wrong }) => wrong.length === 0) ? 0 : 1;
    }
    const simulation = await simulator.simulate({
      base: from ?? "",
      merged: base !== undefined,
      ...{ head, event, branch: options.branch, faults, skippedActions },
    });
    io.out({
      json: () => jsonText(simulation),
      mermaid: () => simulationMermaid(simulation),
      table: () => simulationTables(simulation, io),
    }[format]());
    return simulation.green ? 0 : 1;
  },
});

function stepsOf(
  { push, step, ...others }: Readonly<Record<string, unknown>> & {
    readonly push?: readonly string[];
    readonly step?: readonly string[];
  },
): readonly string[] | undefined {
  if (push === undefined && step === undefined) return undefined;
  const given = push === undefined ? "--step" : "--push";
  if (push !== undefined && step !== undefined) {
    throw new UsageError(
      'Cannot tell the order of --push and --step: write --step "push BASE..HEAD" for all of them',
    );
  }
  const other = ["base", "before", "head", "event", "branch", "fail"].find((name) =>
    others[name] !== undefined
  );
  if (other === undefined) return step ?? push?.map((range) => `push ${range}`);
  throw new UsageError(
    `Cannot use --${other} with ${given}: a step says by itself what is pushed and what goes ` +
      'wrong, for instance "push HEAD^..HEAD fail=staging:lake/staging"',
  );
}
