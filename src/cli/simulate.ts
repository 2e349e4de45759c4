import type { OptionTexts } from "../contract/command.ts";
import { simulateCommand } from "../contract/simulate.ts";
import { UsageError } from "../errors.ts";
import { jsonText } from "../report/json_text.ts";
import { parseFault } from "../simulate/fault.ts";
import type { CommandLine } from "../simulate/in_process.ts";
import { simulationMermaid } from "../simulate/report_mermaid.ts";
import { simulationTables } from "../simulate/report_table.ts";
import { Simulator } from "../simulate/simulate.ts";
import type { Io } from "./io.ts";
import { readOptions } from "./read_values.ts";

/**
 * `hubwright simulate`: runs the generated workflows here and reports what happened.
 *
 * @throws {UsageError | UserError} Where something is wrong, or not modelled.
 */
export async function runSimulate(
  texts: OptionTexts<typeof simulateCommand>,
  io: Io,
  main: (args: readonly string[], io: Io) => Promise<number>,
): Promise<number> {
  const options = readOptions(simulateCommand, texts);
  const { base, head, event, format = "table" } = options;
  if (base === undefined) throw new UsageError("Cannot tell what changed: expected --base REF");
  const faults = (options.fail ?? []).map(parseFault);
  const repo = options.repo ?? ".";
  await using simulator = await Simulator.create({
    repo,
    config: options.config,
    hubwright: commandLine(main),
  });
  const skippedActions = options["skip-action"] ?? [];
  const simulation = await simulator.simulate({ base, head, event, faults, skippedActions });
  switch (format) {
    case "json":
      io.out(jsonText(simulation));
      break;
    case "mermaid":
      io.out(simulationMermaid(simulation));
      break;
    case "table":
      io.out(simulationTables(simulation, io));
      break;
  }
  return simulation.green ? 0 : 1;
}

/** Makes command lines of hubwright run in this process. */
export function commandLine(
  main: (args: readonly string[], io: Io) => Promise<number>,
): CommandLine {
  return async (args, { env, cwd }) => {
    let [out, err] = ["", ""];
    const code = await main(args.includes("--repo") ? args : [...args, "--repo", cwd], {
      out: (text) => void (out += text),
      err: (text) => void (err += text),
      input: () => Promise.resolve(""),
      env: (name) => env[name],
      color: false,
      width: 160,
    });
    return { code, out, err };
  };
}
