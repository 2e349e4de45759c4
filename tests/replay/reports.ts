import { countKinds } from "../../src/replay/counts.ts";
import type { PushReport, ReplayReport } from "../../src/replay/replay.ts";

const NONE = countKinds([]);
const PROD = countKinds([{ kind: "prod_hubs" }]);

/** A push that upgrades one prod hub by `cluster`, and nothing by `hub`. */
export function pushReport(push: Partial<PushReport> = {}): PushReport {
  return {
    commit: "c0ffee".repeat(6) + "c0ff",
    date: "2026-01-02T03:04:05+00:00",
    subject: "Change a comment",
    changed_files: 1,
    unreadable: 0,
    cluster: PROD,
    hub: NONE,
    avoided: PROD,
    added: NONE,
    ...push,
  };
}

/** What replaying one such push says. */
export function replayReport(report: Partial<ReplayReport> = {}): ReplayReport {
  const push = pushReport();
  return {
    version: 1,
    from: "ab".repeat(20),
    to: push.commit,
    shallow: false,
    pushes: 1,
    precisions: {
      cluster: {
        pushes: 1,
        upgrades: PROD,
        rules: [{ rule: "cluster file", upgrades: PROD, alone: PROD, alone_avoided: PROD }],
        most_expensive: [push],
      },
      hub: { pushes: 0, upgrades: NONE, rules: [], most_expensive: [] },
    },
    avoided: { upgrades: PROD, percent: 100 },
    added: NONE,
    unreadable_pushes: 0,
    unreadable: [],
    unreferenced_files: [],
    clusters_without_canary: [],
    history: [push],
    ...report,
  };
}
