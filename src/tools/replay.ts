import { loadConfig } from "../config/load_config.ts";
import { gather } from "../gather.ts";
import { resolveRange } from "../git/range.ts";
import { Progress } from "../io/progress.ts";
import { Planner } from "../replay/planner.ts";
import { Replay } from "../replay/replay.ts";
import { replayCsv } from "../replay/replay_csv.ts";
import { replayTables } from "../replay/replay_tables.ts";
import { jsonText } from "../report/json_text.ts";
import { replayHistory } from "../replay/replay_history.ts";
import { command } from "../contract/command.ts";
import { formatOption, textOption } from "../contract/common.ts";

/** `hubwright replay`: what hubwright would have upgraded on every push of a history. */
export const replayCommand = command({
  name: "replay",
  summary: "Plan every push of a git history, and show what each precision would have upgraded",
  examples: [
    ["hubwright replay", "the whole first-parent history of what is checked out"],
    ["hubwright replay --from v1.0 --to main", "what was pushed to main after v1.0"],
    ["hubwright replay --format csv > pushes.csv", "one row per push, for a spreadsheet"],
    ["hubwright replay --format json | jq .avoided", "how much precision: hub avoids"],
  ],
  options: {
    from: textOption(
      "REF",
      "The commit before the first push (default: the first commit of the history)",
    ),
    to: textOption("REF", "The last push (default: HEAD)"),
    format: formatOption("what was found", ["table", "json", "csv"]),
  },
  access: { read: ["."] },
  async run({ options, io }) {
    const { repo = ".", from, to, config, format = "table" } = options;
    const [settings, range] = await gather(loadConfig(repo, config), resolveRange(repo, from, to));
    const replay = new Replay();
    const planner = new Planner(settings);
    {
      using progress = new Progress(io);
      for await (const { push, planned } of replayHistory(repo, range, planner)) {
        replay.add(push, planned);
        progress.at(`Replayed ${replay.history.length} of ${range.pushes} pushes`);
      }
    }
    const report = replay.report(range, planner.fleet, settings);
    io.out({
      json: () => jsonText(report),
      csv: () => replayCsv(report),
      table: () => replayTables(report, io),
    }[format]());
    return 0;
  },
});
