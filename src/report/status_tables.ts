import type { ReleaseState, ReleaseStatus } from "../ledger/fleet_status.ts";
import { paint, type ReportOptions, type Style } from "../text/paint.ts";
import { visible } from "../text/visible.ts";
import { titledTable } from "./draw_table.ts";
import { jsonText } from "./json_text.ts";
import {
  commitAge,
  countStates,
  leadOf,
  notCurrent,
  runOf,
  type StatusReport,
  whyOf,
} from "./status_words.ts";

const STYLES: Readonly<Record<ReleaseState, Style>> = {
  unknown: "red",
  owed: "yellow",
  paused: "cyan",
  current: "green",
};

/** Writes how a fleet is as tables for a terminal or a log: what needs a look first. */
export function statusTables(report: StatusReport, options: ReportOptions): string {
  const { status, repository, now } = report;
  const { releases, gone } = status;
  const others = notCurrent(status);
  const lines = leadOf(report, { text: visible, commit: short });
  return [
    `${paint(options, "bold", repository)} ${countStates(releases)}\n${lines.join("\n")}\n`,
    ...titledTable(
      `Not current: ${others.length}`,
      ["Cluster", "Release", "State", "Commit", "Age", "Why"],
      others.map((release) => [
        release.cluster,
        release.release,
        { text: release.state, style: STYLES[release.state] },
        ...commitCells(release, report),
        [whyOf(release, now), runOf(report, release)].filter((line) => line !== ""),
      ]),
      options,
    ),
    ...titledTable(
      `Current: ${releases.length - others.length}`,
      ["Cluster", "Commit", "Age", "Releases"],
      currentRows(releases, report),
      options,
    ),
    ...titledTable(
      "Owed to releases that what is checked out does not have",
      ["Cluster", "Release", "Why"],
      gone.map(({ cluster, release, outcome }) => [cluster, release, outcome]),
      options,
    ),
  ].join("");
}

/** The releases that are current: a row for those of a cluster that one commit deployed. */
function currentRows(
  releases: readonly ReleaseStatus[],
  report: StatusReport,
): readonly (readonly string[])[] {
  const current = releases.filter(({ state }) => state === "current");
  const groups = Map.groupBy(
    current,
    ({ cluster, commit, commit_is }) => JSON.stringify([cluster, commit, commit_is]),
  );
  return [...groups.values()].map((group) => [
    group[0]?.cluster ?? "",
    ...group.slice(0, 1).flatMap((release) => commitCells(release, report)),
    group.map(({ release }) => release).join(", "),
  ]);
}

function commitCells({ commit, commit_is }: ReleaseStatus, report: StatusReport): string[] {
  const prefix = commit_is === "deployed" ? "" : "as of ";
  return [`${prefix}${short(commit)}`, commitAge(report, commit)];
}

function short(commit: string): string {
  return commit.slice(0, 12);
}

export function statusJson(report: StatusReport): string {
  const { status: { as_of, record, releases, gone }, repository, distance, dates } = report;
  return jsonText({
    version: 1,
    repository,
    as_of,
    record: record &&
      { deployment: record.id, written_at: record.writtenAt, written_by: record.writtenBy ?? null },
    checked_out: distance ?? null,
    releases: releases.map((release) => ({
      ...release,
      committed_at: dates.get(release.commit) ?? null,
      owed: release.owed && { ...release.owed, url: runOf(report, release) },
    })),
    gone,
  });
}
