import { RELEASE_STATES, type ReleaseState, type ReleaseStatus } from "../ledger/fleet_status.ts";
import { releaseKey } from "../ledger/ledger_record.ts";
import { visible } from "../text/visible.ts";
import { STATUS_STYLE } from "./status_style.ts";
import {
  commitAge,
  countStates,
  leadOf,
  MEANINGS,
  minuteOf,
  notCurrent,
  runOf,
  type StatusReport,
  whyOf,
} from "./status_words.ts";
import { countOf } from "./summary.ts";

const MARKS: Readonly<Record<ReleaseState, string>> = {
  unknown: "?",
  owed: "!",
  paused: "‖",
  current: "✓",
};

const AS_OF = '<span aria-hidden="true">~</span><span class="hidden">as of </span>';

/** Nothing that the page holds, or that comes to be in it, can load or run anything. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/**
 * Draws how a fleet is as a page in one file: a row for each cluster, a cell for each release. What
 * needs a look comes first, in words.
 */
export function statusPage(report: StatusReport): string {
  const { status: { releases }, repository, now } = report;
  const commit = (hash: string) => commitLink(report, hash);
  const clusters = Map.groupBy(releases, ({ cluster }) => cluster);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<title>${text(repository)}: ${countStates(releases)}</title>
<style>${STATUS_STYLE}</style>
</head>
<body>
<header>
<h1>${text(repository)}</h1>
${leadOf(report, { text, commit }).map((line) => `<p>${line}</p>\n`).join("")}${legend(releases)}
</header>
<main>
${lookSection(report)}<h2>${countOf(clusters.size, "cluster")}</h2>
<p class="quiet">The commit is the one that deployed the release last; ~ marks one at which it was up to date.</p>
${[...clusters].map(([name, all]) => clusterRow(name, all, report)).join("")}</main>
<footer>Made at ${
    minuteOf(now)
  } by <code>hubwright status --format html</code>; ages are as of then.</footer>
</body>
</html>
`;
}

function legend(releases: readonly ReleaseStatus[]): string {
  const items = RELEASE_STATES.map((state) => {
    const count = releases.filter((release) => release.state === state).length;
    return item(state, `<span class="state">${count} ${state}</span>: ${MEANINGS[state]}`);
  });
  return list("legend", items, "What the marks mean");
}

function lookSection(report: StatusReport): string {
  const { status, now } = report;
  const items = notCurrent(status).map((release) =>
    item(
      release.state,
      `<b>${text(releaseKey(release))}</b>: ${stateWord(release.state)}; ` +
        `${text(whyOf(release, now))}${runLink(release, report, "; see ")}`,
    )
  );
  const others = status.gone.map((each) =>
    item(
      "owed",
      `<b>${text(releaseKey(each))}</b>: ${stateWord("owed")}, but what is checked out does not ` +
        "have it",
    )
  );
  return items.length + others.length === 0
    ? ""
    : `<h2>Not current</h2>\n${
      list("look", [...items, ...others], "Releases that are not current")
    }`;
}

function clusterRow(
  name: string,
  releases: readonly ReleaseStatus[],
  report: StatusReport,
): string {
  const cells = releases.map((release) => {
    const age = commitAge(report, release.commit);
    const word = release.state === "current"
      ? '<span class="hidden">, current</span>'
      : `<br>${stateWord(release.state)}${runLink(release, report, ", ", "hidden")}`;
    return item(
      release.state,
      `<b>${text(release.release)}</b>${kind(release)}${word}<br><span class="quiet">` +
        `${release.commit_is === "deployed" ? "" : AS_OF}${commitLink(report, release.commit)}` +
        `${age === "" ? "" : `, ${age}`}</span>`,
    );
  });
  return `<section class="cluster">\n<div><h3>${text(name)}</h3>` +
    `<span class="quiet">${countStates(releases)}</span></div>\n` +
    `${list("releases", cells, `Releases of ${text(name)}`)}</section>\n`;
}

/** What a hub is for, where its name does not say it. */
function kind({ phase, release }: ReleaseStatus): string {
  return phase === "staging" && !release.includes("staging")
    ? ` <span class="quiet">staging</span>`
    : "";
}

function list(name: string, items: readonly string[], label: string): string {
  return `<ul class="${name}" role="list" aria-label="${label}">\n${items.join("\n")}\n</ul>\n`;
}

function item(state: ReleaseState, content: string): string {
  return `<li class="${state}"><span class="mark" aria-hidden="true">${MARKS[state]}</span>` +
    `<span>${content}</span></li>`;
}

function stateWord(state: ReleaseState): string {
  return `<span class="state">${state}</span>`;
}

function runLink(
  release: ReleaseStatus,
  report: StatusReport,
  before: string,
  number: "hidden" | "shown" = "shown",
): string {
  return release.owed === null ? "" : `${before}<a href="${text(runOf(report, release))}">run` +
    `<span class="${number}"> ${release.owed.run}</span></a>`;
}

function commitLink({ page }: StatusReport, commit: string): string {
  const address = text(`${page}/commit/${commit}`);
  return `<a href="${address}"><code>${text(commit.slice(0, 7))}</code></a>`;
}

/** Writes text from elsewhere so that it stays text, in an element or an attribute. */
function text(from: string): string {
  return visible(from).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
