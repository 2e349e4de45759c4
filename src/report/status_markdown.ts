import type { ReleaseStatus } from "../ledger/fleet_status.ts";
import { foldLong, type Section, tableHead, tableRow, writeSection } from "./markdown_section.ts";
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
  const place = ({ cluster, release }: Pick<ReleaseStatus, "cluster" | "release">) => [
    code(cluster),
    code(release),
  ];
  const commitCells = (release: ReleaseStatus) => [
    `${release.commit_is === "deployed" ? "" : "as of "}${commit(release.commit)}`,
    commitAge(report, release.commit),
  ];
  const sections: readonly Section[] = [
    {
      heading: "\n### Not current\n\n",
      head: tableHead(["Cluster", "Release", "State", "Commit", "Age", "Why", "Run"]),
      lines: notCurrent(status).map((release) =>
        tableRow([
          ...place(release),
          release.state,
          ...commitCells(release),
          code(whyOf(release, now)),
          release.owed === null ? "" : link(`${release.owed.run}`, runOf(report, release)),
        ])
      ),
      what: "releases",
      tail: "",
    },
    foldLong({
      heading: "\n### Current\n\n",
      head: tableHead(["Cluster", "Release", "Commit", "Age"]),
      lines: releases.filter(({ state }) => state === "current").map((release) =>
        tableRow([...place(release), ...commitCells(release)])
      ),
      what: "releases",
      tail: "",
    }),
    {
      heading: "\n### Owed to releases that what is checked out does not have\n\n",
      head: tableHead(["Cluster", "Release", "Why"]),
      lines: gone.map((each) => tableRow([...place(each), each.outcome])),
      what: "releases",
      tail: "",
    },
  ];
  return `## Fleet\n\n${countStates(releases)}.\n\n` +
    `${leadOf(report, { text: code, commit }).join("\n")}\n` +
    sections.map((section) => writeSection(section, Infinity)).join("");
}
