import { loadConfig } from "../config/load_config.ts";
import type { OptionTexts, SchemaOutput } from "../contract/command.ts";
import { replayCommand } from "../contract/replay.ts";
import { resolveRange } from "../git/range.ts";
import { Replay } from "../replay/replay.ts";
import type { ReplayReport } from "../replay/report.ts";
import { replayCsv } from "../replay/replay_csv.ts";
import { replayTables } from "../replay/replay_tables.ts";
import { jsonText } from "../report/json_text.ts";
import { gather } from "./gather.ts";
import type { Io } from "./io.ts";
import { Progress } from "./progress.ts";
import { readOptions } from "./read_values.ts";
import { replayHistory } from "./replay_history.ts";

/**
 * `hubwright replay`: plans every push of a history by both precisions, and says what each upgrades.
 * The config of today holds for all of it.
 *
 * @throws {UsageError | UserError} Where something is wrong.
 */
export async function runReplay(
  texts: OptionTexts<typeof replayCommand>,
  io: Io,
): Promise<number> {
  const { repo = ".", from, to, config, format = "table" } = readOptions(replayCommand, texts);
  const [settings, range] = await gather(loadConfig(repo, config), resolveRange(repo, from, to));
  const replay = new Replay(settings);
  {
    using progress = new Progress(io);
    await replayHistory(repo, range, replay, (done) => {
      progress.at(`Replayed ${done} of ${range.pushes} pushes`);
    });
  }
  io.out(formatReport(replay.report(range), format, io));
  return 0;
}

function formatReport(
  report: ReplayReport,
  format: SchemaOutput<"replayFormat">,
  io: Io,
): string {
  switch (format) {
    case "json":
      return jsonText(report);
    case "csv":
      return replayCsv(report);
    case "table":
      return replayTables(report, io);
  }
}
