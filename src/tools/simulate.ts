import * as z from "../zod.ts";
import { UsageError } from "../errors.ts";
import { leftOut, uncommittedFiles } from "../git/change.ts";
import { Progress } from "../io/progress.ts";
import { jsonText } from "../report/json_text.ts";
import { parseFault } from "../simulate/fault.ts";
import { simulationMermaid, simulationTables } from "../simulate/simulation_report.ts";
import { Simulator } from "../simulate/simulator.ts";
import { command } from "../contract/command.ts";
import { CHANGE_OPTIONS } from "../contract/change_options.ts";
import { formatOption } from "../contract/common.ts";
import { texts } from "../contract/schemas.ts";

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
      "hubwright simulate --base origin/main --event pull_request",
      "what a pull request's runs would do, the comment included",
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
    fail: {
      help: "What goes wrong: support:CLUSTER, staging:CLUSTER/HUB, prod:CLUSTER/HUB, " +
        "check:CLUSTER/HUB or job:ID, with =fail (default), =cancel, =timeout, =lost or " +
        "=cancel-run; may be repeated",
      value: "SPEC",
      schema: texts,
      repeatable: true,
    },
    "skip-action": {
      help: "An action that is taken for done without running; may be repeated",
      value: "ACTION",
      schema: texts,
      repeatable: true,
    },
    format: formatOption("what happened", ["table", "json", "mermaid"]),
  },
  access: { read: ["."] },
  async run({ options, io }) {
    const { base, before, head, event, format = "table" } = options;
    const from = base ?? before;
    if (from === undefined || base !== undefined && before !== undefined) {
      throw new UsageError("Cannot tell what changed: expected either --base REF or --before REF");
    }
    const faults = (options.fail ?? []).map(parseFault);
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
    const simulation = await simulator.simulate({
      base: from,
      merged: base !== undefined,
      head,
      event,
      faults,
      skippedActions: options["skip-action"] ?? [],
    });
    io.out({
      json: () => jsonText(simulation),
      mermaid: () => simulationMermaid(simulation),
      table: () => simulationTables(simulation, io),
    }[format]());
    return simulation.green ? 0 : 1;
  },
});
