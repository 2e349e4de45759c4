import { defaultSettings } from "../../src/config/settings.ts";
import { Fleet } from "../../src/replay/fleet.ts";
import { Replay, type ReplayReport } from "../../src/replay/replay.ts";
import type { Upgrades } from "../../src/replay/upgrades.ts";

const SETTINGS = defaultSettings("hubwright.config.ts");
const COMMIT = "c0ffee".repeat(6) + "c0ff";
const PROD: Upgrades = new Map([
  ["earth/prod", { kind: "prod_hubs", rules: new Set(["cluster file"]) }],
]);

/** What replaying pushes says, each of which upgrades one prod hub by `cluster` alone. */
export function replayReport(
  subjects: readonly string[] = ["Change a comment"],
  report: Partial<ReplayReport> = {},
): ReplayReport {
  const replay = new Replay();
  for (const subject of subjects) {
    const push = { commit: COMMIT, date: "2026-01-02T03:04:05+00:00", subject, files: [] };
    replay.add(push, { cluster: PROD, hub: new Map(), unreadable: [] });
  }
  const range = { from: "ab".repeat(20), to: COMMIT, shallow: false };
  return { ...replay.report(range, new Fleet(SETTINGS), SETTINGS), ...report };
}
