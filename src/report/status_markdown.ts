import type { ReleaseStatus } from "../ledger/fleet_status.ts";
import type { ReleaseName } from "../ledger/ledger_record.ts";
import { foldLong, tableSection, writeSection } from "./markdown_section.ts";
import { code, link } from "./markdown_text.ts";
import {
  commitAge,
  countStates,
  leadOf,
  notCurrent,
  runOf,
  type StatusReport,
  whyOf,
} from "./status_words.ts";

/** Writes how a fleet is as Markdown: what needs a look first. */
export function statusMarkdown(report: StatusReport): string {
  const { status, page, now } = report;
  const { releases, gone } = status;
  const commit = (hash: string) => link(code(hash.slice(0, 7)), `${page}/commit/${hash}`);
  const place = ({ cluster, release }: ReleaseName) => [code(cluster), code(release)];
  const commitCells = (release: ReleaseStatus) => [
    `${release.commit_is === "deployed" ? "" : "as of "}${commit(release.commit)}`,
    commitAge(report, release.commit),
  ];
  const sections = [
    tableSection(
      "Not current",
      ["Cluster", "Release", "State", "Commit", "Age", "Why", "Run"],
      notCurrent(status).map((release) => [
        ...place(release),
        release.state,
        ...commitCells(release),
        code(whyOf(release, now)),
        release.owed === null ? "" : link(`${release.owed.run}`, runOf(report, release)),
      ]),
      "releases",
    ),
    foldLong(tableSection(
      "Current",
      ["Cluster", "Release", "Commit", "Age"],
      releases.filter(({ state }) => state === "current")
        .map((release) => [...place(release), ...commitCells(release)]),
      "releases",
    )),
    tableSection(
      "Owed to releases that what is checked out does not have",
      ["Cluster", "Release", "Why"],
      gone.map((each) => [...place(each), each.outcome]),
      "releases",
    ),
  ];
  return `## Fleet\n\n${countStates(releases)}.\n\n` +
    `${leadOf(report, { text: code, commit }).join("\n")}\n` +
    sections.map((section) => writeSection(section, Infinity)).join("");
}
